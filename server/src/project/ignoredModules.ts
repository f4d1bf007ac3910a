import type { FilePath } from "../base/path";
import { baseName, isInside, joinPath, parentPath, relativePath } from "../base/path";
import type { ImportFrom } from "../syntax/ast";
import type { ScannedEntryPoint } from "./entryPoints/scan";
import { READERS } from "./evidence";
import type { EntryPointKind, Note } from "./model";
import { resolveModule } from "./moduleResolution";
import { isBaseName, usageOfModulePart } from "./nameWords";
import { perListing } from "./perListing";
import { ReferenceResolver } from "./references";
import { isSkippedFolder } from "./skippedFolders";
import type { Snapshot } from "./snapshot";
import type { WorkspaceListing } from "./workspaceFiles";

/** What tests and tools name may well be a file of one machine. */
const OF_MACHINES: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>([...READERS, "pytest", "tox", "setup.cfg"]);

/** More ignored modules than this are not taken in; each costs a look at the disk for every folder that may hold it. */
const MAX_NAMED = 100;

/**
 * The listing with the modules that git ignores although something that starts the project names them, and with what those
 * import without a condition: templates of `.gitignore` match settings modules that are committed or deployed all the same, and
 * without them the project has no settings. Everything else that git ignores stays out. The same set of modules gives the
 * same listing object, since what is remembered hangs on it.
 *
 * @param base the listing without any of them
 * @param snapshot one of `base`, or of what an earlier call has given
 */
export async function withNamedModules(
  base: WorkspaceListing,
  snapshot: Snapshot,
  points: readonly ScannedEntryPoint[],
): Promise<WorkspaceListing> {
  const search = new IgnoredSearch(base, snapshot);
  const resolver = new ReferenceResolver(snapshot);
  for (const point of points) await search.named(point, resolver);
  await search.imported();
  if (search.found.size === 0) return base;
  const key = [...search.found.keys()].sort().join("\0");
  const known = extended(base);
  let listing = known.get(key);
  if (listing === undefined) known.set(key, (listing = extend(base, search.found)));
  return listing;
}

const extended = perListing(() => new Map<string, WorkspaceListing>());

function extend(base: WorkspaceListing, found: ReadonlyMap<FilePath, string>): WorkspaceListing {
  const folders = new Set(base.folders);
  for (const path of found.keys())
    for (let folder = parentPath(path); !folders.has(folder); folder = parentPath(folder)) folders.add(folder);
  const notes = [...found]
    .filter(([path]) => baseName(path) !== "__init__.py")
    .map(([file, by]): Note => ({ file, message: `Git ignores this file. It is analysed because ${by} it.` }));
  return {
    ...base,
    files: new Set([...base.files, ...found.keys()].sort()),
    folders: new Set([...folders].sort()),
    closed: new Set([...base.closed].filter((path) => !found.has(path))),
    notes: [...base.notes, ...notes],
  };
}

class IgnoredSearch {
  /** The files that were found, with what names them. */
  readonly found = new Map<FilePath, string>();
  private readonly base: WorkspaceListing;
  private readonly snapshot: Snapshot;
  /** The modules whose imports are followed, with the folder that these are looked up from. */
  private readonly roots = new Map<FilePath, FilePath>();

  constructor(base: WorkspaceListing, snapshot: Snapshot) {
    this.base = base;
    this.snapshot = snapshot;
  }

  async named(point: ScannedEntryPoint, resolver: ReferenceResolver): Promise<void> {
    const { value, file, kind } = point;
    if (value === undefined || !isDotted(value) || OF_MACHINES.has(kind)) return;
    const above = foldersAbove(point.base ?? parentPath(file), this.base.root);
    const reference = resolver.resolve(point);
    if (reference?.resolution.kind === "file" && this.base.files.has(reference.resolution.path)) {
      // The nearest wins, so a module of that name in another service does not hide this one.
      this.roots.set(reference.resolution.path, reference.root);
      if (above.includes(reference.root)) return;
    }
    await this.take(above, value, `${relativePath(this.base.root, file)} names`);
  }

