import type { FilePath } from "../base/path";
import type { FileSystem, ListResult, ReadResult } from "../project/files";

/** Files as they are on disk, but with the texts that editors show. */
export class OverlayFileSystem implements FileSystem {
  private readonly files: FileSystem;
  private readonly overlays: ReadonlyMap<FilePath, string>;

  constructor(files: FileSystem, overlays: ReadonlyMap<FilePath, string>) {
    this.files = files;
    this.overlays = overlays;
  }

  read(path: FilePath): Promise<ReadResult> {
    const text = this.overlays.get(path);
    return text === undefined ? this.files.read(path) : Promise.resolve({ ok: true, text });
  }

  readBytes(path: FilePath): Promise<Uint8Array | undefined> {
    return this.files.readBytes?.(path) ?? Promise.resolve(undefined);
  }

  list(path: FilePath): Promise<ListResult> {
    return this.files.list(path);
  }

  realPath(path: FilePath): Promise<FilePath | undefined> {
    return this.files.realPath(path);
  }
}
