import { baseName, isInside, parentPath, relativePath, type FilePath } from "../base/path";
import { CONFIG_FILE } from "../lint/configFile";
import { formatOf } from "../project/entryPoints/formats";
import { isSkippedFolder } from "../project/skippedFolders";
import type { Snapshot } from "../project/snapshot";
import type { Analysis } from "./analysis";

/** What happened to a file on disk. A renamed file was deleted and created. */
export interface FileChange {
  readonly path: FilePath;
  readonly kind: "created" | "changed" | "deleted";
}

/** Whether a change can alter which files there are, so that the folder must be listed again. */
export function concernsListing(change: FileChange, snapshot: Snapshot): boolean {
  const { listing } = snapshot;
  const { path, kind } = change;
  if (!isInside(listing.root, path)) return false;
  const name = baseName(path);
  if (name === ".gitignore" || name === "pyvenv.cfg") return true;
  if (kind === "changed") return false;
  // Editors that save by renaming report a file as created that was there all along.
  if (kind === "created" && listing.probed.has(path)) return true;
  if (kind === "created") return !listing.files.has(path) && !isClosed(path, snapshot) && !snapshot.isIgnored(path);
  return listing.files.has(path) || listing.folders.has(path);
}

/** Whether the file may hold configuration. */
export function concernsConfig(path: FilePath): boolean {
  return baseName(path) === CONFIG_FILE;
}

/** Whether a file that was never read could play a part if it had another text. Errs on the side of yes. */
export function mayMatter(path: FilePath, { root, snapshot, projects }: Analysis): boolean {
  if (!isInside(root, path) || isClosed(path, snapshot)) return false;
  if (!path.endsWith(".py")) return true;
  if (formatOf(relativePath(root, path)) !== undefined || !snapshot.listing.files.has(path)) return true;
  const folder = parentPath(path);
  return (
    /settings|config|environment|envs?\//i.test(relativePath(root, path)) ||
    projects.some(({ project }) => project.modules.some((module) => parentPath(module.file) === folder))
  );
}

/** Whether a path, or a folder above it, is not looked at: known to be, or new with the name of such a folder. */
function isClosed(path: FilePath, { listing }: Snapshot): boolean {
  if (listing.files.has(path)) return false;
  for (let each = path; each !== listing.root; each = parentPath(each)) {
    if (listing.closed.has(each) || each === "/") return true;
    const folder = parentPath(each);
    if (folder !== listing.root && isSkippedFolder(baseName(folder), baseName(parentPath(folder)))) return true;
  }
  return false;
}
