import type { FilePath } from "../../base/path";
import { parentPath, relativePath } from "../../base/path";
import { printableCount } from "../../base/printable";
import { hasTemplatePlaceholders, isExamplePath } from "../exampleFiles";
import type { DeployedVariable, Note } from "../model";
import { perListing } from "../perListing";
import type { Snapshot } from "../snapshot";
import { holdsStandIn } from "../templateText";
import type { WorkspaceListing } from "../workspaceFiles";
import { scanEnvFile } from "./envFile";
import type { EntryPointFormat } from "./formats";
import { filledInPath, formatOf } from "./formats";
import type { EntryFile, NamedEnvFile, Run, ScannedEntryPoint, ScanResult, StartCommand } from "./scan";
import { NOTHING_FOUND } from "./scan";

/** More files than this are not read for entry points; the largest repository surveyed has about 600. */
export const MAX_ENTRY_FILES = 3000;

/** Longer files are data, not configuration that a person wrote, and are not searched. */
const MAX_ENTRY_FILE_LENGTH = 512 * 1024;
const TOO_LONG = `This file was not searched for settings modules: it is longer than ${printableCount(MAX_ENTRY_FILE_LENGTH)} characters.`;

/** What the entry point files of a workspace say, in the order of their paths. */
export interface EntryPointFindings {
  readonly entryPoints: readonly ScannedEntryPoint[];
  readonly variables: readonly DeployedVariable[];
  readonly starts: readonly StartCommand[];
  readonly runs: readonly Run[];
  readonly envFiles: readonly NamedEnvFile[];
  readonly notes: readonly Note[];
}

/** Reads every file whose name says that it may select a settings module, and the variable files that those name. */
export async function findEntryPoints(snapshot: Snapshot): Promise<EntryPointFindings> {
  const root = snapshot.listing.root;
  const chosen = new Map(listedEntryFiles(snapshot.listing));
  for (const path of snapshot.overlays.keys())
    if (!chosen.has(path) && snapshot.isFile(path)) chooseFormat(chosen, path, snapshot.listing);
  const notes = limitEntryFiles(chosen, root);
  await snapshot.load(chosen.keys());
  const results: ScanResult[] = [];
  for (const [path, format] of chosen) {
    const scan = (each: Snapshot): ScannedFile => scanFile(each, path, relativePath(root, path), format);
    const { result, isLong } = snapshot.answer(`entry points in ${path}`, scan);
    results.push(result);
    if (isLong) notes.push({ file: path, message: TOO_LONG });
  }
  const named = await scanNamedEnvFiles(snapshot, chosen, results);
  const all = [...results, ...named];
  return {
    entryPoints: all.flatMap((each) => each.entryPoints),
    variables: withoutReferences(all.flatMap((each) => each.variables)).map((each) => withKnownValue(snapshot, each)),
    starts: all.flatMap((each) => each.starts),
    runs: all.flatMap((each) => each.runs),
    envFiles: all.flatMap((each) => each.envFiles),
    notes,
  };
}

/**
 * In a template for projects the value of a placeholder is unknown, as is one that names its own variable
 * (`!!!SET DJANGO_SECRET_KEY!!!`): what makes the project fills it in.
 */
function withKnownValue({ listing }: Snapshot, variable: DeployedVariable): DeployedVariable {
  const { name, value } = variable;
  const isFilledIn = value !== undefined && (holdsStandIn(value) || value.includes(name));
  return listing.isTemplate === true && isFilledIn ? { ...variable, value: undefined } : variable;
}

/** A container's reference to a ConfigMap or Secret says nothing more where a manifest beside it has the text. */
function withoutReferences(variables: readonly DeployedVariable[]): readonly DeployedVariable[] {
  const isBeside = (one: DeployedVariable, other: DeployedVariable): boolean =>
    other.name === one.name && other.isReference !== true && parentPath(other.file) === parentPath(one.file);
  return variables.filter((one) => one.isReference !== true || !variables.some((other) => isBeside(one, other)));
}

const listedEntryFiles = perListing((listing) => {
  const chosen = new Map<FilePath, EntryPointFormat>();
  for (const path of listing.files) chooseFormat(chosen, path, listing);
  return chosen;
});

