import { type Disposable, FileSystemError, FileType, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type FolderEntry,
  listFolderRequest,
  type ListFolderParams,
  type ListFolderResult,
  readFileRequest,
  type ReadFileParams,
  type ReadFileResult,
} from "../../server/src/protocol";

/** Where the workspace's files are: the scheme of its first folder. The server knows the files of one place only. */
export function workspaceScheme(): string {
  return workspace.workspaceFolders?.[0]?.uri.scheme ?? "file";
}

/** Reads files for a server that cannot: through the editor, which knows all kinds of places. */
export function readFilesFor(client: BaseLanguageClient): Disposable[] {
  return [
    client.onRequest<ReadFileResult, void>(readFileRequest, readFile),
    client.onRequest<ListFolderResult, void>(listFolderRequest, ({ uri }: ListFolderParams) =>
      listFolder(Uri.parse(uri)),
    ),
  ];
}

async function readFile({ uri, maxBytes }: ReadFileParams): Promise<ReadFileResult> {
  const file = Uri.parse(uri);
  try {
    // Reading what is no file may wait for ever.
    const { type, size } = await workspace.fs.stat(file);
    if ((type & FileType.File) === 0) return { failure: "not-a-file", detail: "" };
    if (size > maxBytes) return { failure: "too-large", detail: "" };
    const bytes = await workspace.fs.readFile(file);
    return bytes.length > maxBytes ? { failure: "too-large", detail: "" } : { base64: base64(bytes) };
  } catch (error) {
    return failureOf(error);
  }
}

async function listFolder(folder: Uri): Promise<ListFolderResult> {
  try {
    return { entries: (await workspace.fs.readDirectory(folder)).map(([name, type]) => entryOf(name, type)) };
  } catch (error) {
    return failureOf(error);
  }
}

function entryOf(name: string, type: FileType): FolderEntry {
  const kind = (type & FileType.Directory) !== 0 ? "directory" : (type & FileType.File) !== 0 ? "file" : "other";
  return { name, kind, isSymbolicLink: (type & FileType.SymbolicLink) !== 0 };
}

function failureOf(error: unknown): { readonly failure: "missing" | "unreadable"; readonly detail: string } {
  const detail = error instanceof FileSystemError ? error.code : "unknown error";
  const isAbsence = detail === "FileNotFound" || detail === "FileNotADirectory";
  return { failure: isAbsence ? "missing" : "unreadable", detail };
}

/** As many characters of a text at once as a call may have arguments, in all browsers. */
const CHUNK = 8192;

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}
