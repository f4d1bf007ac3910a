import { table } from "../../../../base/table";
import { normalizePath, parentPath, type FilePath } from "../../../../base/path";
import { argument, textArgument, type CallContext, type KnownCall } from "../../../program/call";
import { fileBehind } from "../../../interpreter/sourceText";
import { own } from "../../../program/objects";
import { pure } from "../../../program/pure";
import { placedVariable } from "../../../values/dataPlaces";
import { certaintyOf } from "../../../values/symbolic";
import { dict, NONE, str, unknown, type Value } from "../../../values/value";
import { expansions, parseDotenv, type DotenvEntry } from "./text";
import { fileText, restOfFile } from "../../stdlib/files";
import { isOff, readVariable, setDefaultVariable } from "../../variables";

/**
 * python-dotenv 1.2: `load_dotenv()` puts the variables of a file of the workspace into the environment, where they are
 * unset. A file that is not there, or that git ignores, is the environment's own business: reads stay what they are.
 */
export const DOTENV_CALLS: Readonly<Record<string, KnownCall>> = table({
  "dotenv.load_dotenv": loadDotenv,
  "dotenv.find_dotenv": findDotenv,
  "dotenv.dotenv_values": dotenvValues,
  "dotenv.main.load_dotenv": loadDotenv,
  "dotenv.main.find_dotenv": findDotenv,
  "dotenv.main.dotenv_values": dotenvValues,
  "dotenv.read_dotenv": () => NONE,
});

/** The nearest file of a name in a folder or one above it; `undefined` when there is none, or that is not known. */
export function nearestFile(folder: string, names: readonly string[], call: CallContext): string | undefined {
  for (let each = folder; ; each = parentPath(each)) {
    for (const name of names) {
      const path = `${each === "/" ? "" : each}/${name}`;
      const found = call.machine.host.exists(path);
      if (found === "file") return path;
      if (found === "unknown") return undefined;
    }
    if (each === "/") return undefined;
  }
}

/** The folder of the file whose code makes the call. */
export function callingFolder({ frame }: CallContext): string {
  return parentPath(frame.file);
}

function found(call: CallContext, name: string): Value {
  if (!isOff(argument(call.args, 2, "usecwd"))) return unknown("machine", "the current working directory", call.site);
  const path = nearestFile(callingFolder(call), [name], call);
  return path === undefined ? unknown("file", "the path of a .env file", call.site) : str(path);
}

function findDotenv(call: CallContext): Value | undefined {
  const name =
    call.args.positional.length === 0 && !call.args.keywords.has("filename")
      ? ".env"
      : textArgument(call, 0, "filename");
  return name === undefined || call.args.open ? undefined : found(call, name);
}

function loadDotenv(call: CallContext): Value | undefined {
  const { args, machine: m, state, site } = call;
  if (args.open) return undefined;
  const stream = argument(args, 1, "stream");
  const options = {
    isOverriding: !isOff(argument(args, 3, "override")),
    isExpanding: args.keywords.get("interpolate") === undefined || !isOff(args.keywords.get("interpolate")),
  };
  const path = argument(args, 0, "dotenv_path") ?? (stream === undefined ? NONE : undefined);
  if (path === undefined) {
    const text = restOfFile(stream as Value, call);
    if (text?.kind === "str") load(parseDotenv(text.value), { ...options, file: fileBehind(text) }, call);
    return unknown("file", "whether a .env file was found", site);
  }
  m.perAlternative(state, path, (inner, leaf) => {
    loadPath(leaf, options, { ...call, state: inner });
    return leaf;
  });
  return unknown("file", "whether a .env file was found", site);
}

interface LoadOptions {
  /** The file that is read, where that is known. */
  readonly file: FilePath | undefined;
  readonly isOverriding: boolean;
  readonly isExpanding: boolean;
}

function loadPath(path: Value, options: Omit<LoadOptions, "file">, call: CallContext): void {
  const isSearched = path.kind === "none" || (path.kind === "str" && path.value === "");
  const target = isSearched ? found(call, ".env") : path;
  if (target.kind !== "str" && target.kind !== "path") return forgetCandidates(target, call);
  if (!target.value.startsWith("/")) return forgetRelative(target.value, "", call);
  const text = fileText(target.value, call);
  if (text.kind === "text") load(parseDotenv(text.text), { ...options, file: normalizePath(target.value) }, call);
}

/**
 * A relative path depends on where the process was started: what the nearest file of the name says may be what is loaded.
 * The variables stand in `store`, which is empty for the environment itself.
 */
