import { table } from "../../base/table";
import { append } from "../../base/lists";
import type { FilePath } from "../../base/path";
import { baseName, isInside, parentPath } from "../../base/path";
import { printableCount } from "../../base/printable";
import type { DjangoVersion } from "../model";
import { chosenVersion, headerVersion, lowestOf } from "./djangoVersion";
import { byFolder, perListing } from "../perListing";
import type { Snapshot } from "../snapshot";
import { readEnvironment } from "./installed";
import { installedFiles, type Installs } from "./installs";
import { readPipfileLock, readTomlLock } from "./lockFiles";
import { readPipfile, readPyproject, readSetupCfg, readSetupPy } from "./manifests";
import type { Requirement } from "./requirement";
import { pinnedVersion } from "./requirement";
import { readCondaFile, readRequirementsFile } from "./requirementFiles";

export interface Dependencies {
  readonly django: DjangoVersion | undefined;
  /** By PEP 503 name, with the version where it is pinned. */
  readonly packages: ReadonlyMap<string, string | undefined>;
  /** Files that were not read for their length. */
  readonly tooLong: ReadonlySet<FilePath>;
}

/** Longer files are no list of requirements that a person wrote; lock files may be as long as files are at all. */
const MAX_MANIFEST_LENGTH = 512 * 1024;
export const TOO_LONG = `This file was not read for requirements: it is longer than ${printableCount(MAX_MANIFEST_LENGTH)} characters.`;

/** Files read in search of requirements when none stands around the project's root. */
export const MAX_FALLBACK_FILES = 60;

const REQUIREMENTS = /(?:^|[-_.])(?:requirements?|reqs|deps|constraints)(?=[-_.])/i;
const REQUIREMENTS_FILE = /^[\w.-]+\.(?:txt|in|pip)$/i;
const REQUIREMENTS_FOLDER = /^(?:requirements?|reqs|deps|requirements?[-_.]\w+)$/i;

/**
 * Distributions that an extra stands for, where something depends on them: https://www.psycopg.org/psycopg3/docs/basic/install.html,
 * https://pypi.org/project/environs/, and the metadata of Celery, kombu and django-storages.
 */
const EXTRAS: Readonly<Record<string, readonly string[]>> = table({
  "psycopg[pool]": ["psycopg-pool"],
  "environs[django]": ["dj-database-url"],
  "celery[redis]": ["redis"],
  "kombu[redis]": ["redis"],
  "django-storages[s3]": ["boto3"],
  "django-storages[boto3]": ["boto3"],
});

type Reader = (text: string, file: FilePath) => readonly Requirement[];

/**
 * Reads what a Django project depends on. The nearest folder that names Django counts: the project's root, then the
 * folders around it, then any requirements file of the workspace. For the version: what these say ({@link chosenVersion}), then an
 * installed environment, then what `startproject` wrote at the top of a settings module.
 */
export async function readDependencies(
  snapshot: Snapshot,
  root: FilePath,
  modules: readonly FilePath[],
): Promise<Dependencies> {
  const found: Requirement[] = [];
  const tooLong = new Set<FilePath>();
  const files = new Set<FilePath>();
  for (let folder = root; isInside(snapshot.listing.root, folder); folder = parentPath(folder)) {
    append(found, await readAll(snapshot, dependencyFiles(snapshot, folder), files, tooLong));
    if (found.some((each) => each.name === "django") || folder === snapshot.listing.root) break;
  }
  if (!found.some((each) => each.name === "django"))
    append(found, await readAll(snapshot, fallbackFiles(snapshot, root), files, tooLong));
  const environment = await installedPackages(snapshot, root);
  const packages = new Map<string, string | undefined>();
  for (const each of [
    ...environment,
    ...found.filter((one) => !one.isLocked),
    ...found.filter((one) => one.isLocked),
  ]) {
    packages.set(each.name, pinnedVersion(each.specifier) ?? packages.get(each.name));
    for (const name of (each.extras ?? []).flatMap((extra) => EXTRAS[`${each.name}[${extra}]`] ?? []))
      packages.set(name, packages.get(name));
  }
  const chosen = chosenVersion(snapshot, found, await installedWithIncludes(snapshot, root, [...files]));
  const django = chosen ?? lowestOf(snapshot, environment) ?? headerVersion(snapshot, modules);
  return { django: django === "unknown" ? undefined : django, packages, tooLong };
}

