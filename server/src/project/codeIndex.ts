import type { FilePath } from "../base/path";
import { isInside, relativePath } from "../base/path";
import type { Site } from "../python/values/value";
import { isExamplePath } from "./exampleFiles";
import { usageOfPath } from "./nameWords";
import { perListing } from "./perListing";
import type { Snapshot } from "./snapshot";
import type { WorkspaceListing } from "./workspaceFiles";

/** More files than this are not searched for one question. A use in a file beyond is not seen: rules then stay silent. */
export const MAX_SEARCHED_FILES = 400;

/** Files are read so many at a time: the first ones answer most questions. */
const BATCH = 100;

/** A text search in the project's own code, for rules that need to know whether a thing is used at all. */
export interface CodeQuestion {
  /** Names the question: its answers are kept for each file as long as the file's text stays the same. */
  readonly id: string;
  /** Which files can hold the answer, by path. */
  readonly files: RegExp;
  /** What is looked for; must be true of uses only, as no other judgement follows. Without flag `g`. */
  readonly pattern: RegExp;
  /** What every match holds, where that is told sooner: most texts have none of it. Without flag `g`. */
  readonly needs?: RegExp;
}

/**
 * The first place below `root` that answers a question, or `undefined`: nothing found, not all loaded yet (the snapshot
 * then loads more, and the rules run again), or beyond {@link MAX_SEARCHED_FILES}. So only a place found means anything.
 * Tests, migrations, examples and documentation are left out: what only they use does not run in production.
 */
export function findInCode(snapshot: Snapshot, root: FilePath, question: CodeQuestion): Site | undefined {
  const { id, files, pattern, needs } = question;
  const ask = (of: Snapshot): Site | undefined =>
    firstPlace(of, searchedFiles(of, root, files), (file) =>
      of.derive(id, file, (text) => (needs?.test(text) === false ? null : placeOfMatch(pattern.exec(text)))),
    );
  return snapshot.answer(`${id} below ${root}`, ask);
}

/**
 * The first place below `root` where code asks `django.conf.settings` for a name; as {@link findInCode}, so that `undefined`
 * proves nothing. One search of a file answers for all names.
 */
export function findSettingRead(snapshot: Snapshot, root: FilePath, name: string): Site | undefined {
  const ask = (of: Snapshot): Site | undefined =>
    firstPlace(of, searchedFiles(of, root, PYTHON), (file) => {
      const reads = of.derive("settings that are read", file, settingReads);
      return reads && (reads.get(name) ?? null);
    });
  return snapshot.answer(`read of ${name} below ${root}`, ask);
}

/** Whether questions are asked of every file of a kind: else what is not found may be in one beyond. */
export function searchesAll(snapshot: Snapshot, root: FilePath, files: RegExp): boolean {
  return searchedFiles(snapshot, root, files).length < MAX_SEARCHED_FILES;
}

/** A search for all that files say of something. */
export interface CodeSearch<T> {
  /** As of {@link CodeQuestion}. */
  readonly id: string;
  /** What a file's text says; plain data. */
  readonly find: (text: string) => readonly T[];
  /** Which files are searched, by path; Python's by default. */
  readonly files?: RegExp;
}

/** What the files of a kind below `root` say, file by file. Bounded as {@link findInCode} is, so that what is missing proves nothing. */
export function collectInCode<T>(
  snapshot: Snapshot,
  root: FilePath,
  { id, find, files = PYTHON }: CodeSearch<T>,
): readonly (readonly [FilePath, T])[] {
  const ask = (of: Snapshot): readonly (readonly [FilePath, T])[] =>
    searchedFiles(of, root, files).flatMap((file) =>
      (of.derive(id, file, find) ?? []).map((found) => [file, found] as const),
    );
  return snapshot.answer(`${id} below ${root}`, ask);
}

const PYTHON = /\.py$/;

interface Place {
  readonly start: number;
  readonly end: number;
}

function placeOfMatch(match: RegExpExecArray | null): Place | null {
  return match === null ? null : { start: match.index, end: match.index + match[0].length };
}

/** The first of some files in which something stands; `null`: not in this one, `undefined`: its text is not loaded. */
function firstPlace(
  snapshot: Snapshot,
  files: readonly FilePath[],
  placeIn: (file: FilePath) => Place | null | undefined,
): Site | undefined {
  for (let start = 0; start < files.length; start += BATCH) {
    let isLoading = false;
    for (const file of files.slice(start, start + BATCH)) {
      const place = placeIn(file);
      if (place === undefined) isLoading ||= snapshot.failure(file) === undefined;
      else if (place !== null) return { file, range: place };
    }
    if (isLoading) return undefined;
  }
  return undefined;
}

/** `settings.NAME` that is not assigned, and `getattr(settings, "NAME")`. */
const SETTING_READ =
  /\bsettings\.([A-Z][A-Z0-9_]*)\b(?!\s*=[^=])|\b(?:getattr|hasattr)\(\s*settings\s*,\s*["']([A-Z][A-Z0-9_]*)["']/g;

const NO_READS: ReadonlyMap<string, Place> = new Map();

function settingReads(text: string): ReadonlyMap<string, Place> {
  if (!text.includes("settings")) return NO_READS;
  const places = new Map<string, Place>();
  for (const match of text.matchAll(SETTING_READ)) {
    const name = match[1] ?? match[2] ?? "";
    if (!places.has(name)) places.set(name, { start: match.index, end: match.index + match[0].length });
  }
  return places.size === 0 ? NO_READS : places;
}

/** The files of a kind below a folder that questions are asked of: likely ones first. */
function searchedFiles({ listing }: Snapshot, root: FilePath, kind: RegExp): readonly FilePath[] {
  const known = searchedIn(listing);
  const name = `${kind.source}\0${kind.flags}\0${root}`;
  let files = known.get(name);
  if (files === undefined) known.set(name, (files = findSearched(listing, root, kind)));
  return files;
}

const searchedIn = perListing(() => new Map<string, readonly FilePath[]>());

/** Modules in which requests are answered, or that do the work for them: most uses are there. */
const LIKELY = /(?:^|\/)(?:\w*views?|api|viewsets|services?|utils|helpers|tasks|urls|models|managers|middleware)\b/;
const LEFT_OUT = /(?:^|\/)(?:migrations|docs?|node_modules|static|locale|fixtures)\//;
/** Tests that Behave runs, in the folders that it prescribes. */
const BEHAVE = /(?:^|\/)features\/(?:environment\.py$|steps\/)/;

function findSearched(listing: WorkspaceListing, root: FilePath, files: RegExp): readonly FilePath[] {
  const found: FilePath[] = [];
  const others: FilePath[] = [];
  for (const file of listing.files) {
    if (!files.test(file) || !isInside(root, file)) continue;
    const relative = relativePath(root, file);
    if (LEFT_OUT.test(relative) || BEHAVE.test(relative) || isExamplePath(relative, listing)) continue;
    if (usageOfPath(relative) === "test") continue;
    (LIKELY.test(relative) ? found : others).push(file);
  }
  return [...found, ...others].slice(0, MAX_SEARCHED_FILES);
}
