import { randomUUID } from "node:crypto";
import { chmod, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { FileContent } from "../cli/host";
import { isSecretFile } from "../lint/redaction/assignmentLines";
import { toNativePath } from "./nodeFileSystem";

interface Staged {
  readonly target: string;
  readonly temporary: string;
  /** The bytes to put back should a later file fail; `undefined` for a file that is new. */
  readonly before: Uint8Array | undefined;
}

/** `.env` files hold secrets: nobody but their owner reads a new one. */
const PRIVATE = 0o600;

/**
 * Writes all files, or (when it throws) none: everything is first written beside its target, then renamed into place, and
 * what was renamed is put back when a later rename fails. Symbolic links stay, what they point at changes. The permissions
 * and a byte order mark stay.
 */
export async function writeFilesAtomically(files: readonly FileContent[]): Promise<void> {
  const staged: Staged[] = [];
  const done: Staged[] = [];
  try {
    for (const file of files) staged.push(await stage(file));
    for (const each of staged) {
      await rename(each.temporary, each.target);
      done.push(each);
    }
  } catch (error) {
    await Promise.all(done.map(putBack));
    throw error;
  } finally {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
  }
}

async function stage({ path, text }: FileContent): Promise<Staged> {
  const native = toNativePath(path);
  const target = await realpath(native).catch(() => native);
  const before = await readFile(target).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  const mark = before !== undefined && before[0] === 0xef && before[1] === 0xbb && before[2] === 0xbf ? "\ufeff" : "";
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, "wx", before === undefined && isSecretFile(path) ? PRIVATE : 0o666);
    try {
      await handle.writeFile(mark + text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (before !== undefined) await chmod(temporary, (await stat(target)).mode & 0o7777);
    return { target, temporary, before };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function putBack({ target, temporary, before }: Staged): Promise<void> {
  if (before === undefined) return rm(target, { force: true });
  const handle = await open(temporary, "wx");
  try {
    await handle.writeFile(before);
  } finally {
    await handle.close();
  }
  await rename(temporary, target);
}
