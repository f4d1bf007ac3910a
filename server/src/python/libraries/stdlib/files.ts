import { operation } from "../../semantics/operations";
import { table } from "../../../base/table";
import { baseName, normalizePath } from "../../../base/path";
import { argument, type CallContext, type KnownCall, type Model } from "../../program/call";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import { fileBehind, fromFile } from "../../interpreter/sourceText";
import { certaintyOf } from "../../values/symbolic";
import { NONE, plainItem, str, unknown, type Item, type ReferenceValue, type Value } from "../../values/value";
import { spend } from "../../values/fuel";

/** What is known of a file that the program reads: what git ignores, and what lies outside of the workspace, is not known. */
export type FileText =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "absent" } | { readonly kind: "unknown" };

/** Names of files that are put beside the code where it runs, and that no repository should hold. */
const OF_MACHINES = /secret|credential|passw|private|token|(?:^|[._-])(?:keys?|env|local)(?:[._-]|$)/i;

/** A file of the workspace as Python reads it: line ends are `\n`. Relative paths depend on where the process was started. */
export function fileText(path: string, { machine }: CallContext): FileText {
  if (!path.startsWith("/")) return { kind: "unknown" };
  const file = normalizePath(path);
  const found = machine.host.exists(file);
  if (found === "absent") return { kind: OF_MACHINES.test(baseName(file)) ? "unknown" : "absent" };
  const text = found === "file" ? machine.readText(file) : undefined;
  spend((text?.length ?? 0) / 4);
  return text === undefined ? { kind: "unknown" } : { kind: "text", text: text.replace(/\r\n?/g, "\n") };
}

/**
 * The text of a file that is opened for reading. One that is not there raises; inside a `try`, whether it is there is a test,
 * since the project may well be run with a file that the repository does not hold.
 */
export function readFile(target: Value, call: CallContext): Value {
  const { machine: m, state, site } = call;
  return m.distribute(state, [target], ([path]) => {
    if (path?.kind !== "str" && path?.kind !== "path") return unreadable(path as Value, call);
    const found = fileText(path.value, call);
    if (found.kind === "text") return fromFile(str(found.text), normalizePath(path.value));
    if (found.kind === "absent" && !m.raising.isCaught("FileNotFoundError") && !isSaidToExist(path, call))
      throw new PythonRaise("FileNotFoundError", site);
    noteAbsence(path, call);
    return unknown("file", "the contents of a file", site);
  });
}

/** What a file holds that the environment names depends on the environment: the secrets of containers. */
function unreadable(path: Value, call: CallContext): Value {
  const { machine: m, state, site } = call;
  const unread = (): Value => unknown("machine", "the contents of a file", site);
  m.raising.noteMayRaise(state, site);
  return certaintyOf(path) === "symbolic" ? pure(m, state, "text of a file", [path], unread, { site }) : unread();
}

/** `Path.read_bytes()`. */
export function bytesOfFile(target: Value, call: CallContext): Value {
  return given(readFile(target, call), true, call) ?? NONE;
}

/** Whether a file exists, as a value on which a test can stand. */
export function presenceOfFile(target: Value, { site }: CallContext): Value {
  const onDisk: Value = { kind: "external", name: "file system", site };
  return {
    kind: "derived",
    operation: operation("file exists"),
    inputs: [target, onDisk],
    compute: () => unknown("machine", "whether a file exists", site),
    site,
  };
}

function isSaidToExist(path: Value, call: CallContext): boolean {
  const { machine: m, state, site } = call;
  return state.assumptions.get(m.test(presenceOfFile(path, call), site, "the file exists").id)?.holds === true;
}

/** Where an exception may be caught, a file that is not there leads to the handler. */
function noteAbsence(path: Value, call: CallContext): void {
  const { machine: m, state, site } = call;
  if (!m.raising.isCaught("FileNotFoundError")) return;
  const test = m.test(presenceOfFile(path, call), site, "the file exists");
  m.raising.noteRaiseWhen(state, test, false, "FileNotFoundError", site);
}

/** An open file: what is left to be read stands on the heap, so that it differs between worlds. */
interface FileModel extends Model {
  readonly rest: Value;
}

/** The text that is left in an open file, which is read to its end; `undefined` for what is no open file. */
export function restOfFile(file: Value, call: CallContext): Value | undefined {
  if (file.kind !== "model" || !("rest" in file.model)) return undefined;
  const { rest } = file.model as FileModel;
  const text = call.machine.contents(call.state, rest);
  if (rest.kind === "reference")
    call.machine.updateObject(call.state, rest.id, (object) => ({ ...object, contents: str("") }));
  return text;
}