export function forgetRelative(path: string, store: string, call: CallContext): void {
  const file = nearestFile(callingFolder(call), [path.replace(/^(\.\/)+/, "")], call);
  const text = file === undefined ? undefined : fileText(file, call);
  for (const [name] of text?.kind === "text" ? parseDotenv(text.text) : [])
    call.state.environ.set(store + name, unknown("machine", "the current working directory", call.site));
}

/** Loads the nearest `.env` in a folder or one above it, as libraries do that come with their own copy of python-dotenv. */
export function loadNearest(folder: string, call: CallContext): void {
  const path = nearestFile(folder, [".env", "config/.env"], call);
  const text = path === undefined ? undefined : fileText(path, call);
  if (text?.kind === "text") load(parseDotenv(text.text), { isOverriding: false, isExpanding: true, file: path }, call);
}

/** A file whose name the environment decides: what any file of the kind says may be what is loaded. */
export function forgetCandidates(path: Value, call: CallContext): void {
  if (certaintyOf(path) !== "symbolic") return;
  const { host } = call.machine;
  let folder = callingFolder(call);
  const folders = [folder];
  while (folder !== "/" && host.exists(folder) !== "unknown") folders.push((folder = parentPath(folder)));
  const files = folders.flatMap((each) =>
    [".env*", "*.env", "*/.env*", "*/*.env"].flatMap((pattern) => host.glob(each, pattern)),
  );
  for (const file of new Set(files)) {
    const text = call.machine.readText(file);
    for (const [name] of text === undefined ? [] : parseDotenv(text))
      call.state.environ.set(name, unknown("file", "a variable of a .env file", call.site));
  }
}

/** Puts the variables of a file into the environment. */
function load(entries: readonly DotenvEntry[], options: LoadOptions, call: CallContext): void {
  for (const [name, text] of resolved(entries, options, call)) {
    if (text === undefined) continue;
    if (options.isOverriding) call.state.environ.set(name, text);
    else setDefaultVariable(name, text, call);
  }
}

/**
 * The texts with `${NAME}` put in: of the file's own variables and the environment, the environment wins unless the file
 * overrides it.
 */
export function resolved(
  entries: readonly DotenvEntry[],
  { isOverriding, isExpanding, file }: LoadOptions,
  call: CallContext,
): ReadonlyMap<string, Value | undefined> {
  const texts = new Map<string, Value | undefined>();
  for (const [name, text] of entries) {
    const pieces = text === undefined || !isExpanding ? [] : expansions(text);
    if (pieces.every((piece) => typeof piece === "string")) {
      texts.set(name, text === undefined ? undefined : placedVariable(text, name, file));
      continue;
    }
    const values = pieces.map((piece) => {
      if (typeof piece === "string") return str(piece);
      const own = texts.get(piece.name) ?? (texts.has(piece.name) ? str("") : undefined);
      if (isOverriding && own !== undefined) return own;
      return variableText(piece.name, own ?? str(piece.otherwise), call);
    });
    texts.set(name, joined(values, call));
  }
  return texts;
}

function variableText(variable: string, fallback: Value, call: CallContext): Value {
  return readVariable({ variable, library: "os", cast: "str", fallback, convert: str, missing: "KeyError" }, call);
}

function joined(values: readonly Value[], call: CallContext): Value {
  const join = (texts: readonly Value[]): Value =>
    str(texts.map((text) => (text.kind === "str" ? text.value : "")).join(""));
  return pure(call.machine, call.state, "expanded text", values, join, { site: call.site });
}

/** `dotenv_values(path)`: the variables of a file as a dict, without the environment. */
function dotenvValues(call: CallContext): Value | undefined {
  const { args, machine: m, state, site } = call;
  if (args.open || args.keywords.has("stream") || args.positional.length > 1) return undefined;
  const isExpanding = args.keywords.get("interpolate") === undefined || !isOff(args.keywords.get("interpolate"));
  const path = argument(args, 0, "dotenv_path") ?? NONE;
  return m.distribute(state, [path], ([leaf]) => {
    const isSearched = leaf?.kind === "none" || (leaf?.kind === "str" && leaf.value === "");
    const target = isSearched ? found(call, ".env") : (leaf as Value);
    const file = target.kind === "str" || target.kind === "path" ? normalizePath(target.value) : undefined;
    const text = file === undefined ? undefined : fileText(file, call);
    if (text?.kind !== "text") return unknown("file", "the variables of a .env file", site);
    const texts = resolved(parseDotenv(text.text), { isOverriding: true, isExpanding, file }, call);
    return own(m, state, dict([...texts].map(([name, value]) => [name, value ?? NONE])), site.file);
  });
}