function readerOf(path: FilePath): Reader | undefined {
  const name = baseName(path);
  if (/^(?:uv|poetry|pdm)\.lock$|^pylock(?:\.[\w-]+)?\.toml$/.test(name)) return readTomlLock;
  if (name === "Pipfile.lock") return readPipfileLock;
  if (name === "pyproject.toml") return readPyproject;
  if (name === "Pipfile") return readPipfile;
  if (name === "setup.cfg") return readSetupCfg;
  if (name === "setup.py") return readSetupPy;
  if (/^environment(?:[-_.]\w+)?\.ya?ml$/.test(name)) return readCondaFile;
  const inFolder = /\.(?:txt|in|pip)$/.test(name) && REQUIREMENTS_FOLDER.test(baseName(parentPath(path)));
  return (REQUIREMENTS_FILE.test(name) && REQUIREMENTS.test(name)) || inFolder
    ? (text, file) => readRequirementsFile(text, file).requirements
    : undefined;
}

/** Dependency files by the folder they count for: the one they stand in, or the one around their requirements folder. */
const filesByFolder = perListing((listing) => {
  const files = [...listing.files].filter((path) => readerOf(path) !== undefined);
  const grouped = new Map<FilePath, FilePath[]>();
  for (const [folder, paths] of byFolder(files)) {
    const holders = REQUIREMENTS_FOLDER.test(baseName(folder)) ? [folder, parentPath(folder)] : [folder];
    for (const holder of holders) grouped.set(holder, [...(grouped.get(holder) ?? []), ...paths]);
  }
  return grouped;
});

function dependencyFiles(snapshot: Snapshot, folder: FilePath): readonly FilePath[] {
  return filesByFolder(snapshot.listing).get(folder) ?? [];
}

function fallbackFiles(snapshot: Snapshot, root: FilePath): readonly FilePath[] {
  const files = [...new Set([...filesByFolder(snapshot.listing).values()].flat())].sort();
  const inside = files.filter((path) => isInside(root, path));
  return (inside.length > 0 ? inside : files).slice(0, MAX_FALLBACK_FILES);
}

/** Reads files and those that requirement files include, each once, and adds them to `seen`. */
async function readAll(
  snapshot: Snapshot,
  start: readonly FilePath[],
  seen: Set<FilePath>,
  tooLong: Set<FilePath>,
): Promise<readonly Requirement[]> {
  const found: Requirement[] = [];
  let layer = start.filter((path) => !seen.has(path));
  while (layer.length > 0) {
    for (const path of layer) seen.add(path);
    await snapshot.load(layer);
    const read = layer.filter((path) => {
      const isLong = !/lock/.test(baseName(path)) && (snapshot.text(path)?.length ?? 0) > MAX_MANIFEST_LENGTH;
      if (isLong) tooLong.add(path);
      return !isLong;
    });
    for (const path of read) append(found, readOne(snapshot, path));
    const included = read.flatMap((path) => includesOf(snapshot, path));
    layer = [...new Set(included)].filter((path) => !seen.has(path) && snapshot.isFile(path));
  }
  return found;
}

/** What images and CI install, and what the requirement files among it include. */
async function installedWithIncludes(
  snapshot: Snapshot,
  root: FilePath,
  files: readonly FilePath[],
): Promise<Installs> {
  const found = await installedFiles(snapshot, root, files);
  const installed = new Map(found.files);
  // A map is walked over what is added to it meanwhile.
  for (const [file, by] of installed)
    for (const included of includesOf(snapshot, file)) if (!installed.has(included)) installed.set(included, by);
  return { files: installed, named: found.named };
}

function readOne(snapshot: Snapshot, path: FilePath): readonly Requirement[] {
  const reader = readerOf(path) ?? ((text: string, file: FilePath) => readRequirementsFile(text, file).requirements);
  return snapshot.derive("requirements", path, (text) => reader(text, path)) ?? [];
}

function includesOf(snapshot: Snapshot, path: FilePath): readonly FilePath[] {
  if (!/\.(?:txt|in|pip)$/.test(path)) return [];
  return snapshot.derive("requirement includes", path, (text) => readRequirementsFile(text, path).includes) ?? [];
}

async function installedPackages(snapshot: Snapshot, root: FilePath): Promise<readonly Requirement[]> {
  const environments = snapshot.listing.environments.filter((path) => isInside(parentPath(path), root));
  const nearest = [...environments].sort((a, b) => b.length - a.length)[0];
  return nearest === undefined ? [] : readEnvironment(snapshot, nearest);
}
