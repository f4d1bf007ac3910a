import { baseName, isInside, relativePath, type FilePath } from "../base/path";
import { defaultConfig, type Config } from "../lint/config";
import { CONFIG_FILE } from "../lint/configFile";
import { readConfig } from "../lint/configReader";
import type { Rule } from "../lint/rule";
import type { FileSystem } from "../project/files";
import type { Role } from "../project/model";
import type { WorkspaceListing } from "../project/workspaceFiles";

/** The configurations that are in force in one workspace folder. */
export interface Configs {
  /** The folder's own: the nearest at or above it. */
  readonly root: Config;
  /** Those of folders further down, deepest first. */
  readonly nested: readonly Config[];
}

/** Reads the configurations below the folder; `root` was loaded before, because it says what is listed. */
export async function loadNestedConfigs(
  files: FileSystem,
  root: Config,
  listing: WorkspaceListing,
  rules: readonly Rule[],
): Promise<Configs> {
  const paths = [...listing.files].filter((path) => baseName(path) === CONFIG_FILE && path !== root.file);
  const found = await Promise.all(
    paths.map(async (path) => {
      const read = await files.read(path);
      return read.ok ? readConfig(read.text, path, rules) : undefined;
    }),
  );
  const nested = found.filter((config) => config !== undefined);
  return { root, nested: nested.toSorted((a, b) => b.folder.length - a.folder.length) };
}

/**
 * The configuration of a file that a person named. It counts for all of `root`: its paths are relative to its own folder
 * where that is at or above `root`, else to `root`. Never fails: what is wrong is named in `problems`.
 */
export async function loadStatedConfig(
  files: FileSystem,
  file: FilePath,
  root: FilePath,
  rules: readonly Rule[],
): Promise<Config> {
  const read = await files.read(file);
  const config = read.ok ? readConfig(read.text, file, rules) : undefined;
  if (config !== undefined) return isInside(config.folder, root) ? config : { ...config, folder: root };
  const message = read.ok
    ? "This file has no [tool.django-settings-lint] table, so all values are defaults."
    : `This file cannot be read (${read.detail || read.reason}), so all values are defaults.`;
  return { ...defaultConfig(root), file, problems: [{ file, message }] };
}

/** The nearest configuration at or above a file or folder. */
export function configFor(configs: Configs, path: FilePath): Config {
  return configs.nested.find((config) => isInside(config.folder, path)) ?? configs.root;
}

/** What all configurations say about roles, by dotted module name; the folder's own wins. */
export function statedRoles(configs: Configs): Readonly<Record<string, Role>> {
  const roles: Record<string, Role> = {};
  for (const config of [...configs.nested, configs.root])
    for (const [module, role] of config.roles) roles[module] = role.value;
  return roles;
}

/**
 * The `exclude` globs of a configuration as seen from a folder. A pattern without `/` means a name at any depth, so it
 * stays; one with `/` is relative to the configuration's folder.
 */
export function excludeFrom(config: Config, folder: FilePath): readonly string[] {
  return config.exclude.value.flatMap((pattern) => {
    const clean = pattern.replace(/^\.?\//, "");
    if (!clean.replace(/(?<!\/)\/+$/, "").includes("/")) return [`**/${clean}`];
    if (clean.startsWith("**/") || config.folder === folder) return [clean];
    const below = `${relativePath(config.folder, folder)}/`;
    return clean.startsWith(below) ? [clean.slice(below.length)] : [];
  });
}
