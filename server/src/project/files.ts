import type { FilePath } from "../base/path";

export type ReadResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: ReadFailure; readonly detail: string };

/** `too-large`: over {@link MAX_FILE_BYTES}; `not-utf8`: the bytes are no UTF-8, and no text in the encoding that a Python file declares (`detail`). */
export type ReadFailure = "missing" | "unreadable" | "not-utf8" | "too-large" | "not-a-file";

/** Larger files are not settings modules that a person wrote; they are named in a note and skipped. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;

export interface DirectoryEntry {
  readonly name: string;
  /** What a symbolic link points at decides; a dangling or circular link is `other`. */
  readonly kind: "file" | "directory" | "other";
  readonly isSymbolicLink: boolean;
}

export type ListResult =
  | { readonly ok: true; readonly entries: readonly DirectoryEntry[] }
  | { readonly ok: false; readonly reason: "missing" | "unreadable"; readonly detail: string };

/** The only way the core reads files. Implementations never throw. Texts come without a byte order mark. */
export interface FileSystem {
  read(path: FilePath): Promise<ReadResult>;
  /**
   * As {@link read}, for hosts that can read at once. With others, an analysis that misses a file is made again when it is there.
   */
  readNow?(path: FilePath): ReadResult;
  /** The bytes of a regular file up to {@link MAX_FILE_BYTES}; `undefined` for anything else, whatever is the matter. */
  readBytes?(path: FilePath): Promise<Uint8Array | undefined>;
  list(path: FilePath): Promise<ListResult>;
  /**
   * Where a path leads once all symbolic links in it are followed; for what is not there, where it would be made. `undefined`: there is
   * a link in it, and nobody can say where that leads.
   */
  realPath(path: FilePath): Promise<FilePath | undefined>;
}

/** Why a file cannot be read, as the rest of a sentence about it. */
export function describeFailure(reason: ReadFailure, detail: string): string {
  switch (reason) {
    case "missing":
      return "it does not exist";
    case "unreadable":
      return detail === "" ? "it cannot be read" : `it cannot be read (${detail})`;
    case "not-utf8":
      return detail === "" ? "it is not UTF-8 text" : `it is no text in the encoding that it declares, ${detail}`;
    case "too-large":
      return `it is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB`;
    case "not-a-file":
      return "it is not a regular file";
  }
}
