import { argument, textArgument, type CallContext, type KnownCall, type Model } from "../call";
import { callValue } from "../calls";
import { PythonRaise } from "../raise";
import { trim } from "../text";
import { bool, list, str, unknown, type Value } from "../value";
import { booleanWords, castName, convertByCalling, readVariable } from "./variables";

/** python-decouple 3.8: `config(name, default, cast)`. The default is cast too, unlike elsewhere. */
export const DECOUPLE_CALLS: Readonly<Record<string, KnownCall>> = {
  "decouple.config": read,
  "decouple.config.get": read,
  "decouple.AutoConfig": () => CONFIG,
  "decouple.Config": () => CONFIG,
  "decouple.RepositoryEnv": () => unknown("file", "a file of environment variables"),
  "decouple.RepositoryIni": () => unknown("file", "a file of environment variables"),
  "decouple.Csv": newCsv,
  "decouple.strtobool": (call) => castCall(call, booleanText),
};

/** What `from decouple import *` brings. */
export const DECOUPLE_STAR: readonly string[] = [
  "config",
  "Csv",
  "AutoConfig",
  "Config",
  "Choices",
  "RepositoryEnv",
  "RepositoryIni",
  "UndefinedValueError",
  "undefined",
];

const CONFIG: Value = {
  kind: "model",
  name: "decouple.Config",
  model: { call: read, method: (name, call) => (name === "get" ? read(call) : undefined) } satisfies Model,
};

const WORDS = {
  yes: new Set(["y", "yes", "t", "true", "on", "1"]),
  no: new Set(["n", "no", "f", "false", "off", "0"]),
};
const strtobool = booleanWords(WORDS, undefined, (text) => text.toLowerCase());

/** `_cast_boolean`: the empty text is false, other texts must be one of the words. */
function booleanText(text: string): Value {
  return text === "" ? bool(false) : strtobool(text);
}

function castCall(call: CallContext, convert: (text: string) => Value): Value {
  const [value] = call.args.positional;
  if (value === undefined) return unknown("call", "strtobool()", call.site);
  return call.machine.pure(
    call.state,
    "strtobool",
    [value],
    ([text]) => (text?.kind === "str" ? convert(text.value) : (text as Value)),
    { site: call.site },
  );
}

function read(call: CallContext): Value {
  const variable = textArgument(call, 0, "option");
  if (variable === undefined || call.args.open)
    return unknown("environment", "a variable whose name is computed", call.site);
  const cast = argument(call.args, 2, "cast");
  const given = argument(call.args, 1, "default");
  const fallback = given === undefined ? undefined : castFallback(call, cast, given);
  return readVariable(
    {
      variable,
      library: "python-decouple",
      cast: castName(cast),
      fallback,
      convert: converter(call, cast),
      missing: "UndefinedValueError",
    },
    call,
  );
}

function isBool(cast: Value): boolean {
  return cast.kind === "external" && cast.name === "builtins.bool";
}

function converter(call: CallContext, cast: Value | undefined): (text: string) => Value {
  if (cast === undefined) return str;
  return isBool(cast) ? booleanText : convertByCalling(cast, call);
}

function castFallback(call: CallContext, cast: Value | undefined, given: Value): Value {
  const { machine: m, state, site } = call;
  if (cast === undefined) return given;
  if (!isBool(cast))
    return callValue(cast, {
      ...call,
      args: { positional: [given], keywords: new Map(), open: false },
      node: undefined,
    });
  return m.pure(
    state,
    "decouple bool",
    [given],
    ([value]) => {
      switch (value?.kind) {
        case "bool":
          return value;
        case "int":
          return booleanText(value.value.toString());
        case "str":
          return booleanText(value.value);
        case "none":
          throw new PythonRaise("ValueError", site);
        default:
          return unknown("unsupported", "a default that is cast to bool", site);
      }
    },
    { site },
  );
}

/** `Csv(cast=str, delimiter=",", strip=whitespace, post_process=list)`, for the default delimiter and strip. */
function newCsv(call: CallContext): Value | undefined {
  const cast = argument(call.args, 0, "cast");
  const delimiter = textArgument(call, 1, "delimiter") ?? ",";
  const process = argument(call.args, 3, "post_process");
  if (call.args.keywords.has("strip") || call.args.positional.length > 2 || delimiter.length !== 1) return undefined;
  const isTuple = process?.kind === "external" && process.name === "builtins.tuple";
  if (process !== undefined && !isTuple && !(process.kind === "external" && process.name === "builtins.list"))
    return undefined;
  const convert = cast === undefined ? str : convertByCalling(cast, call);
  const model: Model = {
    call: (inner) => {
      const [value] = inner.args.positional;
      if (value === undefined) return undefined;
      return inner.machine.pure(
        inner.state,
        "Csv",
        [value],
        ([text]) => csv(text as Value, delimiter, convert, isTuple),
        { site: inner.site, result: "list" },
      );
    },
  };
  return { kind: "model", name: "decouple.Csv", model };
}

/** shlex splits and drops empty pieces; quotes, escapes and comments in the text are left to Python. */
function csv(text: Value, delimiter: string, convert: (text: string) => Value, isTuple: boolean): Value {
  if (text.kind === "none") return isTuple ? { kind: "tuple", items: [] } : list([]);
  if (text.kind !== "str") return unknown("unsupported", "a default that is not a text");
  if (/["'\\#]/.test(text.value)) return unknown("unsupported", "quoted values");
  const values = text.value
    .split(delimiter)
    .filter((piece) => piece !== "")
    .map((piece) => convert(trim(piece)));
  return isTuple ? { ...list(values), kind: "tuple" } : list(values);
}
