import type { FilePath } from "../../../../base/path";
import { table } from "../../../../base/table";
import {
  withArguments,
  argument,
  textArgument,
  type CallContext,
  type KnownCall,
  type Model,
} from "../../../program/call";
import { isIn } from "../../../semantics/operators";
import { pure } from "../../../program/pure";
import { PythonRaise } from "../../../values/raise";
import { fileBehind } from "../../../interpreter/sourceText";
import { placed, placedAs, placedVariable } from "../../../values/dataPlaces";
import { trim } from "../../../semantics/text";
import { bool, freshId, list, str, unknown, type StrValue, type Value } from "../../../values/value";
import { callingFolder, nearestFile } from "../dotenv/dotenv";
import { parseDecoupleFile } from "../dotenv/text";
import { fileText, readFile } from "../../stdlib/files";
import { DEFAULT_SECTION, interpolate, parseIni } from "../../stdlib/iniText";
import { forEachName, booleanWords, castName, convertByCalling, ifAccepted, readVariable } from "../../variables";

/** python-decouple 3.8: `config(name, default, cast)`. The default is cast too, unlike elsewhere. */
export const DECOUPLE_CALLS: Readonly<Record<string, KnownCall>> = table({
  "decouple.config": readNearest,
  "decouple.AutoConfig": newAutoConfig,
  "decouple.Config": newConfig,
  "decouple.RepositoryEnv": (call) => newRepository(call, envFile),
  "decouple.RepositoryIni": (call) => newRepository(call, iniFile),
  "decouple.Csv": newCsv,
  "decouple.Choices": newChoices,
  "decouple.strtobool": (call) => castCall(call, booleanText),
});

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
  ...["PYVERSION", "DEFAULT_ENCODING", "TRUE_VALUES", "FALSE_VALUES", "strtobool", "Undefined", "undefined"],
  "undefined",
];

/** The texts of a file; empty where there is none, or what it says is the environment's own business. */
interface Repository {
  get(name: string): StrValue | undefined;
}

const NO_FILE: Repository = new Map();

/** The `settings.ini` or `.env` that is nearest to the module that asks first. */
function nearestRepository(call: CallContext, start?: string): Repository {
  const known = call.state.environ.get(FIRST_FOLDER);
  const folder = start ?? (known?.kind === "str" ? known.value : callingFolder(call));
  if (start === undefined) call.state.environ.set(FIRST_FOLDER, str(folder));
  const path = nearestFile(folder, ["settings.ini", ".env"], call);
  const text = path === undefined ? undefined : fileText(path, call);
  if (path === undefined || text?.kind !== "text") return NO_FILE;
  return path.endsWith("/.env") ? envFile(text.text, path) : iniFile(text.text, path);
}

/** Where `config` looks is decided by its first call. Stands among the variables, of which none has such a name. */
const FIRST_FOLDER = "decouple=folder";

function envFile(text: string, file: FilePath | undefined): Repository {
  const entries = [...parseDecoupleFile(text)];
  return new Map(entries.map(([name, value]) => [name, placedVariable(value, name, file)]));
}

/** Options are found in any case; `%(name)s` is put in where they are read. */
function iniFile(text: string, file: FilePath | undefined): Repository {
  const data = parseIni(text);
  const sections = ["settings", DEFAULT_SECTION];
  const option = (name: string): string | undefined =>
    sections.map((section) => data.get(section)?.get(name.toLowerCase())).find((value) => value !== undefined);
  return {
    get: (name) => {
      const written = data.has("settings") ? option(name) : undefined;
      if (written === undefined) return undefined;
      const section = sections.find((each) => data.get(each)?.has(name.toLowerCase()) === true);
      const value = str(interpolate(written, option));
      if (file === undefined || section === undefined) return value;
      return placed(value, { file, keys: [section, name.toLowerCase()], format: "ini" });
    },
  };
}

