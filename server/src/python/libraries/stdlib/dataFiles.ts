import { table } from "../../../base/table";
import type { CallContext, KnownCall } from "../../program/call";
import { pure } from "../../program/pure";
import { fileBehind } from "../../interpreter/sourceText";
import { placedTree } from "../../values/dataPlaces";
import { unknown, type Value } from "../../values/value";
import { openFile, restOfFile } from "./files";
import { parseJson } from "./json";
import { parseToml } from "./toml";
import { parseYaml } from "../packages/yaml/yaml";

type Parse = (text: string) => Value;

/** A parser of texts. `json.loads`, `tomllib.loads`. */
function loads(name: string, parse: Parse): KnownCall {
  return (call) => {
    const [text] = call.args.positional;
    if (text === undefined || call.args.keywords.size > 0 || call.args.positional.length > 1) return undefined;
    return parsed(name, parse, text, call);
  };
}

/** A parser of open files: `json.load(handle)`. */
function load(name: string, parse: Parse): KnownCall {
  return (call) => {
    const [file] = call.args.positional;
    if (file === undefined || call.args.keywords.size > 0 || call.args.positional.length > 1) return undefined;
    const text = restOfFile(file, call);
    return text === undefined ? undefined : parsed(name, parse, text, call);
  };
}

/** A parser that takes a path: `toml.load("config.toml")`. */
function loadPath(name: string, parse: Parse): KnownCall {
  return (call) => {
    const [path] = call.args.positional;
    if (path === undefined || call.args.keywords.size > 0) return undefined;
    // An open file is read to its end by the question for its text, so it must be asked once only.
    const given = restOfFile(path, call);
    const file = given === undefined ? openFile(path, undefined, call) : undefined;
    const text = file === undefined ? given : restOfFile(file, call);
    return text === undefined ? undefined : parsed(name, parse, text, call);
  };
}

/** A parser of texts and open files: `yaml.safe_load`. */
function loadEither(name: string, parse: Parse): KnownCall {
  return (call) => load(name, parse)(call) ?? loads(name, parse)(call);
}

function parsed(name: string, parse: Parse, text: Value, call: CallContext): Value {
  const compute = ([value]: readonly Value[]): Value => {
    const source = value?.kind === "bytes" ? decode(value.value) : value?.kind === "str" ? value.value : undefined;
    if (value === undefined || source === undefined) return unknown("unsupported", `${name}()`);
    const file = fileBehind(value);
    return file === undefined ? parse(source) : placedTree(parse(source), file);
  };
  return pure(call.machine, call.state, name, [text], compute, { site: call.site });
}

/** Bytes as UTF-8; `undefined` where they are none. */
function decode(bytes: string): string | undefined {
  try {
    return decodeURIComponent(bytes.replace(/[^]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`));
  } catch {
    return undefined;
  }
}

const yaml = loadEither("yaml.safe_load", parseYaml);

/** `yaml.load(stream, Loader=...)` with a loader that gives plain values. */
const yamlLoad: KnownCall = (call) => {
  const loader = call.args.keywords.get("Loader") ?? call.args.positional[1];
  const [source] = call.args.positional;
  if (source === undefined || loader?.kind !== "external") return undefined;
  if (!/^yaml\.(loader\.)?C?(Safe|Full|Unsafe)?Loader$/.test(loader.name)) return undefined;
  return yaml({ ...call, args: { positional: [source], keywords: new Map(), open: call.args.open } });
};

/**
 * Parsers of data: what they make of files of the workspace (Python docs, "json" and "tomllib";
 * https://pyyaml.org/wiki/PyYAMLDocumentation).
 */
export const DATA_FILE_CALLS: Readonly<Record<string, KnownCall>> = table({
  "json.loads": loads("json.loads", parseJson),
  "json.load": load("json.load", parseJson),
  "tomllib.loads": loads("tomllib.loads", parseToml),
  "tomllib.load": load("tomllib.load", parseToml),
  "tomli.loads": loads("tomllib.loads", parseToml),
  "tomli.load": load("tomllib.load", parseToml),
  "toml.loads": loads("toml.loads", parseToml),
  "toml.load": loadPath("toml.load", parseToml),
  "yaml.safe_load": yaml,
  "yaml.load": yamlLoad,
});
