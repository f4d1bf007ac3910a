import type { FilePath } from "../../base/path";
import type { EnvironmentNames } from "../../project/environmentNames";
import type { ReadResult } from "../../project/files";
import { isWritableAsUtf8 } from "../../project/pythonEncoding";
import type { Host } from "../../python/program/host";
import { Source } from "./source";

/** What building edits needs to know of the world. */
export interface EditHost extends Pick<Host, "parse" | "resolveModule" | "moduleName" | "exists"> {
  /** A file as it is on disk or in an editor, including ignored ones; `undefined` until it is loaded. */
  onDisk(path: FilePath): ReadResult | undefined;
  /** Where the project names environment variables. */
  readonly names: EnvironmentNames;
  /** Whether git ignores a file, there or not. */
  isIgnored(path: FilePath): boolean;
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
        parsed.ok && isWritableAsUtf8(parsed.text) ? new Source(file, parsed.text, parsed.module) : undefined,
      );
    }
    return this.known.get(file);
  }
}
