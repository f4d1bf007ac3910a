import type { CancellationToken } from "../base/cancellation";
import { checkCancelled, NEVER_CANCELLED } from "../base/cancellation";
import type { FilePath } from "../base/path";
import { isInside, joinPath, normalizePath, parentPath, relativePath } from "../base/path";
import type { Range } from "../base/text";
import { documentFormat, excessOf } from "../documents/excess";
import type { Host, ModuleResolution, ParsedFile } from "../python/program/host";
import type { Module } from "../syntax/ast";
import { describeFailure, type DirectoryEntry, type FileSystem, type ReadFailure, type ReadResult } from "./files";
import type { Note } from "./model";
import type { ModuleFiles } from "./moduleResolution";
import { moduleNameOf, resolveModule } from "./moduleResolution";
import { PathGlob, PYTHON_GLOB } from "./pathGlob";
import { perListing } from "./perListing";
import type { SourceCache } from "./sourceCache";
import { holdsStandIn, isUnknownText, readableTemplate } from "./templateText";
import { folderOfStandIn } from "./templates";
import type { WorkspaceListing } from "./workspaceFiles";

/** How often an evaluation is repeated because it asked for files that were not loaded; each round follows imports one step. */
export const MAX_LOAD_ROUNDS = 32;

/** Open editors: what they show counts, not what the disk has. */
export type Overlays = ReadonlyMap<FilePath, string>;

const NO_OVERLAYS: Overlays = new Map();

/** Records the questions put to a snapshot: while their answers stay the same, nothing has to be computed again. */
export interface SnapshotListener {
  /** A file's text was asked for, there or not. */
  asked(path: FilePath): void;
  /** A question about many files was answered; `ask` puts it to another snapshot. */
  answered(question: string, ask: (snapshot: Snapshot) => unknown, answer: unknown): void;
  /** A folder on disk was listed. */
  listed?(folder: FilePath, entries: readonly DirectoryEntry[]): void;
}

/**
 * A synchronous view of a workspace at one moment: the listing, the texts loaded so far, and what open editors show. What
 * is asked for and not loaded yet is remembered; {@link loadUntilComplete} loads it and asks again.
 */
export class Snapshot implements ModuleFiles {
  readonly listing: WorkspaceListing;
  readonly overlays: Overlays;
  private readonly files: FileSystem;
  private readonly cache: SourceCache;
  private readonly wanted = new Set<FilePath>();
  private readonly wantedAside = new Set<FilePath>();
  private readonly hosts = new Map<string, ProjectHost>();
  private listener: SnapshotListener | undefined;

  constructor(listing: WorkspaceListing, files: FileSystem, cache: SourceCache, overlays: Overlays = NO_OVERLAYS) {
    this.listing = listing;
    this.files = files;
    this.cache = cache;
    this.overlays = overlays;
  }

  /** From now on this is the present: the syntax trees that files share with earlier snapshots move to where this one has them. */
  becomePresent(): this {
    this.cache.begin(this);
    return this;
  }

  /** Runs something while a listener hears what it asks of the snapshot. */
  heardBy<T>(listener: SnapshotListener | undefined, run: () => T): T {
    const before = this.listener;
    this.listener = listener;
    try {
      return run();
    } finally {
      this.listener = before;
    }
  }

  /** The same workspace, and a listener that hears all that is asked of it. */
  heardThroughoutBy(listener: SnapshotListener | undefined): Snapshot {
    const heard = new Snapshot(this.listing, this.files, this.cache, this.overlays);
    heard.listener = listener;
    return heard;
  }

  /** Answers a question about a file or many: a listener hears of the question alone, not of each file. */
  answer<T>(question: string, ask: (snapshot: Snapshot) => T): T {
    const answer = this.heardBy(undefined, () => ask(this));
    this.listener?.answered(question, ask, answer);
    return answer;
  }

  /** The same workspace with other open editors; texts and parsed modules are shared. */
  withOverlays(overlays: Overlays): Snapshot {
    return new Snapshot(this.listing, this.files, this.cache, overlays);
  }

  /** The same files with another listing and the same listener; texts and parsed modules are shared. */
  withListing(listing: WorkspaceListing): Snapshot {
    return new Snapshot(listing, this.files, this.cache, this.overlays).heardThroughoutBy(this.listener);
  }

  /** The evaluator's view of one Django project; the same object for the same roots. */
  host(importRoots: readonly FilePath[]): Host {
    const key = importRoots.join("\0");
    let host = this.hosts.get(key);
    if (host === undefined) this.hosts.set(key, (host = new ProjectHost(this, importRoots)));
    return host;
  }

