import { joinPath, parentPath, type FilePath } from "../base/path";
import { describeFailure, type FileSystem } from "../project/files";
import { defaultConfig, type Config } from "./config";
import { CONFIG_TABLE, readConfig } from "./configReader";
import type { Rule } from "./rule";

/** The file that holds the configuration. */
export const CONFIG_FILE = "pyproject.toml";

/**
 * The configuration for a folder: the nearest `pyproject.toml` at or above it that has a `[tool.django-settings-lint]`
 * table. The search ends at the top of the repository, or at the top of the file system where there is none.
 * Never fails: a file that cannot be read is named in `problems`.
 */
export async function loadConfig(files: FileSystem, folder: FilePath, rules: readonly Rule[]): Promise<Config> {
  for (let at = folder; ; at = parentPath(at)) {
    const found = await configIn(files, at, rules);
    if (found !== undefined) return found;
    if (parentPath(at) === at || (await isRepositoryTop(files, at))) return defaultConfig(folder);
  }
}

async function configIn(files: FileSystem, folder: FilePath, rules: readonly Rule[]): Promise<Config | undefined> {
  const file = joinPath(folder, CONFIG_FILE);
  const read = await files.read(file);
  if (read.ok) return readConfig(read.text, file, rules);
  if (read.reason === "missing" || read.reason === "not-a-file") return undefined;
  const message = `This file was skipped: ${describeFailure(read.reason, read.detail)}. A [${CONFIG_TABLE.join(".")}] table in it is ignored.`;
  return { ...defaultConfig(folder), problems: [{ file, message }] };
}

async function isRepositoryTop(files: FileSystem, folder: FilePath): Promise<boolean> {
  const listed = await files.list(folder);
  return listed.ok && listed.entries.some((entry) => entry.name === ".git");
}
