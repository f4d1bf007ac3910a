import { table } from "../../../../base/table";
import { baseName, normalizePath, parentPath } from "../../../../base/path";
import { argument, textArgument, type CallContext, type Model } from "../../../program/call";
import { purePath, truthOf } from "../../../semantics/operators";
import { pure } from "../../../program/pure";
import { walk } from "../../../interpreter/conditions";
import { decide } from "../../../interpreter/deciding";
import { placedAs } from "../../../values/dataPlaces";
import { ANY_EXCEPTION, PythonRaise } from "../../../values/raise";
import { parseFloatText, parseIntText, trim } from "../../../semantics/text";
import { float, freshId, int, list, NONE, path, str, unknown, type Cast, type Value } from "../../../values/value";
import { DEFAULT_URL_OPTIONS, djDatabaseUrl } from "../databaseUrls/databaseUrls";
import { callingFolder, forgetRelative, nearestFile, resolved } from "../dotenv/dotenv";
import { parseDotenv } from "../dotenv/text";
import { fileText } from "../../stdlib/files";
import { parseJson } from "../../stdlib/json";
import { booleanWords, convertByCalling, ifAccepted, isOff, readVariable } from "../../variables";
import { DictBuilder } from "../../../values/dicts";

const WORDS = {
  yes: new Set(["t", "T", "true", "True", "TRUE", "on", "On", "ON", "y", "Y", "yes", "Yes", "YES", "1"]),
  no: new Set(["f", "F", "false", "False", "FALSE", "off", "Off", "OFF", "n", "N", "no", "No", "NO", "0"]),
};

/**
 * environs (https://github.com/sloria/environs, 15): typed methods of `Env`; defaults are not deserialised.
 * `from environs import env` is a ready-made object.
 */
export function environsCall(name: string, call: CallContext): Value | undefined {
  if (name === "environs.Env") return newEnv(call, undefined);
  if (name === "environs.FileAwareEnv") return newFileAware(call);
  const method = /^environs\.env(?:\.(\w+))?$/.exec(name);
  return method === null ? undefined : envMethod(method[1] ?? "str", READY_MADE, call);
}

const READY_MADE: EnvObject = { id: "env", prefix: undefined, isExpanding: false, fileSuffix: undefined };

/** The same object by its attribute. */
export const ENVIRONS_VALUES: Readonly<Record<string, Value>> = table({
  "environs.env": envObject(READY_MADE),
});

interface Reader {
  readonly cast: Cast;
  readonly convert: (call: CallContext) => (text: string) => Value;
}

const READERS: Readonly<Record<string, Reader>> = table({
  str: { cast: "str", convert: () => str },
  bool: { cast: "bool", convert: () => booleanWords(WORDS, undefined, (text) => text) },
  int: { cast: "int", convert: () => (text) => int(parseIntText(text)) },
  float: { cast: "float", convert: () => finiteFloat },
  list: { cast: "list", convert: listConverter },
  json: { cast: "json", convert: () => nonNullJson },
  path: { cast: "path", convert: () => (text) => path(purePath([text])) },
  dict: { cast: "dict", convert: dictConverter },
  url: { cast: "url", convert: () => () => unknown("environment", "env.url()") },
  log_level: { cast: "int", convert: () => logLevel },
  dj_db_url: { cast: "database", convert: databaseConverter },
  dj_email_url: { cast: "email", convert: () => () => unknown("environment", "env.dj_email_url()") },
  dj_cache_url: { cast: "cache", convert: () => () => unknown("environment", "env.dj_cache_url()") },
});

/** marshmallow's `Float` rejects nan and the infinities. */
function finiteFloat(text: string): Value {
  const value = parseFloatText(text);
  if (!Number.isFinite(value)) throw new PythonRaise("ValueError");
  return float(value);
}

/** marshmallow fields reject null. */
function nonNullJson(text: string): Value {
  const value = parseJson(text);
  if (value.kind === "none") throw new PythonRaise("ValueError");
  return value;
}

/** `FileAwareEnv(*, file_suffix="_FILE", ...)`: a variable's text may stand in a file that another variable names. */
function newFileAware(call: CallContext): Value | undefined {
  const { args } = call;
  const suffix = args.keywords.get("file_suffix") ?? str("_FILE");
  const keywords = new Map(
    [...args.keywords].filter(([name]) => name !== "file_suffix" && name !== "strip_whitespace"),
  );
  return suffix.kind === "str" ? newEnv({ ...call, args: { ...args, keywords } }, suffix.value) : undefined;
}

/** `Env(*, eager=True, expand_vars=False, prefix=None)`. */
function newEnv(call: CallContext, fileSuffix: string | undefined): Value | undefined {
  const { keywords, open } = call.args;
  const others = [...keywords.keys()].filter((name) => name !== "expand_vars" && name !== "prefix" && name !== "eager");
  const eager = keywords.get("eager");
  if (open || others.length > 0 || (eager !== undefined && truthOf(eager) !== true)) return undefined;
  const prefix = keywords.get("prefix");
  if (prefix !== undefined && prefix.kind !== "none" && prefix.kind !== "str") return undefined;
  return envObject({
    id: `${freshId()}`,
    prefix: prefix?.kind === "str" ? prefix.value : undefined,
    isExpanding: !isOff(keywords.get("expand_vars")),
    fileSuffix,
  });
}