  /** Whether something has asked for the text of a file so far. */
  hasRead(path: FilePath): boolean {
    return this.cache.reads.has(path);
  }

  isFile(path: FilePath): boolean {
    return this.listing.files.has(path) || (this.overlays.has(path) && !this.listing.closed.has(path));
  }

  /** Files that only editors have: they exist for imports as those on disk do. */
  unlistedFiles(): readonly FilePath[] {
    return [...this.overlays.keys()].filter((path) => !this.listing.files.has(path)).toSorted();
  }

  /** The folder of a name in another one, in a template also the one that a placeholder names. */
  folderOf(parent: FilePath, name: string): FilePath {
    return folderOfStandIn(this.listing, parent, name) ?? joinPath(parent, name);
  }

  /** Whether a text that was read holds what stands for a template's placeholder. */
  holdsStandIn(text: string): boolean {
    return this.listing.isTemplate === true && holdsStandIn(text);
  }

  /**
   * Whether a piece of a file reads as it is written: no placeholder and no statement of a template stands in it. An edit may
   * replace no other.
   */
  isAsWritten(path: FilePath, { start, end }: Range): boolean {
    const written = this.listing.isTemplate === true ? this.writtenText(path) : undefined;
    return written === undefined || written.slice(start, end) === this.text(path)?.slice(start, end);
  }

  /** Whether a file of a template is no Python, although its placeholders are read. */
  isUnreadableTemplate(path: FilePath): boolean {
    if (this.listing.isTemplate !== true || this.text(path) === this.writtenText(path)) return false;
    const parsed = this.parse(path);
    return parsed.ok && parsed.module.problems.length > 0;
  }

  isFolder(path: FilePath): boolean {
    return this.listing.folders.has(path);
  }

  /** Whether git ignores this file, there or not. */
  isIgnored(path: FilePath): boolean {
    return this.listing.gitIgnore.ignores(path, "file");
  }

  /** Whether git tracks a file; `undefined` where nobody knows. */
  isTracked(path: FilePath): boolean | undefined {
    return this.listing.gitIgnore.tracks(path);
  }

  holdsPython(folder: FilePath): boolean {
    return pythonFolders(this.listing).has(folder);
  }

  /** What is at a path, as the project that others get has it; `unknown` for what git ignores, what is skipped, and outside. */
  exists(path: FilePath): "file" | "directory" | "absent" | "unknown" {
    const wanted = normalizePath(path);
    if (this.isFile(wanted)) return "file";
    if (this.isFolder(wanted)) return "directory";
    if (!isInside(this.listing.root, wanted) || this.isIgnored(wanted)) return "unknown";
    for (let each = wanted; each !== this.listing.root; each = parentPath(each))
      if (this.listing.closed.has(each)) return "unknown";
    return "absent";
  }

