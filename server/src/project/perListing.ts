import type { FilePath } from "../base/path";
import { parentPath } from "../base/path";
import type { WorkspaceListing } from "./workspaceFiles";

/**
 * Makes a function of a listing compute once a listing. Discovery runs after every edit, and what only depends on the
 * names of some thousand files must not be worked out again.
 */
export function perListing<T>(compute: (listing: WorkspaceListing) => T): (listing: WorkspaceListing) => T {
  const known = new WeakMap<WorkspaceListing, { readonly value: T }>();
  return (listing) => {
    let entry = known.get(listing);
    if (entry === undefined) known.set(listing, (entry = { value: compute(listing) }));
    return entry.value;
  };
}

/** Files by the folder they stand in. */
export function byFolder(files: Iterable<FilePath>): ReadonlyMap<FilePath, readonly FilePath[]> {
  const folders = new Map<FilePath, FilePath[]>();
  for (const path of files) {
    const folder = parentPath(path);
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, [path]);
    else known.push(path);
  }
  return folders;
}
