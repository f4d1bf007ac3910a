import type { FilePath } from "../../server/src/base/path";
import { baseName, isInside, joinPath, normalizePath, parentPath } from "../../server/src/base/path";
import type { DirectoryEntry, FileSystem, ListResult, ReadFailure, ReadResult } from "../../server/src/project/files";

/** A file that cannot be read, for the error cases. */
export interface BrokenFile {
  readonly failure: ReadFailure;
}
/** A symbolic link; a target that does not exist makes it a dangling one. */
export interface Link {
  readonly link: FilePath;
}
export type Content = string | BrokenFile | Link;

/** Files in memory, by absolute path. `set` and `delete` change them as a person would on disk. */
export class MemoryFileSystem implements FileSystem {
  readonly reads: FilePath[] = [];
  private readonly contents = new Map<FilePath, Content>();
  private readonly unreadableFolders = new Set<FilePath>();

  /** Keys that do not start with `/` are taken as relative to `root`. */
  constructor(contents: Readonly<Record<string, Content>>, root: FilePath = "/") {
    for (const [path, content] of Object.entries(contents)) this.contents.set(joinPath(root, path), content);
  }

  set(path: FilePath, content: Content): void {
    this.contents.set(path, content);
  }

  delete(path: FilePath): void {
    this.contents.delete(path);
  }

  denyFolder(path: FilePath): void {
    this.unreadableFolders.add(path);
  }

  read(path: FilePath): Promise<ReadResult> {
    this.reads.push(path);
    const content = this.contents.get(this.follow(path));
    if (content === undefined) return Promise.resolve({ ok: false, reason: "missing", detail: "ENOENT" });
    if (typeof content === "string") return Promise.resolve({ ok: true, text: content.replace(/^\uFEFF/, "") });
    const reason = "failure" in content ? content.failure : "missing";
    return Promise.resolve({ ok: false, reason, detail: reason === "unreadable" ? "EACCES" : "" });
  }

  /** The index of a repository, from a text with a path in each line. */
  readBytes(path: FilePath): Promise<Uint8Array | undefined> {
    const content = path.endsWith("/.git/index") ? this.contents.get(path) : undefined;
    return Promise.resolve(typeof content === "string" ? indexOf(content.trim().split(/\r?\n/)) : undefined);
  }

  list(path: FilePath): Promise<ListResult> {
    if (this.unreadableFolders.has(path)) return Promise.resolve({ ok: false, reason: "unreadable", detail: "EACCES" });
    const folder = this.follow(path);
    const children = new Map<string, DirectoryEntry>();
    for (const [each, content] of this.contents) {
      if (each === folder || !isInside(folder, each)) continue;
      const rest = each.slice(folder === "/" ? 1 : folder.length + 1);
      const name = rest.split("/")[0] ?? "";
      if (name !== rest) children.set(name, { name, kind: "directory", isSymbolicLink: false });
      else children.set(name, this.describe(each, content));
    }
    if (children.size === 0) return Promise.resolve({ ok: false, reason: "missing", detail: "ENOENT" });
    return Promise.resolve({ ok: true, entries: [...children.values()] });
  }

  realPath(path: FilePath): Promise<FilePath> {
    return Promise.resolve(this.follow(path));
  }

  private describe(path: FilePath, content: Content): DirectoryEntry {
    const name = baseName(path);
    if (typeof content === "string" || "failure" in content) return { name, kind: "file", isSymbolicLink: false };
    const target = this.follow(path);
    const isFolder = [...this.contents.keys()].some((each) => each !== target && isInside(target, each));
    const kind = isFolder ? "directory" : this.contents.has(target) && target !== path ? "file" : "other";
    return { name, kind, isSymbolicLink: true };
  }

  /** Follows links in the last part; a circle ends at its start. */
  private follow(path: FilePath): FilePath {
    let current = path;
    for (let hops = 0; hops < 8; hops++) {
      const content = this.contents.get(current);
      if (content === undefined || typeof content === "string" || !("link" in content)) return current;
      current = normalizePath(joinPath(parentPath(current), content.link));
    }
    return path;
  }
}

/** An index of version 2 (https://git-scm.com/docs/index-format) with nothing in it but names. */
function indexOf(paths: readonly string[]): Uint8Array {
  const header = Buffer.alloc(12);
  header.write("DIRC");
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(paths.length, 8);
  const entries = paths.map((path) => {
    const entry = Buffer.alloc((Math.floor((62 + Buffer.byteLength(path)) / 8) + 1) * 8);
    entry.writeUInt32BE(0o100644, 24);
    entry.write(path, 62);
    return entry;
  });
  return Buffer.concat([header, ...entries]);
}