  /** Files below `folder` that match a `glob.glob` pattern relative to it, sorted. */
  glob(folder: FilePath, pattern: string): readonly FilePath[] {
    const [base, rest] = pattern.startsWith("/") ? ["/", pattern] : literalPrefix(folder, pattern);
    const known = globbed(this.listing);
    const name = `${base}\0${rest}`;
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = filesMatching(this.listing, base, rest)));
    return found;
  }

  /** A file's text; `undefined` when it is not there, cannot be read, or is not loaded yet (then it is remembered as wanted). */
  text(path: FilePath): string | undefined {
    const read = this.read(path);
    return read?.ok === true ? read.text : undefined;
  }

  /** As {@link text}, with a template's placeholders as they are written: for people to see. */
  writtenText(path: FilePath): string | undefined {
    this.listener?.asked(path);
    const read = this.readAsWritten(path);
    return read?.ok === true ? read.text : undefined;
  }

  /**
   * A file as it is on disk or in an editor, also one that is no part of the project because git ignores it: for fixes, which
   * must neither overwrite nor contradict what such a file says. Nothing of it may be shown. `undefined`: not loaded yet
   * (then it is remembered as wanted).
   */
  onDisk(path: FilePath): ReadResult | undefined {
    // No analysis is made anew when an editor changes what is no part of the project.
    const overlay = (this.isFile(path) ? undefined : this.cache.shown.get(path)) ?? this.overlays.get(path);
    if (overlay !== undefined) return { ok: true, text: overlay };
    const known = (this.isFile(path) ? this.cache.reads.get(path) : undefined) ?? this.cache.asides.get(path);
    return known ?? this.miss(path, this.cache.asides, this.wantedAside);
  }

  /** As {@link derive}, for {@link onDisk}. */
  deriveOnDisk<T>(purpose: string, path: FilePath, compute: (text: string) => T): T | undefined {
    const read = this.onDisk(path);
    return read?.ok === true ? this.cache.derive(purpose, path, read.text, () => compute(read.text)) : undefined;
  }

  /** As {@link onDisk}, parsed as Python. */
  moduleOnDisk(path: FilePath): Module | undefined {
    const read = this.onDisk(path);
    const isReadable = read?.ok === true && excessOf("python", read.text) === undefined;
    return isReadable ? this.cache.module(path, read.text, this) : undefined;
  }

  /** Reads files that are no part of the project again when they are next asked for: nobody tells when they change. */
  forgetUnlisted(): void {
    for (const path of this.cache.asides.keys()) if (!this.isFile(path)) this.cache.asides.delete(path);
  }

  /** Why a loaded file has no text. */
  failure(path: FilePath): ReadFailure | undefined {
    const read = this.read(path);
    return read?.ok === false ? read.reason : undefined;
  }

  parse(path: FilePath): ParsedFile {
    const read = this.read(path);
    if (read === undefined) return { ok: false, reason: "not loaded yet" };
    const why = this.skippedBecause(path);
    if (!read.ok || why !== undefined) return { ok: false, reason: why ?? "" };
    return { ok: true, module: this.cache.module(path, read.text, this), text: read.text };
  }

  /** A value computed from one file's text, kept across snapshots while the text stays the same. */
  derive<T>(purpose: string, path: FilePath, compute: (text: string) => T): T | undefined {
    const text = this.text(path);
    return text === undefined ? undefined : this.cache.derive(purpose, path, text, () => compute(text));
  }

  /** Loads files ahead of use; files of the workspace only. */
  async load(paths: Iterable<FilePath>): Promise<void> {
    const missing = [...new Set(paths)].filter((path) => this.isFile(path) && this.readAsWritten(path) === undefined);
    await Promise.all(missing.map(async (path) => this.cache.reads.set(path, await this.files.read(path))));
    for (const path of missing) this.wanted.delete(path);
  }

  /** Loads what was asked for since the last call. Gives whether there was anything. */
  async loadWanted(): Promise<boolean> {
    const paths = [...this.wanted];
    const asides = [...this.wantedAside];
    this.wanted.clear();
    this.wantedAside.clear();
    await this.load(paths);
    await Promise.all(asides.map(async (path) => this.cache.asides.set(path, await this.files.read(path))));
    return paths.length > 0 || asides.length > 0;
  }

  /** The entries of a folder on disk, skipped ones too: for the names in a virtual environment. Empty when unreadable. */
  async listFolder(folder: FilePath): Promise<readonly DirectoryEntry[]> {
    const listed = await this.files.list(folder);
    const entries = listed.ok ? listed.entries : [];
    this.listener?.listed?.(folder, entries);
    return entries;
  }

  /** A note for every file that was asked for and is there, but could not be read, or is more than a parser takes. */
  notes(): readonly Note[] {
    const notes: Note[] = [];
    for (const path of this.cache.reads.keys()) {
      if (!this.isFile(path)) continue;
      // Nobody misses a file that nobody wanted parsed, and looking at all of them is dear.
      const why = this.wasLookedAt(path) ? this.skippedBecause(path) : undefined;
      if (why !== undefined) notes.push({ file: path, message: `This file was skipped: ${why}.` });
    }
    return notes;
  }

  /** What makes a file's text too much for the parser of its format, as the rest of a sentence about it. */
  excess(path: FilePath): string | undefined {
    const format = documentFormat(path);
    return format === undefined ? undefined : this.derive("excess", path, (text) => excessOf(format, text));
  }

  private wasLookedAt(path: FilePath): boolean {
    const read = this.read(path);
    return read?.ok !== true || path.endsWith(".py") || this.cache.hasDerived("excess", path, read.text);
  }

  private skippedBecause(path: FilePath): string | undefined {
    const read = this.read(path);
    return read?.ok === false ? describeFailure(read.reason, read.detail) : this.excess(path);
  }

  private read(path: FilePath): ReadResult | undefined {
    this.listener?.asked(path);
    const read = this.readAsWritten(path);
    if (this.listing.isTemplate !== true || read?.ok !== true) return read;
    const { text } = read;
    return { ok: true, text: this.cache.derive("template", path, text, () => readableTemplate(text)) };
  }

  private readAsWritten(path: FilePath): ReadResult | undefined {
    const overlay = this.overlays.get(path);
    if (overlay !== undefined && this.isFile(path)) return { ok: true, text: overlay };
    if (!this.isFile(path)) return { ok: false, reason: "missing", detail: "" };
    return this.cache.reads.get(path) ?? this.miss(path, this.cache.reads, this.wanted);
  }

  /** Reads a file that is asked for and not loaded yet, or remembers it as wanted where the host cannot read it at once. */
  private miss(path: FilePath, reads: Map<FilePath, ReadResult>, wanted: Set<FilePath>): ReadResult | undefined {
    const read = this.files.readNow?.(path);
    if (read === undefined) wanted.add(path);
    else reads.set(path, read);
    return read;
  }
}

