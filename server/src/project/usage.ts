import type { FilePath } from "../base/path";
import { baseName, isInside, relativePath } from "../base/path";
import type { Site } from "../python/values/value";
import { formatOf } from "./entryPoints/formats";
import { isExamplePath } from "./exampleFiles";
import { usageOfPath } from "./nameWords";
import type { Snapshot } from "./snapshot";

/** More files than this are not searched for one question. A use in a file beyond is not seen: rules then stay silent. */
export const MAX_SEARCHED_FILES = 400;

/** So many files are asked for at a time: most questions are answered by the first ones. */
const BATCH = 100;

/** A text search in the project's own code, for rules that need to know whether a thing is used at all. */
export interface CodeQuestion {
  /** Names the question: its answers are kept for each file as long as the file's text stays the same. */
  readonly id: string;
  /** Which files can hold the answer, by path. */
  readonly files: RegExp;
  /** What is looked for; must be true of uses only, as no other judgement follows. Without flag `g`. */
  readonly pattern: RegExp;
}

/**
 * The first place below `root` that answers a question, or `undefined`: nothing found, not all loaded yet (the snapshot
 * then loads more, and the rules run again), or beyond {@link MAX_SEARCHED_FILES}. So only a place found means anything.
 * Tests, migrations, examples and documentation are left out: what only they use does not run in production.
 */
export function findInCode(snapshot: Snapshot, root: FilePath, question: CodeQuestion): Site | undefined {
  return firstPlace(snapshot, searchedFiles(snapshot, root, question.files), (file) =>
    snapshot.derive(question.id, file, (text) => placeIn(text, question.pattern)),
  );
}

/**
 * The first place below `root` where code asks `django.conf.settings` for a name; as {@link findInCode}, so that `undefined`
 * proves nothing. One search of a file answers for all names.
 */
export function findSettingRead(snapshot: Snapshot, root: FilePath, name: string): Site | undefined {
  return firstPlace(snapshot, searchedFiles(snapshot, root, /\.py$/), (file) => {
    const places = snapshot.derive("settings that are read", file, settingReads);
    return places === undefined ? undefined : (places.get(name) ?? { found: false });
  });
}

function firstPlace(
  snapshot: Snapshot,
  files: readonly FilePath[],
  placeOf: (file: FilePath) => Place | undefined,
): Site | undefined {
  for (let start = 0; start < files.length; start += BATCH) {
    let isLoading = false;
    for (const file of files.slice(start, start + BATCH)) {
      const place = placeOf(file);
      if (place === undefined) isLoading ||= snapshot.failure(file) === undefined;
      else if (place.found) return { file, range: place.range };
    }
    if (isLoading) return undefined;
  }
  return undefined;
}

type Place =
  | { readonly found: false }
  | { readonly found: true; readonly range: { readonly start: number; readonly end: number } };

function placeIn(text: string, pattern: RegExp): Place {
  const match = pattern.exec(text);
  return match === null ? { found: false } : placeOfMatch(match);
}

function placeOfMatch(match: RegExpExecArray): Place {
  return { found: true, range: { start: match.index, end: match.index + match[0].length } };
}

