import { operation } from "../../semantics/operations";
import { table } from "../../../base/table";
import { normalizePath } from "../../../base/path";
import { argument, unsupported, type CallContext, type KnownCall, type Model } from "../../program/call";
import { bytesOfFile, openFile, presenceOfFile, readFile } from "./files";
import { purePath } from "../../semantics/operators";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import { bool, list, path, str, tuple, unknown, type Value } from "../../values/value";

/** `pathlib` and `os.path` on POSIX (Python docs). Paths are absolute paths of the workspace; what is outside of it is not known. */
export const PATH_CALLS: Readonly<Record<string, KnownCall>> = table({
  "pathlib.Path": newPath,
  "pathlib.PosixPath": newPath,
  "pathlib.PurePath": newPath,
  "pathlib.PurePosixPath": newPath,
  "pathlib.Path.cwd": machinePath,
  "pathlib.Path.home": machinePath,
  "os.getcwd": (call) => ({ kind: "external", name: "os.getcwd()", site: call.site }),
  "os.fspath": onTexts("os.fspath", ([text]) => str(text as string)),
  "os.path.join": onTexts("os.path.join", (texts) => str(joinTexts(texts)), Infinity),
  "os.path.dirname": onTexts("os.path.dirname", ([text]) => str(directoryOf(text as string))),
  "os.path.basename": onTexts("os.path.basename", ([text]) =>
    str((text as string).slice((text as string).lastIndexOf("/") + 1)),
  ),
  "os.path.abspath": onTexts("os.path.abspath", ([text]) => absolute(text as string, (clean) => str(clean))),
  "os.path.realpath": onTexts("os.path.realpath", ([text]) => absolute(text as string, (clean) => str(clean))),
  "os.path.normpath": onTexts("os.path.normpath", ([text]) =>
    str((text as string).startsWith("//") ? (text as string) : normalizePath(text as string)),
  ),
  "os.path.isabs": onTexts("os.path.isabs", ([text]) => bool((text as string).startsWith("/"))),
  "os.path.split": onTexts("os.path.split", ([text]) =>
    tuple([str(directoryOf(text as string)), str((text as string).slice((text as string).lastIndexOf("/") + 1))]),
  ),
  "os.path.splitext": onTexts("os.path.splitext", ([text]) => splitExtension(text as string)),
  "os.path.exists": existence("any"),
  "os.path.isfile": existence("file"),
  "os.path.isdir": existence("directory"),
  "os.path.lexists": existence("any"),
});

export const PATH_VALUES: Readonly<Record<string, Value>> = table({
  "os.sep": str("/"),
  "os.path.sep": str("/"),
  "os.pathsep": str(":"),
  "os.curdir": str("."),
  "os.pardir": str(".."),
  "os.path.pardir": str(".."),
  "os.linesep": str("\n"),
});

/** A function of one text or path, or up to more; other types, more arguments and none raise TypeError. */
function onTexts(operation: string, compute: (texts: readonly string[]) => Value, atMost = 1): KnownCall {
  return (call) => {
    if (call.args.open || call.args.keywords.size > 0) return undefined;
    const { length } = call.args.positional;
    if (length === 0 || length > atMost) throw new PythonRaise("TypeError", call.site);
    return pure(call.machine, call.state, operation, call.args.positional, (values) => compute(values.map(fspath)), {
      site: call.site,
    });
  };
}

/** `os.fspath`. */
function fspath(value: Value): string {
  if (value.kind === "str" || value.kind === "path") return value.value;
  throw new PythonRaise("TypeError");
}

/** `posixpath.join`. */
function joinTexts(texts: readonly string[]): string {
  let joined = texts[0] ?? "";
  for (const text of texts.slice(1)) {
    if (text.startsWith("/")) joined = text;
    else if (joined === "" || joined.endsWith("/")) joined += text;
    else joined += `/${text}`;
  }
  return joined;
}

