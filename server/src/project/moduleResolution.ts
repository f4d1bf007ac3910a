import type { FilePath } from "../base/path";
import { isInside, joinPath } from "../base/path";
import type { ModuleResolution } from "../python/program/host";
import { isStandardLibrary } from "./standardLibrary";
import { nameOfPlaceholders } from "./templateText";

/** What module resolution asks about files. */
export interface ModuleFiles {
  isFile(path: FilePath): boolean;
  isFolder(path: FilePath): boolean;
  /** The path of a folder, there or not; in a template one that a placeholder names may have another name than asked for. */
  folderOf(parent: FilePath, name: string): FilePath;
  /** Whether git ignores a file of this name, there or not: it lives on single machines. */
  isIgnored(path: FilePath): boolean;
  /** Whether a folder that is no package itself holds Python files directly. */
  holdsPython(folder: FilePath): boolean;
}

/** Loaded before the import path exists: no file of a project can stand in for them. */
const PRELOADED = new Set(["sys", "builtins", "os", "io", "site", "abc", "codecs", "time", "encodings"]);

/**
 * Finds a module as Python's path finder does (https://docs.python.org/3/reference/import.html#the-path-based-finder): in
 * each folder a package with `__init__.py` wins over `name.py`, both win over a plain folder, and plain folders of all
 * roots together make a namespace package. A file that git ignores counts as `missing`: it is not part of the project
 * that others get.
 */
export function resolveModule(files: ModuleFiles, roots: readonly FilePath[], dotted: string): ModuleResolution {
  const parts = dotted.split(".");
  const first = parts[0] ?? "";
  // What a placeholder of a template names (`{{cookiecutter.site}}`) will not be called like a module of Python.
  const isMade = roots.some((root) => files.folderOf(root, first) !== joinPath(root, first));
  const isPythons = !isMade && isStandardLibrary(first);
  if (parts.some((part) => part === "" || part.includes("/")) || (!isMade && PRELOADED.has(first)))
    return { kind: "external", name: dotted };
  // A package that settings add to the path as well (`sys.path.append("shop")`) stands behind the standard library.
  const isHidden = (root: FilePath): boolean => isPythons && files.isFile(joinPath(root, "__init__.py"));
  let places: readonly FilePath[] = roots.filter((root) => !isHidden(root));
  let found: Found | undefined;
  for (const [index, part] of parts.entries()) {
    const isTop = index === 0;
    const next = findPart(files, places, part);
    if (next === undefined) return notFound(files, found, places, part, isTop, dotted);
    if (next.kind === "module" && index < parts.length - 1) return { kind: "missing", name: dotted };
    found = next;
    places = next.kind === "namespace" ? next.folders : [next.folder];
  }
  if (found === undefined) return { kind: "external", name: dotted };
  if (found.kind === "namespace") return { kind: "namespace", path: found.folders[0] ?? "/", name: dotted };
  return { kind: "file", path: found.path, name: dotted, isPackage: found.kind === "package" };
}

type Found =
  | { readonly kind: "package" | "module"; readonly path: FilePath; readonly folder: FilePath }
  | { readonly kind: "namespace"; readonly folders: readonly FilePath[] };

function findPart(files: ModuleFiles, places: readonly FilePath[], part: string): Found | undefined {
  const portions: FilePath[] = [];
  for (const place of places) {
    const folder = files.folderOf(place, part);
    const init = joinPath(folder, "__init__.py");
    if (files.isFile(init)) return { kind: "package", path: init, folder };
    const module = `${folder}.py`;
    if (files.isFile(module)) return { kind: "module", path: module, folder };
    if (files.isFolder(folder)) portions.push(folder);
  }
  return portions.length > 0 ? { kind: "namespace", folders: portions } : undefined;
}

/**
 * A top-level folder such as `docker/` may only share its name with an installed package, which then wins over the
 * namespace: `import docker.types` is `missing` only if the folder holds Python of its own.
 */
function notFound(
  files: ModuleFiles,
  parent: Found | undefined,
  places: readonly FilePath[],
  part: string,
  isTop: boolean,
  dotted: string,
): ModuleResolution {
  const ignored = places.some(
    (place) => files.isIgnored(joinPath(place, `${part}.py`)) || files.isIgnored(joinPath(place, part, "__init__.py")),
  );
  if (isTop) return { kind: ignored ? "missing" : "external", name: dotted };
  const ours = parent?.kind !== "namespace" || places.some((place) => files.holdsPython(place));
  return { kind: ours || ignored ? "missing" : "external", name: dotted };
}

/** The dotted name of a file below the deepest root that holds it; outside of all roots, the bare file name. */
export function moduleNameOf(roots: readonly FilePath[], path: FilePath): string {
  const root = roots.filter((each) => isInside(each, path)).sort((a, b) => b.length - a.length)[0];
  const inner =
    root === undefined ? path.slice(path.lastIndexOf("/") + 1) : path.slice(root === "/" ? 1 : root.length + 1);
  const bare = inner.replace(/\.py$/, "").replace(/(?:^|\/)__init__$/, "");
  return bare.split("/").map(nameOfPlaceholders).join(".");
}