const globbed = perListing(() => new Map<string, readonly FilePath[]>());

function filesMatching({ files }: WorkspaceListing, base: FilePath, pattern: string): readonly FilePath[] {
  const glob = new PathGlob(pattern, PYTHON_GLOB);
  return [...files].filter((path) => isInside(base, path) && glob.matches(relativePath(base, path)));
}

const pythonFolders = perListing(
  (listing) => new Set([...listing.files].filter((path) => path.endsWith(".py")).map(parentPath)),
);

class ProjectHost implements Host {
  private readonly snapshot: Snapshot;
  private readonly importRoots: readonly FilePath[];
  /** A manage.py may lie inside a package: then its modules import each other by the package's name. */
  private readonly namingRoots: readonly FilePath[];
  private readonly resolved = new Map<string, ModuleResolution>();

  constructor(snapshot: Snapshot, importRoots: readonly FilePath[]) {
    this.snapshot = snapshot;
    this.importRoots = importRoots;
    this.namingRoots = importRoots.filter((root) => {
      const isPackage = snapshot.isFile(joinPath(root, "__init__.py"));
      return !isPackage || !importRoots.some((other) => other !== root && isInside(other, root));
    });
  }

  resolveModule(dotted: string, importer: FilePath): ModuleResolution {
    const known = this.resolved.get(dotted);
    if (known !== undefined) return known;
    const found = this.resolveHere(dotted, importer);
    this.resolved.set(dotted, found);
    return found;
  }

  moduleName(path: FilePath): string {
    return moduleNameOf(this.namingRoots, path);
  }

  parse(path: FilePath): ParsedFile {
    return this.snapshot.parse(path);
  }

  isUnknownText(text: string): boolean {
    return this.snapshot.listing.isTemplate === true && isUnknownText(text);
  }

  readText(path: FilePath): string | undefined {
    return this.snapshot.text(path);
  }

  exists(path: FilePath): "file" | "directory" | "absent" | "unknown" {
    return this.snapshot.exists(path);
  }

  glob(folder: FilePath, pattern: string): readonly FilePath[] {
    return this.snapshot.glob(folder, pattern);
  }

  private resolveHere(dotted: string, importer: FilePath): ModuleResolution {
    const found = resolveModule(this.snapshot, this.importRoots, dotted);
    if (found.kind !== "external" || this.importRoots.some((root) => isInside(root, importer))) return found;
    // A script outside of all roots is started with its own folder in front of the import path.
    return resolveModule(this.snapshot, [parentPath(importer)], dotted);
  }
}

/**
 * Runs a computation over the snapshot, loads what it asked for and did not get, and runs it again until nothing is
 * missing (at most {@link MAX_LOAD_ROUNDS} times). Gives the last result. Throws only {@link Cancelled}.
 */
export async function loadUntilComplete<T>(
  snapshot: Snapshot,
  run: () => T | Promise<T>,
  token: CancellationToken = NEVER_CANCELLED,
): Promise<T> {
  for (let round = 0; ; round++) {
    checkCancelled(token);
    const result = await run();
    if (round === MAX_LOAD_ROUNDS || !(await snapshot.loadWanted())) return result;
  }
}

function literalPrefix(folder: FilePath, pattern: string): readonly [FilePath, string] {
  const parts = pattern.split("/");
  let literal = 0;
  while (literal < parts.length - 1 && !/[*?[]/.test(parts[literal] ?? "")) literal++;
  return [joinPath(folder, parts.slice(0, literal).join("/")), parts.slice(literal).join("/")];
}