/** `posixpath.dirname`. */
function directoryOf(text: string): string {
  const head = text.slice(0, text.lastIndexOf("/") + 1);
  return /^\/*$/.test(head) ? head : head.replace(/(?<!\/)\/+$/, "");
}

/** `posixpath.splitext`: leading dots belong to the name. */
function splitExtension(text: string): Value {
  const name = text.slice(text.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const hasExtension = dot > 0 && !/^\.+$/.test(name.slice(0, dot));
  const cut = hasExtension ? text.length - name.length + dot : text.length;
  return tuple([str(text.slice(0, cut)), str(text.slice(cut))]);
}

/** Relative paths depend on the folder in which the process was started. */
function absolute(text: string, give: (clean: string) => Value): Value {
  return text.startsWith("/") ? give(normalizePath(text)) : unknown("machine", "the current working directory");
}

function newPath(call: CallContext): Value | undefined {
  if (call.args.open || call.args.keywords.size > 0) return undefined;
  return pure(
    call.machine,
    call.state,
    "pathlib.Path",
    call.args.positional,
    (values) => path(purePath(values.map(fspath))),
    { site: call.site },
  );
}

function machinePath(call: CallContext): Value {
  return unknown("machine", "a folder of this machine", call.site);
}

/** A file that git tracks is there; one that is not may be there on another machine. */
function existence(wanted: "any" | "file" | "directory"): KnownCall {
  return (call) => {
    const [value] = call.args.positional;
    return value === undefined ? undefined : exists(value, wanted, call);
  };
}

function exists(value: Value, wanted: "any" | "file" | "directory", call: CallContext): Value {
  const { machine: m, state, site } = call;
  const compute = ([target]: readonly Value[]): Value => {
    const text = fspath(target as Value);
    const found = text.startsWith("/") ? m.host.exists(normalizePath(text)) : "unknown";
    if (found === "file" || found === "directory") return bool(wanted === "any" || wanted === found);
    return presenceOfFile(target as Value, call);
  };
  return pure(m, state, "file exists", [value], compute, { site });
}

type PathMethod = (text: string, args: readonly Value[], call: CallContext) => Value | undefined;

const METHODS: Readonly<Record<string, PathMethod>> = table({
  resolve: (text) => absolute(text, path),
  absolute: (text) => (text.startsWith("/") ? path(text) : unknown("machine", "the current working directory")),
  joinpath: (text, args) => path(purePath([text, ...args.map(fspath)])),
  // `environ.Path` objects are paths as well.
  path: (text, args) => absolute(purePath([text, ...args.map(fspath)]), path),
  as_posix: (text) => str(text),
  __str__: (text) => str(text),
  __fspath__: (text) => str(text),
  is_absolute: (text) => bool(text.startsWith("/")),
  with_name: (text, [name]) => (name === undefined ? undefined : path(purePath([directoryOf(text), fspath(name)]))),
  with_suffix: (text, [suffix]) => (suffix?.kind === "str" ? path(stemmed(text) + suffix.value) : undefined),
  expanduser: (text) => (text.startsWith("~") ? unknown("machine", "the home folder") : path(text)),
  relative_to: (text, [base]) => (base === undefined ? undefined : relativeTo(text, fspath(base))),
});

function stemmed(text: string): string {
  const split = splitExtension(text);
  return split.kind === "tuple" && split.items[0]?.value.kind === "str" ? split.items[0].value.value : text;
}

function relativeTo(text: string, base: string): Value {
  const root = purePath([base]);
  if (text === root) return path(".");
  const prefix = root === "/" ? "/" : `${root}/`;
  if (!text.startsWith(prefix)) throw new PythonRaise("ValueError");
  return path(text.slice(prefix.length));
}

/** Calls a method of a path, or of a value from the environment that will be one; `undefined` for other values. */
export function pathMethod(receiver: Value, name: string, call: CallContext): Value | undefined {
  const { machine: m, state, args, site } = call;
  if (receiver.kind !== "path" && (receiver.kind !== "environment" || receiver.cast !== "path")) return undefined;
  if (name === "exists" || name === "is_file" || name === "is_dir") {
    return exists(receiver, name === "exists" ? "any" : name === "is_file" ? "file" : "directory", call);
  }
  if (name === "read_text") return readFile(receiver, call);
  if (name === "open") {
    const file = openFile(receiver, args.keywords.get("mode") ?? args.positional[0], call);
    return file ?? unknown("file", "the contents of a file", site);
  }
  if (name === "read_bytes") return bytesOfFile(receiver, call);
  const method = METHODS[name];
  if (method === undefined || args.open) return unsupported(call, `Path.${name}()`);
  return pure(
    m,
    state,
    operation(`Path.${name}`, "plain"),
    [receiver, ...args.positional],
    ([self, ...rest]) => method(fspath(self as Value), rest, call) ?? unknown("unsupported", `Path.${name}()`, site),
    { site },
  );
}

/** An attribute of a path; `undefined` for names that are none. */
export function pathAttribute(receiver: Value, name: string, call: CallContext): Value | undefined {
  const { machine: m, state, site } = call;
  const attribute = ATTRIBUTES[name];
  if (isOtherObject(receiver)) return undefined;
  if (name === "parents") return parents(receiver);
  if (attribute === undefined) return undefined;
  return pure(m, state, operation(`Path.${name}`, "plain"), [receiver], ([self]) => attribute(fspath(self as Value)), {
    site,
  });
}

/** Whether a variable is read as something else than a path. */
function isOtherObject(receiver: Value): boolean {
  return receiver.kind === "environment" && receiver.cast !== "path";
}

const ATTRIBUTES: Readonly<Record<string, (text: string) => Value>> = table({
  parent: (text) => path(parentOf(text)),
  name: (text) => str(nameOf(text)),
  stem: (text) => str(nameOf(stemmed(text))),
  suffix: (text) => str(nameOf(text).slice(nameOf(stemmed(text)).length)),
  anchor: (text) => str(text.startsWith("/") ? "/" : ""),
  parts: (text) =>
    tuple([
      ...(text.startsWith("/") ? [str("/")] : []),
      ...text
        .split("/")
        .filter((part) => part !== "" && part !== ".")
        .map(str),
    ]),
});

/** `PurePath.parent`. */
function parentOf(text: string): string {
  if (text === "/" || text === ".") return text;
  const head = directoryOf(text);
  return head === "" ? "." : head;
}

function nameOf(text: string): string {
  return text === "." ? "" : text.slice(text.lastIndexOf("/") + 1);
}

/** `Path.parents`, a sequence of the folders above. */
function parents(receiver: Value): Value {
  const model: Model = {
    subscript: (key, call) =>
      pure(
        call.machine,
        call.state,
        operation("Path.parents", "plain"),
        [receiver, key],
        ([self, index]) => {
          if (index?.kind !== "int") throw new PythonRaise("TypeError", call.site);
          const all = [];
          for (let text = fspath(self as Value); parentOf(text) !== text; text = parentOf(text))
            all.push(parentOf(text));
          const found = all.at(Number(index.value));
          if (found === undefined) throw new PythonRaise("IndexError", call.site);
          return path(found);
        },
        { site: call.site },
      ),
  };
  return { kind: "model", name: "pathlib.Path.parents", model };
}

/** The files that a pattern matches, for `glob.glob`; only inside the workspace. */
export function globFiles(call: CallContext): Value | undefined {
  const pattern = argument(call.args, 0, "pathname");
  if (pattern?.kind !== "str" || !pattern.value.startsWith("/")) return undefined;
  const cut = pattern.value.search(/[*?[]/);
  const folder = directoryOf(cut < 0 ? pattern.value : pattern.value.slice(0, cut));
  const found = call.machine.host.glob(normalizePath(folder), pattern.value.slice(folder.length + 1));
  return call.machine.allocate(call.state, list(found.map(str)), call.site.file);
}
