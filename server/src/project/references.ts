import type { FilePath } from "../base/path";
import { baseName, isInside, joinPath, parentPath } from "../base/path";
import type { ModuleResolution } from "../python/program/host";
import type { ScannedEntryPoint } from "./entryPoints/scan";
import { resolveModule } from "./moduleResolution";
import { perListing } from "./perListing";
import type { Snapshot } from "./snapshot";
import { nameOfPlaceholders, nameOfStandIn } from "./templateText";

/** What a dotted name in an entry point stands for: found from `root`, the folder its top-level name lies in. */
export interface Reference {
  readonly root: FilePath;
  readonly resolution: ModuleResolution;
  /** Not there, but git ignores a file of that name. */
  readonly isIgnored: boolean;
}

/** An entry point with what it names, if that is in the workspace. */
export interface ResolvedEntryPoint {
  readonly point: ScannedEntryPoint;
  readonly reference: Reference | undefined;
}

/**
 * Finds what entry points name without knowing the import path they run with: every folder that holds the top-level name
 * is a possible import root, and the nearest to the entry point that has the module wins. Two equally near ones (services
 * that share a settings name) give no answer.
 */
export class ReferenceResolver {
  private readonly snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
  }

  resolve(point: ScannedEntryPoint): Reference | undefined {
    const { value, file, base } = point;
    if (value === undefined) return undefined;
    const from = parentPath(file);
    const candidates = (importFolders(this.snapshot.listing).get(this.nameOf(value.split(".")[0] ?? "")) ?? [])
      .filter((root) => this.isImportRoot(root, from))
      .map((root) => ({
        root,
        distance: distance(from, root, base),
        resolution: resolveModule(this.snapshot, [root], value),
      }));
    for (const kind of ["file", "namespace", "missing"] as const) {
      const found = candidates.filter((each) => each.resolution.kind === kind).sort((a, b) => a.distance - b.distance);
      const [best, next] = found;
      if (best === undefined) continue;
      if (next !== undefined && next.distance === best.distance) return undefined;
      return { ...best, isIgnored: kind === "missing" && this.isIgnored(best.root, value) };
    }
    return undefined;
  }

  /** A package's own folder is no import root, but for a script that is started in it, and that of the workspace may be one. */
  private isImportRoot(root: FilePath, from: FilePath): boolean {
    if (root === this.snapshot.listing.root) return true;
    if (!this.snapshot.isFile(joinPath(root, "__init__.py"))) return true;
    return root === from || this.snapshot.isFile(joinPath(root, "manage.py"));
  }

  private nameOf(part: string): string {
    return this.snapshot.listing.isTemplate === true ? nameOfStandIn(part) : part;
  }

  private isIgnored(root: FilePath, value: string): boolean {
    const path = joinPath(root, value.replaceAll(".", "/"));
    return this.snapshot.isIgnored(`${path}.py`) || this.snapshot.isIgnored(joinPath(path, "__init__.py"));
  }
}

/** For each top-level name the folders it could be imported from. */
const importFolders = perListing((listing): ReadonlyMap<string, readonly FilePath[]> => {
  const holders = new Map<string, Set<FilePath>>();
  const hold = (name: string, folder: FilePath): void => {
    const known = holders.get(name);
    if (known === undefined) holders.set(name, new Set([folder]));
    else known.add(folder);
  };
  const seen = new Set<FilePath>();
  for (const path of listing.files) {
    if (!path.endsWith(".py")) continue;
    const name = baseName(path);
    if (name !== "__init__.py") hold(name.slice(0, -3), parentPath(path));
    for (let folder = parentPath(path); folder !== listing.root && !seen.has(folder); folder = parentPath(folder)) {
      seen.add(folder);
      hold(nameOfPlaceholders(baseName(folder)), parentPath(folder));
    }
  }
  return new Map([...holders].map(([name, folders]) => [name, [...folders]]));
});

/** Steps up from the entry point's folder, then down to the root; down counts more, and a service's own folder least. */
function distance(from: FilePath, root: FilePath, base: FilePath | undefined): number {
  if (base !== undefined && isInside(base, root)) return -1 + depth(root) / 1000;
  let common = from;
  while (!isInside(common, root)) common = parentPath(common);
  return depth(from) - depth(common) + 1.5 * (depth(root) - depth(common));
}

function depth(path: FilePath): number {
  return path === "/" ? 0 : path.split("/").length - 1;
}

/**
 * The first folder above a file that is no package, or has the manage.py that Python is started with: what its absolute imports
 * start from. A folder without `__init__.py` in one that
 * has it is a namespace package (PEP 420): people forget the file, and everything works.
 */
export function packageRoot(snapshot: Snapshot, file: FilePath): FilePath {
  const isPackage = (folder: FilePath): boolean => snapshot.isFile(joinPath(folder, "__init__.py"));
  const { root } = snapshot.listing;
  let folder = parentPath(file);
  while (folder !== root && folder !== "/") {
    const above = parentPath(folder);
    // A module of the same name comes before a namespace package.
    const isNamespace = above !== root && isPackage(above) && !snapshot.isFile(`${folder}.py`);
    const isStarted = snapshot.isFile(joinPath(folder, "manage.py"));
    if (isStarted || (!isPackage(folder) && !isNamespace)) return folder;
    folder = above;
  }
  return folder;
}
