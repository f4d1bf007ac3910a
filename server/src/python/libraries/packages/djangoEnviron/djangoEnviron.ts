import { table } from "../../../../base/table";
import { normalizePath } from "../../../../base/path";
import { argument, textArgument, type CallContext, type KnownCall, type Model } from "../../../program/call";
import { purePath } from "../../../semantics/operators";
import { pure } from "../../../program/pure";
import type { Host } from "../../../program/host";
import { PythonRaise } from "../../../values/raise";
import { freshId, list, path, str, tuple, unknown, type Cast, type Value } from "../../../values/value";
import { djangoEnvironDatabase, unknownScheme } from "../databaseUrls/databaseUrls";
import { readEnvironFile } from "./files";
import { environCache, environMail } from "./urls";
import { castOf, converter, rejection, typeOf } from "./casts";
import { isNotSet } from "./notSet";
import { readOther } from "./otherUrls";
import { forEachName, isOff, presenceOf, readVariable } from "../../variables";

/**
 * django-environ (https://django-environ.readthedocs.io, `Env.get_value` and `Env.parse_value` of 0.14):
 * `Env(**scheme)`, calls and typed methods. Defaults are not cast; a scheme gives cast and default.
 */
export const DJANGO_ENVIRON_CALLS: Readonly<Record<string, KnownCall>> = table({
  "environ.Env": newEnv,
  "environ.FileAwareEnv": newEnv,
  "environ.Env.read_env": readEnvironFile,
  "environ.FileAwareEnv.read_env": readEnvironFile,
  "environ.Path": environPath,
});

interface Variable {
  readonly cast: Value | undefined;
  readonly fallback: Value | undefined;
}

function newEnv(call: CallContext): Value {
  const scheme = new Map<string, Variable>();
  for (const [name, given] of call.args.keywords) scheme.set(name, schemeEntry(call, given));
  const id = freshId();
  return { kind: "model", name: "environ.Env", model: envModel({ scheme, id }) };
}

interface EnvObject {
  readonly scheme: ReadonlyMap<string, Variable>;
  readonly id: number;
}

/** What a program has set an object's attribute to; such notes stand among the variables, under names that no real one has. */
function setting({ id }: EnvObject, name: string, call: CallContext): Value | undefined {
  const value = call.state.environ.get(`environ ${id} ${name}=`);
  return value === undefined || value.kind === "unset" ? undefined : value;
}

/** The variable that a call names, with the object's prefix; `undefined` where it is not known. */
function variableOf(env: EnvObject, call: CallContext, usual?: string): string | undefined {
  const isUsual = usual !== undefined && call.args.positional.length === 0 && !call.args.keywords.has("var");
  const name = isUsual ? usual : textArgument(call, 0, "var");
  const prefix = setting(env, "prefix", call) ?? str("");
  const isPlain = setting(env, "smart_cast", call) === undefined && setting(env, "escape_proxy", call) === undefined;
  if (name === undefined || prefix.kind !== "str" || !isPlain || call.args.open) return undefined;
  return prefix.value + name;
}

/** `(cast, default)` or a cast alone. */
function schemeEntry(call: CallContext, given: Value): Variable {
  const contents = call.machine.freeze(call.state, given);
  if (contents.kind === "tuple" && contents.items.length === 2) {
    return { cast: contents.items[0]?.value, fallback: contents.items[1]?.value };
  }
  return { cast: contents, fallback: undefined };
}

/** Typed methods and the builtin type that they cast to. */
const TYPED: Readonly<Record<string, Cast>> = table({
  str: "str",
  unicode: "str",
  bool: "bool",
  int: "int",
  float: "float",
  list: "list",
  tuple: "tuple",
  dict: "dict",
  json: "json",
});

