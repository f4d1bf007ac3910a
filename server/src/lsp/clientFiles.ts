import type { Connection } from "vscode-languageserver";
import { baseName, isInside, parentPath, type FilePath } from "../base/path";
import { MAX_FILE_BYTES, type FileSystem, type ListResult, type ReadResult } from "../project/files";
import { decodeText } from "../project/fileText";
import {
  listFolderRequest,
  readFileRequest,
  type ListFolderParams,
  type ListFolderResult,
  type ReadFileParams,
  type ReadFileResult,
} from "../protocol";
import type { Addresses } from "./addresses";

/** Files that the client reads for the server: in the browser, and in folders that are on no disk. */
export class ClientFiles implements FileSystem {
  private readonly connection: Connection;
  private readonly addresses: Addresses;
  private readonly folders: () => readonly FilePath[];

  /** `folders`: the workspace's folders at the moment. */
  constructor(connection: Connection, addresses: Addresses, folders: () => readonly FilePath[]) {
    this.connection = connection;
    this.addresses = addresses;
    this.folders = folders;
  }

  async read(path: FilePath): Promise<ReadResult> {
    const result = await this.request(path);
    return "failure" in result
      ? { ok: false, reason: result.failure, detail: result.detail }
      : decodeText(path, bytesOf(result.base64));
  }

  async readBytes(path: FilePath): Promise<Uint8Array | undefined> {
    const result = await this.request(path);
    return "failure" in result ? undefined : bytesOf(result.base64);
  }

  private request(path: FilePath): Promise<ReadFileResult> {
    const params: ReadFileParams = { uri: this.addresses.uri(path), maxBytes: MAX_FILE_BYTES };
    return this.ask<ReadFileResult>(readFileRequest, params);
  }

  async list(path: FilePath): Promise<ListResult> {
    const params: ListFolderParams = { uri: this.addresses.uri(path) };
    const result = await this.ask<ListFolderResult>(listFolderRequest, params);
    return "failure" in result
      ? { ok: false, reason: result.failure, detail: result.detail }
      : { ok: true, entries: result.entries };
  }

  /** A client tells what is a link, and not where to. What stands above the workspace's folders is taken as it is. */
  async realPath(path: FilePath): Promise<FilePath | undefined> {
    for (let each = path; this.isBelowFolder(each); each = parentPath(each)) {
      const listed = await this.list(parentPath(each));
      const entry = listed.ok ? listed.entries.find(({ name }) => name === baseName(each)) : undefined;
      if (entry?.isSymbolicLink === true) return undefined;
    }
    return path;
  }

  private isBelowFolder(path: FilePath): boolean {
    return this.folders().some((folder) => path !== folder && isInside(folder, path));
  }

  private async ask<Result>(
    method: string,
    params: object,
  ): Promise<Result | { readonly failure: "unreadable"; readonly detail: string }> {
    try {
      return await this.connection.sendRequest<Result>(method, params);
    } catch {
      // The client does not know the request, or is gone.
      return { failure: "unreadable", detail: "the editor does not answer" };
    }
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