/** `open(path, mode)` for reading; other modes are not modelled. */
export function openFile(target: Value, mode: Value | undefined, call: CallContext): Value | undefined {
  const { machine: m, state, site, args } = call;
  if (args.open || (mode !== undefined && mode.kind !== "str")) return undefined;
  if (mode !== undefined && /[wax+]/.test(mode.value)) return undefined;
  const text = isUtf8(args.keywords.get("encoding"))
    ? readFile(target, call)
    : unknown("file", "a file that is not UTF-8", site);
  const rest = m.allocate(state, text, site.file) as ReferenceValue;
  return { kind: "model", name: `file#${rest.id}`, model: fileModel(rest, mode?.value.includes("b") === true) };
}

function isUtf8(encoding: Value | undefined): boolean {
  if (encoding === undefined || encoding.kind === "none") return true;
  return encoding.kind === "str" && /^(utf[-_]?8|ascii|us-ascii)$/i.test(encoding.value);
}

function fileModel(rest: ReferenceValue, isBinary: boolean): Model {
  const self: FileModel = {
    rest,
    enter: () => asFile(),
    method: (name, call) => {
      if (name === "close" || name === "__exit__") return NONE;
      if (call.args.positional.length > 0 || call.args.keywords.size > 0) return undefined;
      if (name === "read") return given(restOfFile(asFile(), call), isBinary, call);
      if (name === "readlines" && !isBinary) return linesOf(restOfFile(asFile(), call), call);
      return name === "readline" && !isBinary ? firstLine(rest, call) : undefined;
    },
    items: (m, state) => {
      const text = m.contents(state, rest);
      if (text.kind !== "str" || isBinary) return undefined;
      m.updateObject(state, rest.id, (object) => ({ ...object, contents: str("") }));
      return lines(text.value);
    },
  };
  const asFile = (): Value => ({ kind: "model", name: `file#${rest.id}`, model: self });
  return self;
}

function given(text: Value | undefined, isBinary: boolean, call: CallContext): Value | undefined {
  if (text === undefined || !isBinary) return text;
  const bytes = pure(call.machine, call.state, "str.encode", [text], ([value]) => bytesOf(value as Value), {
    site: call.site,
  });
  const file = fileBehind(text);
  return file === undefined ? bytes : fromFile(bytes, file);
}

function bytesOf(text: Value): Value {
  if (text.kind !== "str") return unknown("file", "the contents of a file");
  return { kind: "bytes", value: encodeURIComponent(text.value).replace(/%(..)/g, (_, hex: string) => byte(hex)) };
}

function byte(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

/** The lines of a text with their ends, as iterating over a file gives them. */
function lines(text: string): readonly Item[] {
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => plainItem(str(line)));
}

function linesOf(text: Value | undefined, call: CallContext): Value | undefined {
  if (text === undefined) return undefined;
  const split = ([value]: readonly Value[]): Value =>
    value?.kind === "str" ? { kind: "list", items: lines(value.value) } : unknown("file", "the lines of a file");
  return pure(call.machine, call.state, "file.readlines", [text], split, { site: call.site, result: "list" });
}

/** `next(file, fallback)`; `undefined` for what is no open file. */
export function nextLine(file: Value, fallback: Value | undefined, call: CallContext): Value | undefined {
  if (file.kind !== "model" || !file.name.startsWith("file#")) return undefined;
  const line = firstLine((file.model as FileModel).rest as ReferenceValue, call);
  if (line.kind !== "str" || line.value !== "") return line;
  if (fallback === undefined) throw new PythonRaise("StopIteration", call.site);
  return fallback;
}

function firstLine(rest: ReferenceValue, call: CallContext): Value {
  const text = call.machine.contents(call.state, rest);
  if (certaintyOf(text) !== "concrete" || text.kind !== "str") return unknown("file", "a line of a file", call.site);
  const end = text.value.indexOf("\n") + 1;
  const cut = end === 0 ? text.value.length : end;
  call.machine.updateObject(call.state, rest.id, (object) => ({ ...object, contents: str(text.value.slice(cut)) }));
  return str(text.value.slice(0, cut));
}

export const FILE_CALLS: Readonly<Record<string, KnownCall>> = table({
  "builtins.open": (call) => {
    const target = argument(call.args, 0, "file");
    return target === undefined ? undefined : openFile(target, argument(call.args, 1, "mode"), call);
  },
  "io.open": (call) => FILE_CALLS["builtins.open"]?.(call),
  "codecs.open": (call) => {
    const target = argument(call.args, 0, "filename");
    return target === undefined ? undefined : openFile(target, argument(call.args, 1, "mode"), call);
  },
});
