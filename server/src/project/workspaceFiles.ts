import type { CancellationToken } from "../base/cancellation";
import { checkCancelled, NEVER_CANCELLED } from "../base/cancellation";
import type { FilePath } from "../base/path";
import { baseName, joinPath, relativePath } from "../base/path";
import type { DirectoryEntry, FileSystem } from "./files";
import { GitIgnore, MAX_WILDCARDS } from "./gitIgnore";
import { indexedPaths } from "./gitIndex";
import type { Note } from "./model";
import { pathMatcher } from "./pathGlob";
import { isSkippedFolder, mayBeVirtualEnvironment } from "./skippedFolders";

/** The largest repository surveyed has about 15,000 files; a workspace beyond this is listed in part, with a note. */
export const MAX_LISTED_FILES = 200_000;
/** Deeper folders are not entered: no settings module surveyed lies deeper than five. */
export const MAX_FOLDER_DEPTH = 40;

const TOO_MANY_WILDCARDS = `This file was read in part: the .gitignore files have more than ${MAX_WILDCARDS} patterns with wildcards.`;

/** The files and folders of a workspace that belong to the project: what skipping, git and `exclude` leave. */
export interface WorkspaceListing {
  readonly root: FilePath;
  readonly files: ReadonlySet<FilePath>;
  /** Folders that were entered, the root included. */
  readonly folders: ReadonlySet<FilePath>;
  /** Files and folders that are there but not looked at: git-ignored, excluded, symbolic links to folders, environments, unreadable. */
  readonly closed: ReadonlySet<FilePath>;
  /** Virtual environments (folders with `pyvenv.cfg`). */
  readonly environments: readonly FilePath[];
  readonly gitIgnore: GitIgnore;
  /** Whether the configuration leaves out a file or folder. */
  readonly isExcluded: (path: FilePath) => boolean;
  /** Ignored files that were looked for because something names them, and whether they are there (`ignoredModules.ts`). */
  readonly probed: Map<FilePath, boolean>;
  readonly notes: readonly Note[];
  /** Whether files are read as parts of a template for projects (`templates.ts`). */
  readonly isTemplate?: true;
}

export interface ListOptions {
  /** Globs relative to the root; a match leaves out a file, or a folder with all below it. */
  readonly exclude?: readonly string[];
  readonly token?: CancellationToken;
}

/**
 * Lists a workspace folder. Never throws but for {@link Cancelled}: an unreadable folder becomes a note. Symbolic links to
 * folders are not followed, so that a cycle cannot trap the walk and no file is seen twice.
 */
export async function listWorkspace(
  files: FileSystem,
  root: FilePath,
  options: ListOptions = {},
): Promise<WorkspaceListing> {
  const walk = new Walk(files, root, options, await trackedFiles(files, root));
  await walk.enter(root, 0);
  return walk.result();
}

/** The files in the index of the repository of which the folder is the root. A worktree's index is elsewhere, and is not read. */
async function trackedFiles(files: FileSystem, root: FilePath): Promise<ReadonlySet<FilePath> | undefined> {
  const bytes = await files.readBytes?.(joinPath(root, ".git/index"));
  const paths = bytes && indexedPaths(bytes);
  return paths && new Set(paths.map((path) => joinPath(root, path)));
}

class Walk {
  private readonly fileSystem: FileSystem;
  private readonly root: FilePath;
  private readonly isExcluded: (path: FilePath) => boolean;
  private readonly token: CancellationToken;
  private readonly files: FilePath[] = [];
  private readonly folders: FilePath[] = [];
  private readonly closed: FilePath[] = [];
  private readonly environments: FilePath[] = [];
  private readonly gitIgnore: GitIgnore;
  private readonly notes: Note[] = [];
  private full = false;

