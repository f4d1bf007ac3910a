import ignore from "ignore";
import type { Ignore } from "ignore";
import type { FilePath } from "../base/path";
import { isInside, parentPath, relativePath } from "../base/path";

/**
 * What the `.gitignore` files of a workspace ignore (https://git-scm.com/docs/gitignore): a file further down wins over
 * one further up, and nothing below an ignored folder can be re-included. Tracked files that match a pattern cannot be
 * told from untracked ones, because the index is not read.
 */
export class GitIgnore {
  private readonly root: FilePath;
  private readonly matchers = new Map<FilePath, Ignore>();
  private readonly folderAnswers = new Map<FilePath, boolean>();

  constructor(root: FilePath) {
    this.root = root;
  }

  /** Takes the text of the `.gitignore` in `folder`; every parent folder's must have been added before. */
  add(folder: FilePath, text: string): void {
    this.matchers.set(folder, ignore().add(text));
    this.folderAnswers.clear();
  }

  /** Whether git would ignore `path` if it were not tracked; the path need not exist. Paths outside the root never are. */
  ignores(path: FilePath, kind: "file" | "directory"): boolean {
    if (path === this.root || !isInside(this.root, path)) return false;
    if (this.ignoresFolder(parentPath(path))) return true;
    return kind === "directory" ? this.ignoresFolder(path) : this.matches(path, "");
  }

  private ignoresFolder(folder: FilePath): boolean {
    if (folder === this.root || !isInside(this.root, folder)) return false;
    const known = this.folderAnswers.get(folder);
    if (known !== undefined) return known;
    const answer = this.ignoresFolder(parentPath(folder)) || this.matches(folder, "/");
    this.folderAnswers.set(folder, answer);
    return answer;
  }

  private matches(path: FilePath, suffix: "" | "/"): boolean {
    for (let folder = parentPath(path); ; folder = parentPath(folder)) {
      const verdict = this.matchers.get(folder)?.test(relativePath(folder, path) + suffix);
      if (verdict?.ignored) return true;
      if (verdict?.unignored || folder === this.root || folder === "/") return false;
    }
  }
}
