import { argument, textArgument, type CallContext, type KnownCall, type Model } from "../call";
import { purePath } from "../operators";
import { PythonRaise } from "../raise";
import { float, int, list, NONE, path, str, unknown, type Cast, type Value } from "../value";
import { parseFloatText, parseIntText } from "../text";
import { DEFAULT_URL_OPTIONS, djDatabaseUrl } from "./databaseUrls";
import { parseJson } from "./json";
import { booleanWords, convertByCalling, readVariable } from "./variables";

/** environs (https://github.com/sloria/environs, 15): typed methods of `Env`; defaults are not deserialised. */
export const ENVIRONS_CALLS: Readonly<Record<string, KnownCall>> = {
  "environs.Env": () => envObject(),
  "environs.FileAwareEnv": () => envObject(),
  "environs.Env.read_env": () => NONE,
};

/** `from environs import env` is a ready-made object. */
export function environsValue(name: string): Value | undefined {
  return name === "environs.env" ? envObject() : undefined;
}

const WORDS = {
  yes: new Set(["t", "T", "true", "True", "TRUE", "on", "On", "ON", "y", "Y", "yes", "Yes", "YES", "1"]),
  no: new Set(["f", "F", "false", "False", "FALSE", "off", "Off", "OFF", "n", "N", "no", "No", "NO", "0"]),
};

interface Reader {
  readonly cast: Cast;
  readonly convert: (call: CallContext) => (text: string) => Value;
}

const READERS: Readonly<Record<string, Reader>> = {
  str: { cast: "str", convert: () => str },
  bool: { cast: "bool", convert: () => booleanWords(WORDS, undefined, (text) => text) },
  int: { cast: "int", convert: () => (text) => int(parseIntText(text)) },
  float: { cast: "float", convert: () => finiteFloat },
  list: { cast: "list", convert: listConverter },
  json: { cast: "json", convert: () => nonNullJson },
  path: { cast: "path", convert: () => (text) => path(purePath(text)) },
  dict: { cast: "dict", convert: () => () => unknown("environment", "env.dict()") },
  url: { cast: "url", convert: () => () => unknown("environment", "env.url()") },
  dj_db_url: { cast: "database", convert: databaseConverter },
  dj_email_url: { cast: "email", convert: () => () => unknown("environment", "env.dj_email_url()") },
  dj_cache_url: { cast: "cache", convert: () => () => unknown("environment", "env.dj_cache_url()") },
};

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

function envObject(): Value {
  const prefixes: string[] = [];
  const read = (name: string, call: CallContext): Value | undefined => {
    const reader = READERS[name];
    return reader === undefined ? undefined : readWith(reader, name, prefixes.join(""), call);
  };
  const model: Model = {
    call: (call) => read("str", call),
    method: (name, call) => {
      if (name === "read_env" || name === "seal") return NONE;
      if (name === "prefixed") return prefixed(prefixes, call);
      return read(name, call);
    },
  };
  return { kind: "model", name: "environs.Env", model };
}

/** `with env.prefixed("APP_"):`. */
function prefixed(prefixes: string[], call: CallContext): Value {
  const prefix = textArgument(call, 0, "prefix") ?? "?";
  const model: Model = {
    enter: () => {
      prefixes.push(prefix);
      return NONE;
    },
    exit: () => {
      prefixes.pop();
    },
  };
  return { kind: "model", name: "environs.Env.prefixed", model };
}

function readWith(reader: Reader, name: string, prefix: string, call: CallContext): Value {
  const variable = textArgument(call, 0, "name");
  if (variable === undefined || prefix.includes("?") || call.args.open)
    return unknown("environment", "a variable whose name is computed", call.site);
  const convert = reader.convert(call);
  const given = argument(call.args, 1, "default");
  return readVariable(
    {
      variable: prefix + variable,
      library: "environs",
      cast: reader.cast,
      fallback: given === undefined ? undefined : fallbackOf(name, given, convert, call),
      convert: (text) =>
        text.startsWith("{{") ? unknown("environment", "a text that names another variable") : convert(text),
      missing: "EnvError",
    },
    call,
  );
}

/** Only the URL parsers and `url` apply to the default as well. */
function fallbackOf(name: string, given: Value, convert: (text: string) => Value, call: CallContext): Value {
  if (!name.startsWith("dj_")) return given;
  return call.machine.pure(
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
  const convert = subcast === undefined ? str : convertByCalling(subcast, call);
  return (text) => list(text === "" ? [] : text.split(delimiter).map(convert));
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