/**
 * A reader. What its `read_env` found, and the prefix that is in force, stand among the variables, under names that no
 * real one has.
 */
function envObject(env: EnvObject): Value {
  const model: Model = {
    call: (call) => envMethod("str", env, call),
    method: (name, call) => envMethod(name, env, call),
  };
  return { kind: "model", name: `environs.Env#${env.id}`, model };
}

interface EnvObject {
  readonly id: string;
  readonly prefix: string | undefined;
  readonly isExpanding: boolean;
  /** What the name of a variable ends with that names a file. */
  readonly fileSuffix: string | undefined;
}

function envMethod(name: string, env: EnvObject, call: CallContext): Value | undefined {
  const store = `environs ${env.id}=`;
  if (name === "seal") return NONE;
  if (name === "read_env") return readFiles(store, call);
  if (name === "prefixed") return prefixed(env, call);
  const reader = READERS[name];
  if (reader === undefined) return undefined;
  const reading = { name, prefix: prefixIn(env, call), store, isExpanding: env.isExpanding };
  return env.fileSuffix === undefined
    ? readWith(reader, reading, call)
    : readFileAware(reader, reading, env.fileSuffix, call);
}

/** The prefix that is in force; `undefined` where it is not known. */
function prefixIn({ id, prefix }: EnvObject, call: CallContext): string | undefined {
  const given = call.state.environ.get(`environs prefix ${id}=`);
  if (given === undefined || given.kind === "unset") return prefix ?? "";
  return given.kind === "str" ? given.value : undefined;
}

/** `read_env(path, recurse, override)`: the nearest file of the name; the environment wins over what it says. */
function readFiles(store: string, call: CallContext): Value | undefined {
  const { args, machine: m, state, site } = call;
  const given = argument(args, 0, "path") ?? NONE;
  const path = m.restrict(given, state.assumptions);
  const isRecursive = args.keywords.get("recurse") === undefined || !isOff(args.keywords.get("recurse"));
  const start =
    path.kind === "none"
      ? `${callingFolder(call)}/.env`
      : path.kind === "str" || path.kind === "path"
        ? path.value
        : "";
  if (start !== "" && !start.startsWith("/")) forgetRelative(start, store, call);
  const file = isRecursive && start.startsWith("/") ? nearestFile(parentPath(start), [baseName(start)], call) : start;
  const text = file === undefined ? undefined : fileText(file, call);
  if (file !== undefined && text?.kind === "text") {
    const isOverriding = !isOff(args.keywords.get("override"));
    const options = { isOverriding: true, isExpanding: true, file: normalizePath(file) };
    const texts = resolved(parseDotenv(text.text), options, call);
    for (const [name, value] of texts)
      if (value !== undefined && (isOverriding || !state.environ.has(store + name)))
        state.environ.set(store + name, value);
  }
  return unknown("file", "whether a .env file was found", site);
}

/** `with env.prefixed("APP_"):`. */
function prefixed(env: EnvObject, call: CallContext): Value {
  const added = textArgument(call, 0, "prefix");
  const before = prefixIn(env, call);
  const set = (prefix: string | undefined, { state, site }: CallContext): void => {
    const value = prefix === undefined ? unknown("environment", "a prefix that is computed", site) : str(prefix);
    state.environ.set(`environs prefix ${env.id}=`, value);
  };
  const model: Model = {
    enter: (inner) => {
      set(added === undefined || before === undefined ? undefined : before + added, inner);
      return envObject(env);
    },
    exit: (inner) => {
      set(before, inner);
    },
  };
  return { kind: "model", name: "environs.Env.prefixed", model };
}

interface Reading {
  /** The method's name. */
  readonly name: string;
  readonly prefix: string | undefined;
  readonly store: string;
  readonly isExpanding: boolean;
}

function readWith(reader: Reader, { name, prefix, store, isExpanding }: Reading, call: CallContext): Value {
  const variable = textArgument(call, 0, "name");
  if (variable === undefined || prefix === undefined || call.args.open)
    return unknown("environment", "a variable whose name is computed", call.site);
  const plain = validated(reader.convert(call));
  const convert = (text: string): Value =>
    isExpanding && /\$/.test(text) ? unknown("environment", "a text that names another variable") : plain(text);
  const given = argument(call.args, 1, "default");
  return readVariable(
    {
      variable: prefix + variable,
      library: "environs",
      cast: reader.cast,
      fallback:
        fromFile(store + prefix + variable, convert, call) ??
        (given === undefined ? undefined : fallbackOf(name, given, convert, call)),
      convert,
      missing: "EnvNotSetError",
      rejects: "EnvValidationError",
    },
    call,
  );
}