/** `settings.NAME` that is not assigned, and `getattr(settings, "NAME")`. */
const SETTING_READ =
  /\bsettings\.([A-Z][A-Z0-9_]*)\b(?!\s*=[^=])|\b(?:getattr|hasattr)\(\s*settings\s*,\s*["']([A-Z][A-Z0-9_]*)["']/g;

function settingReads(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const match of text.matchAll(SETTING_READ)) {
    const name = match[1] ?? match[2] ?? "";
    if (!places.has(name)) places.set(name, placeOfMatch(match));
  }
  return places;
}

/** Modules in which requests are answered, or that do the work for them: most uses are there. */
const LIKELY = /(?:^|\/)(?:\w*views?|api|viewsets|services?|utils|helpers|tasks|urls|models|managers|middleware)\b/;
const LEFT_OUT = /(?:^|\/)(?:migrations|docs?|node_modules|static|locale|fixtures)\//;

/** The files that a question is asked of: likely ones first. */
function searchedFiles(snapshot: Snapshot, root: FilePath, files: RegExp): readonly FilePath[] {
  const found: FilePath[] = [];
  const others: FilePath[] = [];
  for (const file of snapshot.listing.files) {
    if (!files.test(file) || !isInside(root, file)) continue;
    const relative = relativePath(root, file);
    if (LEFT_OUT.test(relative) || isExamplePath(relative) || usageOfPath(relative) === "test") continue;
    (LIKELY.test(relative) ? found : others).push(file);
  }
  return [...found, ...others].slice(0, MAX_SEARCHED_FILES);
}

/** A file that builds, starts or configures the project somewhere. */
export interface DeploymentFile {
  readonly path: FilePath;
  readonly relative: string;
  readonly text: string;
}

/**
 * The files of the workspace that discovery reads for entry points, save for Python, with their texts: Dockerfiles, compose
 * files, scripts, CI, platforms' manifests. They are loaded already, so that asking costs no reading. Deployments that are
 * described elsewhere are not seen: take what is here as evidence, what is missing never as proof.
 */
export function deploymentFiles(snapshot: Snapshot): readonly DeploymentFile[] {
  const root = snapshot.listing.root;
  return [...snapshot.listing.files].flatMap((path) => {
    const relative = relativePath(root, path);
    if (path.endsWith(".py") || isExamplePath(relative) || formatOf(relative) === undefined) return [];
    const text = snapshot.text(path);
    return text === undefined ? [] : [{ path, relative, text }];
  });
}

/** Platforms that give a program a new, empty disk at each start, unless a disk is attached. */
const EPHEMERAL: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^Procfile$/, /^[ \t]*web[ \t]*:/m, "Heroku and platforms like it"],
  [/^vercel\.json$/, /\S/, "Vercel"],
  [/^render\.ya?ml$/, /\bservices\s*:/, "Render"],
  [/^app\.ya?ml$/, /^[ \t]*runtime[ \t]*:[ \t]*python/m, "App Engine"],
  [/^cloudbuild[\w.-]*\.ya?ml$/, /\brun\b[^\w]{1,40}\bdeploy\b/, "Cloud Run"],
  [/^fly(?:[.-][\w-]+)?\.toml$/, /\S/, "Fly.io"],
];

/** Disks that outlive a container, and programs that copy a SQLite database to safety. */
const LASTING_DISK =
  /^[ \t]*(?:-[ \t]*)?["']?(?:volumes|volumeMounts|mounts|disk|disks)["']?[ \t]*:|^[ \t]*VOLUME\b|^[ \t]*\[{1,2}mounts\b|litestream|litefs|PersistentVolume/im;

function hasLastingDisk(text: string): boolean {
  const mounts = (line: string): boolean =>
    /\bdocker[ \t]+run\b/.test(line) && /[ \t](?:-v|--volume|--mount)\b/.test(line);
  return LASTING_DISK.test(text) || text.split("\n").some(mounts);
}

/** What the deployment files say of the disk that the project writes to. */
export type Disk =
  | { readonly kind: "lasting" | "unknown" }
  | { readonly kind: "ephemeral"; readonly platform: string; readonly file: DeploymentFile };

/** Whether files survive a deployment. Any sign of a lasting disk counts, also one for something else: errs towards `lasting`. */
export function diskOf(snapshot: Snapshot): Disk {
  const files = deploymentFiles(snapshot).filter(({ relative }) => {
    const usage = usageOfPath(relative);
    return usage !== "development" && usage !== "test";
  });
  const hasCopies = [...snapshot.listing.files].some((file) => /^(?:litestream|litefs)\b/.test(baseName(file)));
  if (hasCopies || files.some(({ text }) => hasLastingDisk(text))) return { kind: "lasting" };
  for (const file of files) {
    const platform = EPHEMERAL.find(([name, says]) => name.test(baseName(file.path)) && says.test(file.text));
    if (platform !== undefined) return { kind: "ephemeral", platform: platform[2], file };
  }
  return { kind: "unknown" };
}
