import type { FilePath } from "../base/path";
import { isInside, joinPath, parentPath, relativePath } from "../base/path";
import { isExamplePath } from "./exampleFiles";
import type { ModuleGraph, ModuleNode } from "./moduleGraph";
import { perListing } from "./perListing";
import type { Reference, ResolvedEntryPoint } from "./references";
import type { Snapshot } from "./snapshot";

/** The settings modules of one Django project and the folders it is made of. */
export interface ProjectGroup {
  readonly root: FilePath;
  readonly hasManage: boolean;
  readonly importRoots: readonly FilePath[];
  readonly nodes: readonly ModuleNode[];
}

/**
 * Sorts settings modules into Django projects. Modules imported from one folder belong together, a manage.py belongs to the
 * folder its settings come from, and a folder without any manage.py belongs to the nearest project around it.
 */
export function groupProjects(
  snapshot: Snapshot,
  graph: ModuleGraph,
  points: readonly ResolvedEntryPoint[],
): readonly ProjectGroup[] {
  const sets = new FolderSets();
  const manageFolders = manageFoldersOf(snapshot.listing);
  const homes = new Set([...graph.nodes.values()].map((node) => node.root));
  for (const { point, reference } of points)
    if (point.kind === "manage.py" && reference !== undefined && homes.has(reference.root))
      sets.join(reference.root, parentPath(point.file));
  for (const home of [...homes].sort()) {
    if (manageFolders.some((folder) => sets.same(folder, home))) continue;
    const around = [...manageFolders, ...homes].filter((folder) => folder !== home && isInside(folder, home));
    const nearest = around.sort((a, b) => b.length - a.length)[0];
    if (nearest !== undefined) sets.join(nearest, home);
  }
  // A manage.py whose settings module is missing makes a project, too: that it is missing can be said nowhere else.
  const alone = points
    .filter(({ point, reference }) => point.kind === "manage.py" && isMissing(reference))
    .map(({ point }) => parentPath(point.file))
    .filter((folder) => ![...homes].some((home) => sets.same(home, folder) || isInside(folder, home)));
  const groups = new Map<FilePath, ModuleNode[]>(alone.map((folder) => [sets.find(folder), []]));
  for (const node of graph.nodes.values()) {
    const key = sets.find(node.root);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups].map(([key, nodes]) => {
    const own = manageFolders.filter((folder) => sets.same(folder, key));
    return describeGroup(snapshot, nodes, own);
  });
}

function isMissing(reference: Reference | undefined): boolean {
  return reference?.resolution.kind === "missing" && !reference.isIgnored;
}

function describeGroup(snapshot: Snapshot, nodes: readonly ModuleNode[], manage: readonly FilePath[]): ProjectGroup {
  const homes = countedRoots(nodes);
  const main = homes[0] ?? manage[0] ?? snapshot.listing.root;
  const byDepth = [...manage].sort((a, b) => a.length - b.length);
  const root = byDepth.find((folder) => folder === main) ?? byDepth[0] ?? homes.reduce(commonFolder, main);
  const roots = new Set<FilePath>([...(manage.includes(root) ? [root] : []), ...homes]);
  // A demo site beside a library imports the library, which is installed from the repository's own src folder.
  const sources = [...roots, snapshot.listing.root].map((folder) => joinPath(folder, "src"));
  for (const source of sources)
    if (snapshot.isFolder(source) && !snapshot.isFile(joinPath(source, "__init__.py"))) roots.add(source);
  for (const added of pathAdditions(snapshot, root, nodes)) roots.add(added);
  return { root, hasManage: manage.length > 0, importRoots: [...roots], nodes };
}

/** Import roots, the one with most modules first. */
function countedRoots(nodes: readonly ModuleNode[]): readonly FilePath[] {
  const counts = new Map<FilePath, number>();
  for (const node of nodes) counts.set(node.root, (counts.get(node.root) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([root]) => root);
}

/** Folders that `sys.path.insert(0, BASE_DIR / "apps")` in manage.py or a settings module adds, where the text names them. */
function pathAdditions(snapshot: Snapshot, root: FilePath, nodes: readonly ModuleNode[]): readonly FilePath[] {
  const files = [joinPath(root, "manage.py"), ...nodes.map((node) => node.file)];
  const added: FilePath[] = [];
  for (const file of files) {
    for (const written of snapshot.answer(`paths that ${file} adds`, (each) => pathsAddedIn(each.text(file)))) {
      const folder = [root, parentPath(file), parentPath(parentPath(file))]
        .map((base) => joinPath(base, written))
        .find((each) => snapshot.isFolder(each));
      if (folder !== undefined) added.push(folder);
    }
  }
  return added;
}

function pathsAddedIn(text: string | undefined): readonly string[] {
  if (text?.includes("sys.path") !== true) return [];
  return [...text.matchAll(/sys\.path\.(?:insert|append)\(/g)].map(({ index }) => {
    const line = text.slice(index, index + 300).split("\n", 1)[0] ?? "";
    return /["']([\w-]+(?:\/[\w-]+)*)["']/.exec(line)?.[1] ?? "";
  });
}

const manageFoldersOf = perListing((listing): readonly FilePath[] =>
  [...listing.files]
    .filter((path) => path.endsWith("/manage.py") && !isExamplePath(relativePath(listing.root, path), listing))
    .map(parentPath),
);

function commonFolder(a: FilePath, b: FilePath): FilePath {
  let folder = a;
  while (!isInside(folder, b)) folder = parentPath(folder);
  return folder;
}

/** Folders joined into sets. */
class FolderSets {
  private readonly parents = new Map<FilePath, FilePath>();

  find(folder: FilePath): FilePath {
    const parent = this.parents.get(folder);
    return parent === undefined ? folder : this.find(parent);
  }

  same(a: FilePath, b: FilePath): boolean {
    return this.find(a) === this.find(b);
  }

  join(a: FilePath, b: FilePath): void {
    const [left, right] = [this.find(a), this.find(b)];
    if (left !== right) this.parents.set(right, left);
  }
}
