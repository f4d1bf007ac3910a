import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
  type Dirent,
} from "node:fs";
import { readlink, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { FilePath } from "../base/path";
import { baseName, joinPath, normalizePath, parentPath } from "../base/path";
import type { DirectoryEntry, FileSystem, ListResult, ReadResult } from "../project/files";
import { MAX_FILE_BYTES } from "../project/files";
import { decodeText } from "../project/fileText";

/**
 * Reads files of this machine. Never throws; symbolic links are followed, regular files only are read. Nothing is handed to another
 * thread: to do so with each of the seven steps of reading a file takes four times the processor time, and longer.
 */
export const nodeFileSystem: FileSystem = {
  read: (path) => Promise.resolve(readNow(path)),
  readNow,
  readBytes: (path) => {
    const read = readFile(path);
    return Promise.resolve(read instanceof Uint8Array ? read : undefined);
  },
  list: (path) => Promise.resolve(listFolder(path)),
  realPath,
};

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

/** Files of the kernel call themselves regular, and reading one may wait for ever, or change something. */
const KERNEL = /^\/(?:proc|sys|dev)\//;
const NOT_A_FILE: Extract<ReadResult, { ok: false }> = { ok: false, reason: "not-a-file", detail: "" };
/** What is opened may have become something else since it was looked at: neither opening nor reading may wait. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

function readNow(path: FilePath): ReadResult {
  const read = readFile(path);
  return read instanceof Uint8Array ? decodeText(path, read) : read;
}

function readFile(path: FilePath): Uint8Array | Extract<ReadResult, { ok: false }> {
  try {
    const native = realpathSync.native(toNativePath(path));
    // Opening a device can do something by itself, so it is looked at first.
    if (KERNEL.test(native) || !statSync(native).isFile()) return NOT_A_FILE;
    const descriptor = openSync(native, OPEN_FLAGS);
    try {
      const status = fstatSync(descriptor);
      if (!status.isFile()) return NOT_A_FILE;
      const bytes = status.size > MAX_FILE_BYTES ? undefined : readAtMost(descriptor, status.size);
      return bytes ?? { ok: false, reason: "too-large", detail: "" };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = errorCode(error);
    return { ok: false, reason: isAbsence(code) ? "missing" : "unreadable", detail: code };
  }
}

/** The bytes of a file; `undefined` beyond {@link MAX_FILE_BYTES}. Its size is only where to begin: it may grow while it is read. */
function readAtMost(descriptor: number, size: number): Uint8Array | undefined {
  let buffer = Buffer.allocUnsafe(size + 1);
  for (let length = 0; ;) {
    const bytesRead = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, length);
    if (length > MAX_FILE_BYTES) return undefined;
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
  }
}

function listFolder(path: FilePath): ListResult {
  try {
    const entries = readdirSync(toNativePath(path), { withFileTypes: true });
    return { ok: true, entries: entries.map((entry) => describe(path, entry)) };
  } catch (error) {
    const code = errorCode(error);
    return { ok: false, reason: isAbsence(code) ? "missing" : "unreadable", detail: code };
  }
}

function describe(folder: FilePath, entry: Dirent): DirectoryEntry {
  const isSymbolicLink = entry.isSymbolicLink();
  if (!isSymbolicLink) return { name: entry.name, kind: kindOf(entry), isSymbolicLink };
  try {
    const target = statSync(toNativePath(joinPath(folder, entry.name)));
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

/** As many links as Linux follows in one path. */
const MAX_LINKS = 40;

async function realPath(path: FilePath, links = 0): Promise<FilePath> {
  const native = toNativePath(path);
  const found = await realpath(native).catch(() => undefined);
  if (found !== undefined) return fromNativePath(found);
  const folder = path === parentPath(path) ? path : await realPath(parentPath(path), links);
  // A link to what is not there leads to where that would be made.
  const target = links < MAX_LINKS ? await readlink(native).catch(() => undefined) : undefined;
  if (target === undefined) return path === folder ? path : joinPath(folder, baseName(path));
  return realPath(fromNativePath(resolve(toNativePath(folder), target)), links + 1);
}
