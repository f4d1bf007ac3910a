import type { FilePath } from "../base/path";
import { baseName, isInside, parentPath, relativePath } from "../base/path";
import { looksLikeSettings } from "./djangoNames";
import { isExamplePath } from "./exampleFiles";
import type { ModuleContent } from "./moduleContent";
import type { ModuleGraph } from "./moduleGraph";
import { usageOfName } from "./nameWords";
import { byFolder, perListing } from "./perListing";
import { packageRoot } from "./references";
import type { Snapshot } from "./snapshot";
import type { WorkspaceListing } from "./workspaceFiles";

/** Files read only because of their name or their neighbours; in real projects about 50. */
export const MAX_CANDIDATES = 600;

/** A module called settings, or in a folder of that name. */
function hasSettingsName(path: FilePath): boolean {
  const name = baseName(path);
  if (!/^[\w-]+\.py$/i.test(name)) return false;
  return /^\D.*settings|^settings/i.test(name) || /(?:^|\/)settings\/(?:[\w-]+\/)?[\w-]+\.py$/i.test(path);
}

/** Folders that hold nothing but settings by custom. */
const SETTINGS_FOLDER = /^(?:settings|environments?|envs?|components)$/;
/** What stands beside settings in a project's package and is none. */
const OTHER_MODULES =
  /^(?:urls?|wsgi|asgi|celery|views|models|admin|apps|tests?|routing|middleware|utils|forms|tasks)\.py$/;

/**
 * Adds the modules that nothing in the repository names (production ones above all): files beside known settings modules
 * that build on them or set Django's names, and files called settings that set several of them.
 */
export async function addCandidates(snapshot: Snapshot, graph: ModuleGraph): Promise<void> {
  const tried = new Set<FilePath>(graph.nodes.keys());
  await addNeighbours(snapshot, graph, tried);
  await addByName(snapshot, graph, tried);
  await addByUsage(snapshot, graph, tried);
  await addNeighbours(snapshot, graph, tried);
}

async function addNeighbours(snapshot: Snapshot, graph: ModuleGraph, tried: Set<FilePath>): Promise<void> {
  for (;;) {
    const folders = settingsFolders(graph);
    const files = [...pythonFiles(snapshot.listing)]
      .filter(([folder]) => neighbourRoot(folders, folder) !== undefined)
      .flatMap(([, paths]) => paths.filter((path) => !tried.has(path) && isCandidate(snapshot.listing, path)))
      .slice(0, MAX_CANDIDATES);
    if (files.length === 0) return;
    await graph.read(files);
    const found = new Map<FilePath, FilePath>();
    for (const file of files) {
      const root = neighbourRoot(folders, parentPath(file));
      const content = graph.content(file);
      const isDedicated = isSettingsFolder(parentPath(file)) || (folders.get(parentPath(file))?.count ?? 0) > 2;
      if (root !== undefined && content !== undefined && buildsOnKnown(graph, file, root, content, isDedicated))
        found.set(file, root);
    }
    if (found.size === 0) return;
    // The others are looked at again: they may build on what has just been found.
    for (const file of found.keys()) tried.add(file);
    await graph.grow(found);
  }
}

function isSettingsFolder(folder: FilePath): boolean {
  return SETTINGS_FOLDER.test(baseName(folder)) || SETTINGS_FOLDER.test(baseName(parentPath(folder)));
}

interface SettingsFolder {
  readonly root: FilePath;
  readonly count: number;
}

function settingsFolders(graph: ModuleGraph): ReadonlyMap<FilePath, SettingsFolder> {
  const folders = new Map<FilePath, SettingsFolder>();
  for (const node of graph.nodes.values()) {
    const folder = parentPath(node.file);
    folders.set(folder, { root: node.root, count: (folders.get(folder)?.count ?? 0) + 1 });
  }
  return folders;
}

/** The import root of a settings folder, or of the one that a `settings/<part>/` folder lies in. */
function neighbourRoot(folders: ReadonlyMap<FilePath, SettingsFolder>, folder: FilePath): FilePath | undefined {
  const own = folders.get(folder);
  if (own !== undefined) return own.root;
  const above = parentPath(folder);
  return SETTINGS_FOLDER.test(baseName(above)) ? folders.get(above)?.root : undefined;
}