function newAutoConfig(call: CallContext): Value | undefined {
  const given = argument(call.args, 0, "search_path");
  if (given === undefined || given.kind === "none") return configOf((inner) => nearestRepository(inner));
  const path = call.machine.restrict(given, call.state.assumptions);
  if (path.kind !== "str" && path.kind !== "path") return configOf(() => NO_FILE);
  return configOf((inner) => nearestRepository(inner, path.value));
}

interface RepositoryModel extends Model {
  readonly repository: Repository;
}

function newRepository(call: CallContext, parse: typeof envFile): Value | undefined {
  const source = argument(call.args, 0, "source");
  if (source === undefined || call.args.open) return undefined;
  const text = readFile(source, call);
  const model: RepositoryModel = { repository: text.kind === "str" ? parse(text.value, fileBehind(text)) : NO_FILE };
  return { kind: "model", name: "decouple.Repository", model };
}

function newConfig(call: CallContext): Value | undefined {
  const given = argument(call.args, 0, "repository");
  if (given?.kind !== "model" || given.name !== "decouple.Repository") return configOf(() => NO_FILE);
  const { repository } = given.model as RepositoryModel;
  return configOf(() => repository);
}

function configOf(repository: (call: CallContext) => Repository): Value {
  const model: Model = {
    call: (call) => read(call, repository(call)),
    method: (name, call) => (name === "get" ? read(call, repository(call)) : undefined),
  };
  return { kind: "model", name: "decouple.Config", model };
}

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
  return pure(
    call.machine,
    call.state,
    "strtobool",
    [value],
    ([text]) => (text?.kind === "str" ? convert(text.value) : (text as Value)),
    { site: call.site },
  );
}

function readNearest(call: CallContext): Value | undefined {
  return forEachName(call, (inner) => read(inner, nearestRepository(inner)));
}

function read(call: CallContext, repository: Repository): Value {
  const variable = textArgument(call, 0, "option");
  if (variable === undefined || call.args.open)
    return unknown("environment", "a variable whose name is computed", call.site);
  const cast = argument(call.args, 2, "cast");
  const given = argument(call.args, 1, "default");
  const written = repository.get(variable);
  const convert = converter(call, cast);
  const fallback =
    written === undefined
      ? given === undefined
        ? undefined
        : castFallback(call, cast, given)
      : placedAs(
          ifAccepted(() => convert(written.value), call),
          written,
        );
  return readVariable(
    {
      variable,
      library: "python-decouple",
      cast: castName(cast),
      fallback,
      convert,
      missing: "UndefinedValueError",
      ...(cast?.kind === "external" && /^builtins\.(bool|int|float)$/.test(cast.name) ? { rejects: "ValueError" } : {}),
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
  if (!isBool(cast)) return call.machine.call(cast, withArguments(call, [given]));
  return pure(
    m,
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

/** `Choices(flat, cast=str, choices)`: a cast that takes some values only. */
function newChoices(call: CallContext): Value | undefined {
  const { machine: m, state, args } = call;
  const flat = argument(args, 0, "flat");
  const cast = argument(args, 1, "cast");
  if (args.open || argument(args, 2, "choices") !== undefined || flat === undefined) return undefined;
  const allowed = m.freeze(state, flat);
  const convert = cast === undefined ? str : convertByCalling(cast, call);
  const compute = ([value]: readonly Value[]): Value => {
    const given = value?.kind === "str" ? convert(value.value) : unknown("unsupported", "a default that is no text");
    const isAllowed = isIn(given, allowed);
    if (isAllowed === false) throw new PythonRaise("ValueError");
    return isAllowed === true ? given : unknown("unsupported", "a choice");
  };
  const model: Model = {
    call: (inner) => {
      const [value] = inner.args.positional;
      return value === undefined
        ? undefined
        : pure(inner.machine, inner.state, "Choices", [value], compute, { site: inner.site });
    },
  };
  return { kind: "model", name: `decouple.Choices#${freshId()}`, model };
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
      return pure(
        inner.machine,
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
