import type { FilePath } from "../../base/path";
import type { Value } from "../values/value";

const FILES = new WeakMap<Value, FilePath>();

/** Remembers that a text is the whole of a file of the workspace, so that code can be found which is read and executed. */
export function fromFile<V extends Value>(text: V, file: FilePath): V {
  FILES.set(text, file);
  return text;
}

/** The file whose whole text a value is; `undefined` for any other value. */
export function fileBehind(text: Value): FilePath | undefined {
  return FILES.get(text);
}
