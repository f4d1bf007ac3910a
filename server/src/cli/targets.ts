import type { FilePath } from "../base/path";
import { isInside, joinPath, parentPath } from "../base/path";
import { UsageError, type CliHost } from "./host";

/** A workspace to read, and the parts of it that the command was asked about. */
export interface Target {
  readonly root: FilePath;
  readonly paths: readonly FilePath[];
}

/**
 * Finds for each path the workspace that it belongs to. A folder inside of a Django project is looked at as part of that
 * project: `check shop/settings` resolves imports and reads the configuration as `check` does, and reports less.
 * Throws {@link UsageError} for a path that is not there or cannot be read.
 */
export async function resolveTargets(host: CliHost, typed: readonly string[]): Promise<readonly Target[]> {
  const targets = new Map<FilePath, FilePath[]>();
  for (const each of typed.length === 0 ? ["."] : typed) {
    const path = host.toPath(each);
    const root = await rootOf(host, path, each);
    const others = targets.get(root);
    if (others === undefined) targets.set(root, [path]);
    else others.push(path);
  }
  return [...targets].map(([root, paths]) => ({ root, paths }));
}

/** Whether a file is one that the command was asked about. */
export function isWanted(target: Target, file: FilePath): boolean {
  return target.paths.some((path) => isInside(path, file));
}

async function rootOf(host: CliHost, path: FilePath, typed: string): Promise<FilePath> {
  const listed = await host.files.list(path);
  if (listed.ok) return (await enclosingProject(host, path)) ?? path;
  const read = await host.files.read(path);
  if (!read.ok && read.reason === "missing") throw new UsageError(`there is no file or folder "${typed}".`);
  if (!read.ok && read.reason === "unreadable") {
    throw new UsageError(`"${typed}" cannot be read (${read.detail}). Check its permissions.`);
  }
  const folder = parentPath(path);
  return (await enclosingProject(host, folder)) ?? (await repositoryOf(host, folder)) ?? folder;
}

/** The nearest folder at or above with a manage.py; the search does not leave the repository. */
async function enclosingProject(host: CliHost, folder: FilePath): Promise<FilePath | undefined> {
  for (let at = folder; ; at = parentPath(at)) {
    const names = await namesIn(host, at);
    if (names.has("manage.py")) return at;
    if (names.has(".git") || parentPath(at) === at) return undefined;
  }
}

async function repositoryOf(host: CliHost, folder: FilePath): Promise<FilePath | undefined> {
  for (let at = folder; parentPath(at) !== at; at = parentPath(at)) {
    const names = await namesIn(host, at);
    if (names.has(".git") || names.has("pyproject.toml")) return at;
  }
  return undefined;
}

async function namesIn(host: CliHost, folder: FilePath): Promise<ReadonlySet<string>> {
  const listed = await host.files.list(folder);
  return new Set(listed.ok ? listed.entries.map((entry) => entry.name) : []);
}

/** The configuration file that `--config` names: a file, or a folder with a pyproject.toml. */
export async function resolveConfigFile(host: CliHost, typed: string): Promise<FilePath> {
  const path = host.toPath(typed);
  const listed = await host.files.list(path);
  const file = listed.ok ? joinPath(path, "pyproject.toml") : path;
  const read = await host.files.read(file);
  if (read.ok) return file;
  throw new UsageError(`the configuration file "${typed}" cannot be read (${read.detail || read.reason}).`);
}