  constructor(
    fileSystem: FileSystem,
    root: FilePath,
    options: ListOptions,
    tracked: ReadonlySet<FilePath> | undefined,
  ) {
    this.fileSystem = fileSystem;
    this.root = root;
    this.isExcluded = excludeMatcher(root, options.exclude ?? []);
    this.token = options.token ?? NEVER_CANCELLED;
    this.gitIgnore = new GitIgnore(root, tracked);
  }

  async enter(folder: FilePath, depth: number): Promise<void> {
    checkCancelled(this.token);
    const listed = await this.fileSystem.list(folder);
    if (!listed.ok) {
      this.closed.push(folder);
      if (depth === 0 || listed.reason !== "missing")
        this.notes.push({ file: folder, message: `This folder cannot be read and was skipped: ${listed.detail}` });
      return;
    }
    if (depth > 0 && listed.entries.some((entry) => entry.name === "pyvenv.cfg" && entry.kind === "file")) {
      this.environments.push(folder);
      this.closed.push(folder);
      return;
    }
    this.folders.push(folder);
    if (listed.entries.some((entry) => entry.name === ".gitignore" && entry.kind === "file")) {
      const ignoreFile = await this.fileSystem.read(joinPath(folder, ".gitignore"));
      if (ignoreFile.ok && !this.gitIgnore.add(folder, ignoreFile.text))
        this.notes.push({ file: joinPath(folder, ".gitignore"), message: TOO_MANY_WILDCARDS });
    }
    await Promise.all(listed.entries.map((entry) => this.take(folder, entry, depth)));
  }

  result(): WorkspaceListing {
    return {
      root: this.root,
      files: new Set(this.files.sort()),
      folders: new Set(this.folders.sort()),
      closed: new Set(this.closed.sort()),
      environments: this.environments.sort(),
      gitIgnore: this.gitIgnore,
      isExcluded: this.isExcluded,
      probed: new Map(),
      notes: this.notes,
    };
  }

  private async take(folder: FilePath, entry: DirectoryEntry, depth: number): Promise<void> {
    const path = folder === "/" ? `/${entry.name}` : `${folder}/${entry.name}`;
    if (entry.kind === "directory") await this.takeFolder(path, folder, entry, depth);
    else if (entry.kind === "file") this.takeFile(path);
    else this.closed.push(path);
  }

  private takeFile(path: FilePath): void {
    if (this.gitIgnore.ignores(path, "file") || this.isExcluded(path)) this.closed.push(path);
    else if (this.files.length < MAX_LISTED_FILES) this.files.push(path);
    else this.noteFull();
  }

  private async takeFolder(path: FilePath, parent: FilePath, entry: DirectoryEntry, depth: number): Promise<void> {
    const left =
      isSkippedFolder(entry.name, baseName(parent)) ||
      entry.isSymbolicLink ||
      this.isExcluded(path) ||
      this.gitIgnore.ignores(path, "directory");
    if (!left && depth < MAX_FOLDER_DEPTH && !this.full) return this.enter(path, depth + 1);
    this.closed.push(path);
    if (mayBeVirtualEnvironment(entry.name)) await this.takeEnvironment(path);
  }

  private async takeEnvironment(path: FilePath): Promise<void> {
    const marker = await this.fileSystem.read(joinPath(path, "pyvenv.cfg"));
    if (marker.ok) this.environments.push(path);
  }

  private noteFull(): void {
    if (this.full) return;
    this.full = true;
    const message = `The workspace has more than ${MAX_LISTED_FILES} files; those beyond were not looked at. Exclude folders that hold no settings.`;
    this.notes.push({ file: this.root, message });
  }
}

function excludeMatcher(root: FilePath, globs: readonly string[]): (path: FilePath) => boolean {
  if (globs.length === 0) return () => false;
  // A trailing slash or `/**` names a folder with all below it: matching the folder itself keeps the walk out of it.
  const patterns = globs.flatMap((glob) => [glob, glob.replace(/\/(?:\*\*)?$/, "")]).filter((glob) => glob !== "");
  const matches = pathMatcher(patterns);
  return (path) => matches(relativePath(root, path));
}