function envModel(env: EnvObject): Model {
  return {
    isTrue: true,
    key: `${env.id}`,
    assignAttribute: (name, value, call) => {
      call.state.environ.set(`environ ${env.id} ${name}=`, call.machine.freeze(call.state, value));
    },
    call: (call) => forEachName(call, (inner) => readUntyped(inner, env)),
    attribute: (name, { site }) => {
      if (name === "ENVIRON") return { kind: "external", name: "os.environ", site };
      return /^(NOTSET|\w+_SCHEMES)$/.test(name) ? { kind: "external", name: `environ.Env.${name}`, site } : undefined;
    },
    contains: (item, call) =>
      item.kind === "str"
        ? presenceOf(item.value, call)
        : unknown("environment", "whether a variable is set", call.site),
    method: (name, call) => forEachName(call, (inner) => envMethod(env, name, inner)),
  };
}

function envMethod(env: EnvObject, name: string, call: CallContext): Value | undefined {
  if (name === "read_env") return readEnvironFile(call);
  if (name === "get_value") return readUntyped(call, env);
  const url = URL_METHODS[name];
  if (url !== undefined) return readUrl(call, env, url);
  const parser = URL_PARSERS[name];
  if (parser !== undefined) return parseUrl(call, parser);
  if (name === "path") return readPath(call, env);
  const cast = TYPED[name];
  if (cast !== undefined) return readTyped(call, env, name, cast);
  return readOther(call, name, variableOf(env, call));
}

/** `env(var, cast, default)`. */
function readUntyped(call: CallContext, env: EnvObject): Value {
  return read(call, env, argument(call.args, 1, "cast"), argument(call.args, 2, "default"));
}

function readTyped(call: CallContext, env: EnvObject, name: string, cast: Cast): Value {
  if (cast === "json")
    return read(
      call,
      env,
      { kind: "external", name: "json.loads", site: call.site },
      argument(call.args, 1, "default"),
    );
  const type: Value = { kind: "external", name: `builtins.${cast}`, site: call.site };
  // `str(var, default, multiline)`, `bool/int/float(var, default)`, `list/tuple/dict(var, cast, default)`.
  if (cast === "list" || cast === "tuple" || cast === "dict") {
    const inner = argument(call.args, 1, "cast");
    const fallback = argument(call.args, 2, "default");
    if (inner === undefined || inner.kind === "none" || name === "dict")
      return read(call, env, inner !== undefined && name === "dict" ? inner : type, fallback);
    return read(call, env, cast === "list" ? list([inner]) : tuple([inner]), fallback);
  }
  if (!isOff(argument(call.args, 2, "multiline"))) return unknown("unsupported", "a text of several lines", call.site);
  return read(call, env, type, argument(call.args, 1, "default"));
}

function read(call: CallContext, env: EnvObject, cast: Value | undefined, fallback: Value | undefined): Value {
  const variable = variableOf(env, call);
  if (variable === undefined) return unknown("environment", "a variable whose name is computed", call.site);
  const declared = env.scheme.get(variable);
  const given = isNotSet(fallback) ? declared?.fallback : fallback;
  const type = cast === undefined || cast.kind === "none" ? (declared?.cast ?? typeOf(given, call)) : cast;
  const frozen = given === undefined ? undefined : call.machine.freeze(call.state, given);
  if (frozen?.kind === "str" && frozen.value.startsWith("$"))
    return unknown("environment", "a default that names another variable", call.site);
  return readVariable(
    {
      variable,
      library: "django-environ",
      cast: castOf(type),
      fallback: frozen,
      convert: converter(call, type, frozen),
      missing: "ImproperlyConfigured",
      ...rejection(type),
    },
    call,
  );
}

/** How a method reads a URL: its usual variable, and what it makes of the text. */
interface UrlMethod {
  readonly variable: string;
  readonly cast: Cast;
  readonly parse: (url: string, backend: string | undefined, host: Host) => Value;
}

function cacheOf(url: string, backend: string | undefined, host: Host): Value {
  return environCache(url, backend, host.isDependency?.("django_redis") === true);
}

const DATABASE: UrlMethod = { variable: "DATABASE_URL", cast: "database", parse: djangoEnvironDatabase };
const CACHE: UrlMethod = { variable: "CACHE_URL", cast: "cache", parse: cacheOf };
const MAIL: UrlMethod = { variable: "EMAIL_URL", cast: "email", parse: environMail };