/** The text in the file that a variable names, where it is set, else that of the variable itself. */
function readFileAware(reader: Reader, reading: Reading, suffix: string, call: CallContext): Value {
  const { machine: m, state, site } = call;
  const name = textArgument(call, 0, "name");
  if (name === undefined || reading.prefix === undefined) return readWith(reader, reading, call);
  const variable = `${reading.prefix}${name}${suffix}`;
  const fallback = fromFile(reading.store + variable, str, call) ?? NONE;
  const file = readVariable(
    { variable, library: "environs", cast: "str", fallback, convert: str, missing: "EnvNotSetError" },
    call,
  );
  return walk(m, state, decide(m, state, file, site, `${variable} is set`), (inner, isSet) => {
    if (!isSet) return readWith(reader, reading, { ...call, state: inner });
    m.raising.noteMayRaise(inner, site, ANY_EXCEPTION);
    const compute = (): Value => unknown("file", `the file that ${variable} names`, site);
    return pure(m, inner, "text of a file", [file], compute, { site });
  });
}

/** What a field does not take is reported as one exception. */
function validated(convert: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return convert(text);
    } catch (error) {
      throw error instanceof PythonRaise ? new PythonRaise("EnvValidationError", error.site) : error;
    }
  };
}

/** What a file that was read says. */
function fromFile(key: string, convert: (text: string) => Value, call: CallContext): Value | undefined {
  const text = call.state.environ.get(key);
  if (text === undefined || text.kind === "unset") return undefined;
  const compute = ([value]: readonly Value[]): Value =>
    value?.kind === "str" ? placedAs(convert(value.value), value) : unknown("file", "a variable of a .env file");
  return ifAccepted(
    () => pure(call.machine, call.state, `environs ${key}`, [text], compute, { site: call.site }),
    call,
  );
}

/** Only the URL parsers and `url` apply to the default as well. */
function fallbackOf(name: string, given: Value, convert: (text: string) => Value, call: CallContext): Value {
  if (!name.startsWith("dj_")) return given;
  return pure(
    call.machine,
    call.state,
    `environs.${name}`,
    [given],
    ([text]) => (text?.kind === "str" ? convert(text.value) : unknown("unsupported", "a URL")),
    { site: call.site, result: "dict" },
  );
}

function listConverter(call: CallContext): (text: string) => Value {
  const delimiter = textArgument(call, -1, "delimiter") ?? ",";
  const subcast = argument(call.args, 2, "subcast");
  const convert = subcastConverter(subcast, call);
  return (text) => list(text === "" ? [] : text.split(delimiter).map(convert));
}

/** marshmallow has fields of its own for Python's types; other callables are called. */
function subcastConverter(subcast: Value | undefined, call: CallContext): (text: string) => Value {
  if (subcast === undefined) return str;
  const type = subcast.kind === "external" ? /^builtins\.(str|bool|int|float)$/.exec(subcast.name)?.[1] : undefined;
  return type === undefined ? convertByCalling(subcast, call) : (READERS[type]?.convert(call) ?? str);
}

function dictConverter(call: CallContext): (text: string) => Value {
  const delimiter = textArgument(call, -1, "delimiter") ?? ",";
  const equals = textArgument(call, -1, "key_value_delimiter") ?? "=";
  const key = subcastConverter(argument(call.args, -1, "subcast_keys"), call);
  const value = subcastConverter(argument(call.args, -1, "subcast_values"), call);
  return (text) => {
    const result = new DictBuilder();
    for (const item of text === "" ? [] : text.split(delimiter)) {
      const cut = item.indexOf(equals);
      if (cut < 0) throw new PythonRaise("ValueError");
      result.add(key(trim(item.slice(0, cut))), value(trim(item.slice(cut + equals.length))), undefined);
    }
    return result.dict;
  };
}

const LEVELS: Readonly<Record<string, number>> = table({
  CRITICAL: 50,
  FATAL: 50,
  ERROR: 40,
  WARNING: 30,
  WARN: 30,
  INFO: 20,
  DEBUG: 10,
  NOTSET: 0,
});

function logLevel(text: string): Value {
  const level = LEVELS[text.toUpperCase()];
  return int(level === undefined ? parseIntText(text) : level);
}

function databaseConverter(call: CallContext): (text: string) => Value {
  const known = ["conn_max_age", "conn_health_checks"];
  const others = [...call.args.keywords.keys()].filter((key) => key !== "default" && !known.includes(key));
  if (others.length > 0) return () => unknown("environment", "env.dj_db_url()");
  const given = (name: string): Value | undefined => call.args.keywords.get(name);
  const options = {
    ...DEFAULT_URL_OPTIONS,
    connMaxAge: given("conn_max_age") ?? DEFAULT_URL_OPTIONS.connMaxAge,
    connHealthChecks: given("conn_health_checks") ?? DEFAULT_URL_OPTIONS.connHealthChecks,
  };
  return (text) => djDatabaseUrl(text, options);
}
