import type { FilePath } from "../../base/path";
import type { Module } from "../../syntax/ast";
import type { Value } from "../values/value";

/**
 * What the evaluator needs of the world. Synchronous: the project layer answers from a snapshot and loads what was
 * missing before it evaluates again (see `Snapshot`).
 */
export interface Host {
  /**
   * Finds a module by its absolute dotted name, as an import statement in `importer` would.
   * `file`: a module of the workspace. `namespace`: a folder without `__init__.py`. `missing`: it should be in the
   * workspace (a relative import, or its top-level package is there) and is not. `external`: anything else
   * (standard library, installed packages): never evaluated.
   */
  resolveModule(dotted: string, importer: FilePath): ModuleResolution;
  /** The dotted name under which `path` is imported, e.g. `shop.settings.base`; for a package its `__init__.py`'s folder. */
  moduleName(path: FilePath): string;
  /** The parsed module, or why there is none. */
  parse(path: FilePath): ParsedFile;
  /** A text or data file of the workspace; `undefined` when it does not exist or cannot be read. */
  readText(path: FilePath): string | undefined;
  /** Whether a text or name of the source stands for what is known only when a template is rendered. */
  isUnknownText?(text: string): boolean;
  /** Whether a path exists in the workspace; `unknown` outside of it. */
  exists(path: FilePath): "file" | "directory" | "absent" | "unknown";
  /** Whether the project says that it needs a package which is imported under a name; `undefined`: nothing is known. */
  isDependency?(topLevel: string): boolean;
  /** Django's default for a setting, where every release that the project may run with has the same. */
  djangoDefault?(setting: string): Value | undefined;
  /** Files below `folder` that match a `glob.glob` pattern relative to it, sorted; only inside the workspace. */
  glob(folder: FilePath, pattern: string): readonly FilePath[];
}

export type ModuleResolution =
  | { readonly kind: "file"; readonly path: FilePath; readonly name: string; readonly isPackage: boolean }
  | { readonly kind: "namespace"; readonly path: FilePath; readonly name: string }
  | { readonly kind: "missing"; readonly name: string }
  | { readonly kind: "external"; readonly name: string };

export type ParsedFile =
  | { readonly ok: true; readonly module: Module; readonly text: string }
  | { readonly ok: false; readonly reason: string };