const URL_METHODS: Readonly<Record<string, UrlMethod>> = table({
  db: DATABASE,
  db_url: DATABASE,
  cache: CACHE,
  cache_url: CACHE,
  email: MAIL,
  email_url: MAIL,
});

const URL_PARSERS: Readonly<Record<string, UrlMethod>> = table({
  db_url_config: DATABASE,
  cache_url_config: CACHE,
  email_url_config: MAIL,
});

/** `env.db(var, default, engine)`, `env.cache(var, default, backend)` and `env.email(var, default, backend)`. */
function readUrl(call: CallContext, env: EnvObject, method: UrlMethod): Value {
  const changed = unknownScheme(call);
  const variable = variableOf(env, call, method.variable);
  if (changed !== undefined) return changed;
  if (variable === undefined) return unknown("environment", "a variable whose name is computed", call.site);
  const given = argument(call.args, 1, "default");
  const backend = textArgument(call, 2, "engine", "backend");
  const convert = (text: string): Value => method.parse(text, backend, call.machine.host);
  const fallback = isNotSet(given) ? undefined : parsedUrl(given as Value, convert, call);
  return readVariable(
    { variable, library: "django-environ", cast: method.cast, fallback, convert, missing: "ImproperlyConfigured" },
    call,
  );
}

/** `env.db_url_config(url, engine)`. */
function parseUrl(call: CallContext, method: UrlMethod): Value | undefined {
  const url = argument(call.args, 0, "url");
  const backend = textArgument(call, 1, "engine", "backend");
  return url === undefined || unknownScheme(call) !== undefined
    ? undefined
    : parsedUrl(url, (text) => method.parse(text, backend, call.machine.host), call, "dict");
}

function parsedUrl(url: Value, convert: (text: string) => Value, call: CallContext, result?: "dict"): Value {
  const compute = ([text]: readonly Value[]): Value =>
    text?.kind === "str" ? convert(text.value) : unknown("unsupported", "a URL");
  return pure(call.machine, call.state, "environ URL", [url], compute, {
    site: call.site,
    ...(result === undefined ? {} : { result }),
  });
}

/** `env.path(var, default)`: an `environ.Path`. */
function readPath(call: CallContext, env: EnvObject): Value {
  const variable = variableOf(env, call);
  const given = argument(call.args, 1, "default");
  if (variable === undefined || [...call.args.keywords.keys()].some((name) => name !== "var" && name !== "default"))
    return unknown("environment", "a variable whose name is computed", call.site);
  const convert = (text: string): Value =>
    text.startsWith("/") ? path(normalizePath(text)) : unknown("machine", "the current working directory", call.site);
  const fallback = isNotSet(given)
    ? undefined
    : pure(
        call.machine,
        call.state,
        "environ.Path",
        [given as Value],
        ([start]) =>
          start?.kind === "str" || start?.kind === "path" ? convert(start.value) : unknown("call", "environ.Path()"),
        { site: call.site },
      );
  return readVariable(
    { variable, library: "django-environ", cast: "path", fallback, convert, missing: "ImproperlyConfigured" },
    call,
  );
}

/** `environ.Path(start, *paths)`: handled as a path; `- n` goes up and a call joins, see `operators` and `calls`. */
function environPath(call: CallContext): Value | undefined {
  if (call.args.open || call.args.keywords.size > 0) return undefined;
  const compute = (parts: readonly Value[]): Value => {
    const texts = parts.map((part) => (part.kind === "str" || part.kind === "path" ? part.value : undefined));
    if (texts.includes(undefined)) throw new PythonRaise("TypeError", call.site);
    const joined = purePath(texts as string[]);
    return joined.startsWith("/") ? path(normalizePath(joined)) : unknown("machine", "the current working directory");
  };
  return pure(call.machine, call.state, "environ.Path", call.args.positional, compute, { site: call.site });
}
