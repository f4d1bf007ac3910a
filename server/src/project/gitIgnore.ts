import type { FilePath } from "../base/path";
import { baseName, isInside, parentPath, relativePath } from "../base/path";
import { PATH_GLOB, PathGlob } from "./pathGlob";

/** Patterns with wildcards are compared with every path, so no more than these of a workspace count; real ones have about 100. */
export const MAX_WILDCARDS = 1000;

/**
 * What the `.gitignore` files of a workspace ignore (https://git-scm.com/docs/gitignore): a file further down wins over
 * one further up, and nothing below an ignored folder can be re-included. What is tracked is never ignored.
 */
export class GitIgnore {
  private readonly root: FilePath;
  private readonly files = new Map<FilePath, IgnoreFile>();
  private readonly folderAnswers = new Map<FilePath, boolean>();
  private readonly tracked: ReadonlySet<FilePath> | undefined;
  private readonly trackedFolders = new Set<FilePath>();
  private wildcards = 0;

  /** `tracked`: the files in the repository's index, where that is known. */
  constructor(root: FilePath, tracked?: ReadonlySet<FilePath>) {
    this.root = root;
    this.tracked = tracked;
    for (const file of tracked ?? [])
      for (let each = parentPath(file); !this.trackedFolders.has(each); each = parentPath(each))
        this.trackedFolders.add(each);
  }

  /**
   * Takes the text of the `.gitignore` in `folder`; every parent folder's must have been added before. Gives whether all of its
   * patterns count: false beyond {@link MAX_WILDCARDS}.
   */
  add(folder: FilePath, text: string): boolean {
    const file = new IgnoreFile(text, MAX_WILDCARDS - this.wildcards);
    this.wildcards += file.wildcardCount;
    this.files.set(folder, file);
    this.folderAnswers.clear();
    return file.isComplete;
  }

  /** Whether git tracks a file; `undefined` where the index is not known. */
  tracks(path: FilePath): boolean | undefined {
    return this.tracked?.has(path);
  }

  /**
   * Whether git ignores `path`, which need not exist; where the index is not known, whether it would if it were not tracked. Paths
   * outside the root never are.
   */
  ignores(path: FilePath, kind: "file" | "directory"): boolean {
    if (path === this.root || !isInside(this.root, path)) return false;
    if (kind === "file" ? this.tracked?.has(path) === true : this.trackedFolders.has(path)) return false;
    if (this.ignoresFolder(parentPath(path))) return true;
    return kind === "directory" ? this.ignoresFolder(path) : this.matches(path, false);
  }

  private ignoresFolder(folder: FilePath): boolean {
    if (folder === this.root || !isInside(this.root, folder)) return false;
    const known = this.folderAnswers.get(folder);
    if (known !== undefined) return known;
    const answer = this.ignoresFolder(parentPath(folder)) || this.matches(folder, true);
    this.folderAnswers.set(folder, answer);
    return answer;
  }

  private matches(path: FilePath, isFolder: boolean): boolean {
    for (let folder = parentPath(path); ; folder = parentPath(folder)) {
      const verdict = this.files.get(folder)?.verdict(relativePath(folder, path), isFolder);
      if (verdict !== undefined) return verdict;
      if (folder === this.root || folder === "/") return false;
    }
  }
}

interface Pattern {
  readonly glob: PathGlob;
  readonly order: number;
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  /** Matches names at any depth, because it has no slash before its end. */
  readonly isForNames: boolean;
}

/** The patterns of one file. Those without wildcards, however many, are looked up. */
class IgnoreFile {
  readonly isComplete: boolean;
  private readonly names = new Map<string, Pattern[]>();
  private readonly paths = new Map<string, Pattern[]>();
  /** The last one first: it wins. */
  private readonly wildcards: readonly Pattern[];

  constructor(text: string, maxWildcards: number) {
    const wildcards: Pattern[] = [];
    let isComplete = true;
    for (const [order, line] of text.split("\n").entries()) {
      const pattern = readPattern(line, order);
      const literal = pattern?.glob.literal;
      if (pattern === undefined) continue;
      if (literal !== undefined) keep(pattern.isForNames ? this.names : this.paths, literal, pattern);
      else if (wildcards.length < maxWildcards) wildcards.push(pattern);
      else isComplete = false;
    }
    this.isComplete = isComplete;
    this.wildcards = wildcards.reverse();
  }

  get wildcardCount(): number {
    return this.wildcards.length;
  }

  /** Whether the path is ignored; `undefined` when no pattern says so or otherwise. */
  verdict(path: string, isFolder: boolean): boolean | undefined {
    const name = baseName(path);
    let last: Pattern | undefined;
    for (const found of [this.names.get(name), this.paths.get(path)])
      for (const each of found ?? [])
        if ((isFolder || !each.isForFolders) && each.order > (last?.order ?? -1)) last = each;
    for (const each of this.wildcards) {
      if (each.order < (last?.order ?? -1)) break;
      if ((isFolder || !each.isForFolders) && each.glob.matches(each.isForNames ? name : path)) {
        last = each;
        break;
      }
    }
    return last === undefined ? undefined : !last.isNegated;
  }
}

function keep(patterns: Map<string, Pattern[]>, literal: string, pattern: Pattern): void {
  const known = patterns.get(literal);
  if (known === undefined) patterns.set(literal, [pattern]);
  // Only the last one for files and the last one for folders can win.
  else patterns.set(literal, [...known.filter((each) => each.isForFolders !== pattern.isForFolders), pattern]);
}

function readPattern(line: string, order: number): Pattern | undefined {
  const written = withoutTrailingBlanks(line.endsWith("\r") ? line.slice(0, -1) : line);
  if (written === "" || written.startsWith("#")) return undefined;
  const isNegated = written.startsWith("!");
  const body = isNegated ? written.slice(1) : written;
  const isForFolders = body.endsWith("/");
  const path = isForFolders ? body.slice(0, -1) : body;
  if (path.replaceAll("/", "") === "") return undefined;
  const glob = new PathGlob(path, PATH_GLOB);
  return { glob, order, isNegated, isForFolders, isForNames: !path.includes("/") };
}

/** A blank behind a backslash belongs to the name. */
function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === " " && line[end - 2] !== "\\") end -= 1;
  return line.slice(0, end);
}
