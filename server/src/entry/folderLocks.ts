import { open, readFile, rm, stat, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Stands in a folder while a run writes there. */
export const LOCK = ".django-settings-lint.lock";
/** So long a run waits for another one, which writes within a second, and how often it looks. */
const WAIT_MS = 10_000;
const POLL_MS = 25;
/** A run writes within seconds: what is this old has nobody who still needs it, whoever has its process' id. */
const STALE_MS = 10 * 60 * 1000;

/**
 * Does something while no other run of this program does the same in any of some folders: two at once, as hooks start them, would
 * each put their own text in place of the other's. Throws when another one does not end, or the folder cannot be written.
 */
export async function withLocks(folders: Iterable<string>, act: () => Promise<void>): Promise<void> {
  const held: string[] = [];
  try {
    // In one order for all, so that no two wait for each other.
    for (const folder of [...new Set(folders)].toSorted()) {
      await take(join(folder, LOCK));
      held.push(join(folder, LOCK));
    }
    await act();
  } finally {
    await Promise.all(held.map((lock) => rm(lock, { force: true })));
  }
}

async function take(lock: string): Promise<void> {
  for (let waited = 0; ; waited += POLL_MS) {
    const handle = await open(lock, "wx", 0o600).catch((error: unknown) => {
      if (codeOf(error) === "EEXIST") return undefined;
      throw error;
    });
    if (handle !== undefined) return sign(handle, lock);
    if (await isAbandoned(lock)) await rm(lock, { force: true });
    else if (waited >= WAIT_MS) throw new Error(`another run is writing here; if there is none, delete ${lock}`);
    else await setTimeout(POLL_MS);
  }
}

async function sign(handle: FileHandle, lock: string): Promise<void> {
  try {
    await handle.writeFile(String(process.pid));
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Whether a lock was left by a run that was killed; one without its process' id yet is judged by its age. */
export async function isAbandoned(lock: string): Promise<boolean> {
  const made = (await stat(lock).catch(() => undefined))?.mtimeMs;
  if (made === undefined) return false;
  const text = await readFile(lock, "utf8").catch(() => "");
  return /^\d{1,10}$/.test(text) ? isAbandonedBy(Number(text), made) : Date.now() - made > WAIT_MS;
}

/** Whether what a process made at some time is of no use to it any more. */
export function isAbandonedBy(id: number, at: number): boolean {
  return !isRunning(id) || Date.now() - at > STALE_MS;
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // Of another user.
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