function chooseFormat(chosen: Map<FilePath, EntryPointFormat>, path: FilePath, listing: WorkspaceListing): void {
  const relative = relativePath(listing.root, path);
  const format = formatOf(relative);
  if (format !== undefined && !isExamplePath(filledInPath(relative), listing)) chosen.set(path, format);
}

/**
 * The variables that a file of any of the formats sets, whether or not the file is part of the project; none for a file
 * that is not loaded yet (it is then asked for) or cannot be read.
 */
export function variablesSetIn(snapshot: Snapshot, path: FilePath): readonly DeployedVariable[] {
  return snapshot.deriveOnDisk("variables set", path, (text) => variablesIn(snapshot, path, text)) ?? [];
}

/** As {@link variablesSetIn}, for a file of the workspace that discovery does not read: an example for others to copy. */
export function variablesListedIn(snapshot: Snapshot, path: FilePath): readonly DeployedVariable[] {
  return snapshot.derive("variables listed", path, (text) => variablesIn(snapshot, path, text)) ?? [];
}

function variablesIn(snapshot: Snapshot, path: FilePath, text: string): readonly DeployedVariable[] {
  const relative = relativePath(snapshot.listing.root, path);
  const isRead = text.length <= MAX_ENTRY_FILE_LENGTH;
  return (isRead && formatOf(relative)?.scan(entryFile(snapshot, path, relative, text)).variables) || [];
}

interface ScannedFile {
  readonly result: ScanResult;
  readonly isLong: boolean;
}

function scanFile(snapshot: Snapshot, path: FilePath, relative: string, format: EntryPointFormat): ScannedFile {
  const isLong = isTooLong(snapshot, path);
  const scanned = snapshot.derive("entry points", path, (text) =>
    !isLong && format.mentions.test(text) && snapshot.excess(path) === undefined
      ? format.scan(entryFile(snapshot, path, relative, text))
      : NOTHING_FOUND,
  );
  return { result: scanned ?? NOTHING_FOUND, isLong };
}

function isTooLong(snapshot: Snapshot, path: FilePath): boolean {
  return (snapshot.text(path)?.length ?? 0) > MAX_ENTRY_FILE_LENGTH;
}

function entryFile(snapshot: Snapshot, path: FilePath, relative: string, text: string): EntryFile {
  const module = (): ReturnType<EntryFile["module"]> => {
    const parsed = hasTemplatePlaceholders(text) ? undefined : snapshot.parse(path);
    return parsed?.ok === true
      ? parsed.module
      : { kind: "Module", start: 0, end: 0, body: [], comments: [], problems: [] };
  };
  return { path, relative, text, module };
}

/** Files named by `env_file:` and not recognised by their own name; one that was is not read twice. */
async function scanNamedEnvFiles(
  snapshot: Snapshot,
  chosen: ReadonlyMap<FilePath, EntryPointFormat>,
  results: readonly ScanResult[],
): Promise<readonly ScanResult[]> {
  const named = new Map<FilePath, NamedEnvFile>();
  for (const each of results.flatMap((result) => result.envFiles))
    if (!chosen.has(each.path) && snapshot.isFile(each.path) && !named.has(each.path)) named.set(each.path, each);
  await snapshot.load(named.keys());
  return [...named.values()].map(({ path, purpose }) => {
    const relative = relativePath(snapshot.listing.root, path);
    const text = snapshot.text(path);
    return text === undefined || isTooLong(snapshot, path)
      ? NOTHING_FOUND
      : scanEnvFile(entryFile(snapshot, path, relative, text), purpose);
  });
}

function limitEntryFiles(chosen: Map<FilePath, EntryPointFormat>, root: FilePath): Note[] {
  const beyond = [...chosen.keys()].slice(MAX_ENTRY_FILES);
  for (const path of beyond) chosen.delete(path);
  if (beyond.length === 0) return [];
  const message = `More than ${MAX_ENTRY_FILES} files may select a settings module; ${beyond.length} were not read.`;
  return [{ file: root, message }];
}
