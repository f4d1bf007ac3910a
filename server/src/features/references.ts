import type { CancellationToken } from "../base/cancellation";
import { checkCancelled } from "../base/cancellation";
import { isInside, type FilePath } from "../base/path";
import type { Range } from "../base/text";
import { isDjangoSetting } from "../django/facts";
import { packageSettingNames } from "../django/packageSettings";
import type { FileEdit } from "../lint/finding";
import type { Site } from "../python/values/value";
import type { Module } from "../syntax/ast";
import { isSettingsFile, projectOf, type Analysis } from "./analysis";
import { subjectIn, subjectsNamed } from "./subject";

/** More Python files than this are not searched; the largest project surveyed has about 2,500. */
const MAX_FILES = 5000;

/** The setting that stands at an offset of a file, with the range of its name. */
export function settingAt(
  analysis: Analysis,
  file: FilePath,
  offset: number,
): { name: string; range: Range } | undefined {
  const subject = subjectIn(analysis, file, offset);
  if (subject?.kind !== "use" && !(subject?.kind === "name" && isSettingsFile(analysis, file))) return undefined;
  return { name: subject.name, range: subject.range };
}

/**
 * Every place of the project's Python code that names a setting: in the settings modules, `settings.NAME`,
 * `getattr(settings, "NAME")` and `override_settings(NAME=...)` in all others. Reads files that the analysis had no use for.
 */
export async function referencesTo(
  analysis: Analysis,
  file: FilePath,
  name: string,
  token: CancellationToken,
): Promise<readonly Site[]> {
  const { snapshot } = analysis;
  const root = projectOf(analysis, file)?.project.root ?? analysis.root;
  const files = [...snapshot.listing.files]
    .filter((path) => path.endsWith(".py") && isInside(root, path))
    .slice(0, MAX_FILES);
  await snapshot.load(files);
  const sites: Site[] = [];
  for (const path of files) {
    checkCancelled(token);
    if (snapshot.text(path)?.includes(name) !== true) continue;
    const parsed = snapshot.parse(path);
    if (parsed.ok) for (const range of placesIn(analysis, path, parsed.module, name)) sites.push({ file: path, range });
  }
  return sites;
}

/** The places of one file that name a setting, for highlights. */
export function placesIn(analysis: Analysis, file: FilePath, module: Module, name: string): readonly Range[] {
  const isSettings = isSettingsFile(analysis, file);
  return subjectsNamed(module, name)
    .filter(({ kind }) => kind === "use" || isSettings)
    .map(({ range }) => range);
}

/** Why a setting cannot be renamed; `undefined` where it can. */
export function obstacleToRename(name: string, wanted: string | undefined): string | undefined {
  if (isDjangoSetting(name)) return `${name} is a setting of Django: only a project's own settings can be renamed`;
  if (packageSettingNames(() => true).includes(name)) return `${name} is read by an installed package`;
  if (wanted !== undefined && !/^[A-Z_][A-Z0-9_]*$/.test(wanted))
    return `"${wanted}" is no name for a setting: Django reads names in upper case only`;
  return undefined;
}

/** The edits that rename a setting everywhere. */
export async function renameEdits(
  analysis: Analysis,
  file: FilePath,
  name: string,
  wanted: string,
  token: CancellationToken,
): Promise<readonly FileEdit[]> {
  const sites = await referencesTo(analysis, file, name, token);
  return sites.map((site) => ({ ...site, text: wanted }));
}
