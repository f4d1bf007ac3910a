import { readdir, readFile, stat } from "node:fs/promises";
import type { Dirent } from "node:fs";
import type { FilePath } from "../base/path";
import { joinPath, normalizePath } from "../base/path";
import type { DirectoryEntry, FileSystem, ListResult, ReadResult } from "../project/files";
import { MAX_FILE_BYTES } from "../project/files";

/** Reads files of this machine. Never throws; symbolic links are followed for their kind only, by `stat`. */
export const nodeFileSystem: FileSystem = { read: readText, list: listFolder };

/** The host's own absolute path as the core writes it: `C:\shop` becomes `/c:/shop`. */
export function fromNativePath(native: string): FilePath {
  const slashed = process.platform === "win32" ? native.replaceAll("\\", "/") : native;
  const drive = /^([A-Za-z]):/.exec(slashed);
  return normalizePath(drive === null ? slashed : `/${slashed[0]?.toLowerCase() ?? ""}${slashed.slice(1)}`);
}

/** The inverse of {@link fromNativePath}. */
export function toNativePath(path: FilePath): string {
  return /^\/[a-z]:/.test(path) && process.platform === "win32" ? path.slice(1) : path;
}

async function readText(path: FilePath): Promise<ReadResult> {
  try {
    const native = toNativePath(path);
    const status = await stat(native);
    if (!status.isFile()) return { ok: false, reason: "not-a-file", detail: "" };
    if (status.size > MAX_FILE_BYTES) return { ok: false, reason: "too-large", detail: `${status.size} bytes` };
    return decode(await readFile(native));
  } catch (error) {
    const code = errorCode(error);
    return { ok: false, reason: isAbsence(code) ? "missing" : "unreadable", detail: code };
  }
}

function decode(bytes: Uint8Array): ReadResult {
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, reason: "not-utf8", detail: "" };
  }
}

async function listFolder(path: FilePath): Promise<ListResult> {
  try {
    const entries = await readdir(toNativePath(path), { withFileTypes: true });
    return { ok: true, entries: await Promise.all(entries.map((entry) => describe(path, entry))) };
  } catch (error) {
    const code = errorCode(error);
    return { ok: false, reason: isAbsence(code) ? "missing" : "unreadable", detail: code };
  }
}

async function describe(folder: FilePath, entry: Dirent): Promise<DirectoryEntry> {
  const isSymbolicLink = entry.isSymbolicLink();
  if (!isSymbolicLink) return { name: entry.name, kind: kindOf(entry), isSymbolicLink };
  try {
    const target = await stat(toNativePath(joinPath(folder, entry.name)));
    return { name: entry.name, kind: kindOf(target), isSymbolicLink };
  } catch {
    // The link points nowhere, or in a circle (ELOOP).
    return { name: entry.name, kind: "other", isSymbolicLink };
  }
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): DirectoryEntry["kind"] {
  if (entry.isFile()) return "file";
  return entry.isDirectory() ? "directory" : "other";
}

function isAbsence(code: string): boolean {
  return code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP";
}

function errorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.name : "unknown error";
}