  /**
   * Follows what the named modules import, as far as they have been listed and can be read. Of what those import that git does not
   * ignore, only what is called a base or production's: `from .local import *` means a file that each machine has its own of.
   */
  async imported(): Promise<void> {
    for (const path of this.roots.keys()) {
      if (!this.snapshot.isFile(path)) continue;
      await this.snapshot.load([path]);
      const imports = this.snapshot.answer(`imports of ${path}`, (snapshot) => importsIn(snapshot, path));
      for (const statement of imports)
        if (this.found.has(path) || isShared(statement)) await this.importsOf(path, statement);
    }
  }

  private async importsOf(path: FilePath, { level, module, names }: ImportFrom): Promise<void> {
    let folder = parentPath(path);
    for (let i = 1; i < level; i++) folder = parentPath(folder);
    if (!isInside(this.base.root, folder)) return;
    const places = level > 0 ? [folder] : [this.roots.get(path) ?? folder];
    const targets = module !== "" ? [module] : names === "*" ? [] : names.map(({ name }) => name);
    for (const target of targets) {
      const known = resolveModule(this.snapshot, places, target);
      if (known.kind === "file" && this.base.files.has(known.path)) continue;
      await this.take(places, target, `${relativePath(this.base.root, path)} imports`);
    }
  }

  /** Takes a module from the first folder that has it on disk, with the packages around it. */
  private async take(folders: readonly FilePath[], dotted: string, by: string): Promise<void> {
    for (const root of folders) {
      const bare = joinPath(root, dotted.replaceAll(".", "/"));
      for (const path of [joinPath(bare, "__init__.py"), `${bare}.py`]) {
        if (this.found.has(path)) return;
        if (this.found.size >= MAX_NAMED || !(await this.isThere(path))) continue;
        this.found.set(path, by);
        this.roots.set(path, root);
        for (let folder = parentPath(path); folder !== root; folder = parentPath(folder)) {
          const init = joinPath(folder, "__init__.py");
          if (this.found.has(init) || !(await this.isThere(init))) continue;
          this.found.set(init, by);
          this.roots.set(init, root);
        }
        return;
      }
    }
  }

  /** Whether git alone keeps this file out of the listing, and it is on disk. */
  private async isThere(path: FilePath): Promise<boolean> {
    const { probed, gitIgnore, files } = this.base;
    if (files.has(path) || !gitIgnore.ignores(path, "file")) return false;
    let known = probed.get(path);
    if (known === undefined) probed.set(path, (known = await this.isOnDisk(path, "file")));
    return known;
  }

  private async isOnDisk(path: FilePath, kind: "file" | "directory"): Promise<boolean> {
    const folder = parentPath(path);
    if (this.base.folders.has(path)) return true;
    if (this.base.isExcluded(path) || !isInside(this.base.root, folder)) return false;
    if (kind === "directory" && isSkippedFolder(baseName(path), baseName(folder))) return false;
    if (!(await this.isOnDisk(folder, "directory"))) return false;
    const entries = await this.snapshot.listFolder(folder);
    if (entries.some((entry) => entry.name === "pyvenv.cfg")) return false;
    return entries.some(
      (entry) => entry.name === baseName(path) && entry.kind === kind && (kind === "file" || !entry.isSymbolicLink),
    );
  }
}

function importsIn(snapshot: Snapshot, path: FilePath): readonly ImportFrom[] {
  const parsed = snapshot.parse(path);
  return parsed.ok ? parsed.module.body.filter((statement) => statement.kind === "ImportFrom") : [];
}

function isShared({ module, names }: ImportFrom): boolean {
  const last = module.slice(module.lastIndexOf(".") + 1);
  return names === "*" && (isBaseName(last) || usageOfModulePart(last) === "production");
}

function isDotted(value: string): boolean {
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(value);
}

function foldersAbove(start: FilePath, root: FilePath): readonly FilePath[] {
  const folders: FilePath[] = [];
  for (let folder = start; isInside(root, folder); folder = parentPath(folder)) {
    folders.push(folder);
    if (folder === root) break;
  }
  return folders;
}