function buildsOnKnown(
  graph: ModuleGraph,
  file: FilePath,
  root: FilePath,
  content: ModuleContent,
  isDedicated: boolean,
): boolean {
  if (looksLikeSettings(content.assigned)) return true;
  const builds = content.links.some(
    (link) =>
      (link.kind === "star" || (link.kind === "names" && content.djangoNames > 0)) &&
      graph.targetsOf(file, root, link).some((target) => graph.nodes.has(target.path)),
  );
  return builds || (isDedicated && content.djangoNames > 0);
}

async function addByName(snapshot: Snapshot, graph: ModuleGraph, tried: Set<FilePath>): Promise<void> {
  const files = namedSettings(snapshot.listing)
    .filter((path) => !tried.has(path))
    .slice(0, MAX_CANDIDATES);
  await graph.read(files);
  const roots = [...new Set([...graph.nodes.values()].map((node) => node.root))].sort((a, b) => b.length - a.length);
  const found = new Map<FilePath, FilePath>();
  for (const file of files) {
    const content = graph.content(file);
    if (content === undefined || !content.isAboutDjango || !looksLikeSettings(content.assigned)) continue;
    // Whatever is not found by its name is looked at again beside those that are.
    tried.add(file);
    const climbed = packageRoot(snapshot, file);
    found.set(file, roots.find((root) => root === climbed) ?? nearest(roots, file, climbed));
  }
  await graph.grow(found);
}

/** Modules that build on known settings elsewhere, and are named after where they run: `shop/production.py` above `shop/settings/`. */
async function addByUsage(snapshot: Snapshot, graph: ModuleGraph, tried: Set<FilePath>): Promise<void> {
  const files = namedAfterUsage(snapshot.listing)
    .filter((path) => !tried.has(path))
    .slice(0, MAX_CANDIDATES);
  await graph.read(files);
  const roots = [...new Set([...graph.nodes.values()].map((node) => node.root))];
  const found = new Map<FilePath, FilePath>();
  for (const file of files) {
    const content = graph.content(file);
    if (content === undefined || content.djangoNames === 0) continue;
    const stars = content.links.filter(({ kind }) => kind === "star");
    const root = roots.find((each) =>
      stars.some((link) => graph.targetsOf(file, each, link).some(({ path }) => graph.nodes.has(path))),
    );
    if (root !== undefined && isInside(root, file)) found.set(file, root);
  }
  for (const file of found.keys()) tried.add(file);
  await graph.grow(found);
}

/** A folder without `__init__.py` may still be a namespace below a known root; without one, the climbed folder counts. */
function nearest(roots: readonly FilePath[], file: FilePath, climbed: FilePath): FilePath {
  return (
    (SETTINGS_FOLDER.test(baseName(climbed)) ? roots.find((root) => file.startsWith(`${root}/`)) : undefined) ?? climbed
  );
}

const pythonFiles = perListing((listing) => byFolder([...listing.files].filter((path) => path.endsWith(".py"))));

const namedSettings = perListing((listing) =>
  [...listing.files].filter((path) => hasSettingsName(path) && isCandidate(listing, path)),
);

/** Those for tests stand where tests are, in hundreds, and are found when something selects them. */
const namedAfterUsage = perListing((listing) =>
  [...listing.files].filter((path) => {
    const usage = path.endsWith(".py") ? usageOfName(baseName(path).slice(0, -3)) : undefined;
    return usage !== undefined && usage !== "test" && isCandidate(listing, path);
  }),
);

function isCandidate(listing: WorkspaceListing, path: FilePath): boolean {
  const relative = relativePath(listing.root, path);
  if (isExamplePath(relative, listing) || /migrations\//.test(relative)) return false;
  // `settings/test.py` is for tests; elsewhere a module of that name holds some.
  const isForTests = /^tests?\.py$/.test(baseName(path)) && isSettingsFolder(parentPath(path));
  return isForTests || !OTHER_MODULES.test(baseName(path));
}
