import { type Stats } from "node:fs";
import {
  access,
  constants,
  lstat,
  open,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  type FileHandle,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { FilePath } from "../base/path";
import type { FileContent } from "../cli/host";
import { decodeText } from "../project/fileText";
import { isSecretFile } from "../lint/redaction/assignmentLines";
import { isAbandoned, isAbandonedBy, LOCK, withLocks } from "./folderLocks";
import { toNativePath } from "./nodeFileSystem";

/** What a file was before it was replaced. */
interface Former {
  readonly bytes: Uint8Array;
  readonly status: Stats;
}

interface Staged {
  readonly target: string;
  readonly temporary: string;
  /** What to put back should a later file fail; `undefined` for a file that is new. */
  readonly former: Former | undefined;
}

/** `.env` files hold secrets: nobody but their owner reads a new one. */
const PRIVATE = 0o600;
/** What a new file gets that is for everybody, as far as the process' mask lets it. */
const COMMON = 0o666;

/** Our temporary files, and no others: a later run removes those that one left which was killed. With its process' id. */
const TEMPORARY = /^\.django-settings-lint-(\d{1,10})-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/**
 * Writes all files, or (when it throws) none: everything is first written beside its target, then renamed into place, and
 * what was renamed is put back when a later rename fails. Symbolic links stay, what they point at changes; permissions, owner
 * and a byte order mark stay, and no copy is ever more open than its file. A signal to stop waits until the files are whole.
 * Throws for a file that is read-only or no longer has the text that its new one was made from; the message says whether
 * all is as it was.
 */
export async function writeFilesAtomically(files: readonly FileContent[]): Promise<void> {
  await uninterrupted(async () => {
    try {
      const targets = await Promise.all(files.map(async ({ path }) => targetOf(toNativePath(path))));
      await withLocks(targets.map(dirname), () => replaceAll(files));
    } catch (error) {
      throw error instanceof NotWritten ? error : new NotWritten(error, []);
    }
  });
}

/** Says whether all is as it was. */
class NotWritten extends Error {
  /** `changed`: files that have their new text and could not be put back. */
  constructor(cause: unknown, changed: readonly string[]) {
    const state =
      changed.length === 0
        ? "all files are as they were"
        : `these have their new text and could not be put back: ${changed.join(", ")}`;
    super(`${messageOf(cause)}; ${state}`, { cause });
  }
}

async function replaceAll(files: readonly FileContent[]): Promise<void> {
  const staged: Staged[] = [];
  const done: Staged[] = [];
  try {
    for (const file of files.toSorted((a, b) => rank(a.path) - rank(b.path))) staged.push(await stage(file));
    refuseDoubles(staged);
    for (const each of staged) {
      await rename(each.temporary, each.target);
      done.push(each);
      await syncFolder(dirname(each.target));
    }
  } catch (error) {
    throw new NotWritten(error, await putAllBack(done));
  } finally {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
  }
}

/** Removes what a run that was killed has left among these files. Never throws: what cannot be removed stays. */
export async function removeLeftovers(files: Iterable<FilePath>): Promise<void> {
  for (const file of files) {
    const native = toNativePath(file);
    if (basename(native) === LOCK && (await isAbandoned(native)))
      await rm(native, { force: true }).catch(() => undefined);
    const id = TEMPORARY.exec(basename(native))?.[1];
    if (id === undefined) continue;
    const status = await lstat(native).catch(() => undefined);
    if (status?.isFile() === true && isAbandonedBy(Number(id), status.mtimeMs))
      await rm(native, { force: true }).catch(() => undefined);
  }
}

/** Python last: should the machine fail in between, a secret stands in two places rather than in none. */
function rank(path: FilePath): number {
  return path.endsWith(".py") ? 1 : 0;
}

async function stage({ path, text, before }: FileContent): Promise<Staged> {
  const native = toNativePath(path);
  const target = await targetOf(native);
  const former = await formerOf(native, target);
  const decoded = former === undefined ? undefined : decodeText(path, former.bytes);
  if ((decoded?.ok === true ? decoded.text : undefined) !== before || (decoded?.ok === false && before === undefined))
    throw new Error(`${native} was changed meanwhile; run it again`);
  const mark = former !== undefined && hasMark(former.bytes) ? "\ufeff" : "";
  const mode = isSecretFile(path) ? PRIVATE : COMMON;
  const temporary = await writeBeside(target, Buffer.from(mark + text, "utf8"), former?.status ?? mode);
  return { target, temporary, former };
}

/** What a path leads to; itself where nothing is there yet. */
async function targetOf(native: string): Promise<string> {
  return realpath(native).catch(() => native);
}

async function formerOf(native: string, target: string): Promise<Former | undefined> {
  const status = await stat(target).catch(absent);
  if (status === undefined) {
    const link = await lstat(native).catch(absent);
    if (link !== undefined) throw new Error(`${native} is a link to a file that is not there`);
    return undefined;
  }
  // For the superuser every file can be written, whatever its bits say.
  if ((status.mode & 0o222) === 0) throw new Error(`${native} is read-only; make it writable first`);
  await access(target, constants.W_OK);
  return { bytes: await readFile(target), status };
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Writes a temporary file in the target's folder, with a mode of its own or the mode and owner of another file. */
async function writeBeside(target: string, bytes: Uint8Array, like: Stats | number): Promise<string> {
  const temporary = join(dirname(target), `.django-settings-lint-${process.pid}-${crypto.randomUUID()}.tmp`);
  const handle = await open(temporary, "wx", typeof like === "number" ? like : like.mode & 0o777);
  try {
    if (typeof like !== "number") await makeLike(handle, like);
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return temporary;
}

/** Owner first: a change of owner may take bits away. Who may not give files away keeps the group at least. */
async function makeLike(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== uid) await handle.chown(uid, gid).catch(() => handle.chown(own.uid, gid));
  else if (own.gid !== gid) await handle.chown(uid, gid);
  await handle.chmod(mode & 0o7777);
}

/** Two names of one file would each write what the other does not know of. */
function refuseDoubles(staged: readonly Staged[]): void {
  const targets = new Set<string>();
  for (const { target } of staged) {
    if (targets.has(target)) throw new Error(`two of the files to write are links to the same one, ${target}`);
    targets.add(target);
  }
}

/** Makes a rename outlive a power failure before the next one is made; not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Puts back what was replaced; gives what could not be. */
async function putAllBack(done: readonly Staged[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const each of done.toReversed())
    await putBack(each).catch((failure: unknown) => failures.push(`${each.target} (${messageOf(failure)})`));
  return failures;
}

async function putBack({ target, former }: Staged): Promise<void> {
  if (former === undefined) return rm(target, { force: true });
  const temporary = await writeBeside(target, former.bytes, former.status);
  try {
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Holds signals to stop back until something has been done, and then obeys. */
async function uninterrupted(act: () => Promise<void>): Promise<void> {
  const received: NodeJS.Signals[] = [];
  const hold = (signal: NodeJS.Signals): void => void received.push(signal);
  for (const signal of SIGNALS) process.on(signal, hold);
  try {
    await act();
  } finally {
    for (const signal of SIGNALS) process.off(signal, hold);
    const [first] = received;
    if (first !== undefined) process.kill(process.pid, first);
  }
}
