import type { FilePath } from "../../base/path";
import type { EnvironmentNames } from "../../project/environmentNames";
import type { ReadResult } from "../../project/files";
import { isWritableAsUtf8 } from "../../project/pythonEncoding";
import type { Host } from "../../python/program/host";
import type { Module } from "../../syntax/ast";
import type { FileEdit } from "../finding";
import { Source } from "./source";

/** What building edits needs to know of the world. */
export interface EditHost extends Pick<Host, "parse" | "resolveModule" | "moduleName" | "exists"> {
  /** A file as it is on disk or in an editor, including ignored ones; `undefined` until it is loaded. */
  onDisk(path: FilePath): ReadResult | undefined;
  /** Whether an edit loses no placeholder of a template and writes nothing that only stands for one. */
  isWritable(edit: FileEdit): boolean;
  /** Where the project names environment variables. */
  readonly names: EnvironmentNames;
  /** Whether git ignores a file, there or not. */
  isIgnored(path: FilePath): boolean;
}

/** A run of fixes asks for the same files for each of them, and how one is laid out takes looking through all of it. */
const known = new WeakMap<Module, Source>();

function sourceOf(file: FilePath, text: string, module: Module): Source {
  let source = known.get(module);
  if (source?.path !== file || source.text !== text) known.set(module, (source = new Source(file, text, module)));
  return source;
}

/** The parsed files of one fix, each read once. */
export class Sources {
  readonly host: EditHost;
  private readonly known = new Map<FilePath, Source | undefined>();

  constructor(host: EditHost) {
    this.host = host;
  }

  /** A Python file; `undefined` when it cannot be read, or not be written: edits are written as UTF-8. */
  get(file: FilePath): Source | undefined {
    if (!this.known.has(file)) {
      const parsed = this.host.parse(file);
      this.known.set(
        file,
        parsed.ok && isWritableAsUtf8(parsed.text) ? sourceOf(file, parsed.text, parsed.module) : undefined,
      );
    }
    return this.known.get(file);
  }
}
