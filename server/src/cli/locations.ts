import type { FilePath } from "../base/path";
import { isInside, relativePath } from "../base/path";
import { LineIndex, type Range } from "../base/text";
import { printable } from "../base/printable";
import { codeAt } from "../lint/phrases";

/** Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
export interface Position1 {
  readonly line: number;
  readonly column: number;
}
export interface Range1 {
  readonly start: Position1;
  readonly end: Position1;
}

/** Turns paths and offsets into what people and other tools read. */
export class Locations {
  private readonly cwd: FilePath;
  private readonly textOf: (file: FilePath) => string | undefined;
  private readonly indexes = new Map<FilePath, LineIndex>();

  constructor(cwd: FilePath, textOf: (file: FilePath) => string | undefined) {
    this.cwd = cwd;
    this.textOf = textOf;
  }

  /** A file as it is shown to people: {@link path} without what could act on a terminal or begin a command to GitHub. */
  name(file: FilePath): string {
    return printable(this.path(file)).replace(/^(?=\s*::)/, "./");
  }

  /** A file as seen from the working directory, with `/`; `../` where it lies beside, absolute on another drive. */
  path(file: FilePath): string {
    if (isInside(this.cwd, file)) return relativePath(this.cwd, file);
    const from = this.cwd.split("/").slice(1);
    const to = file.split("/").slice(1);
    let shared = 0;
    while (shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
    // A path that shares nothing is easier to read as it is.
    return shared === 0 ? file : [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
  }

  /** What is written at a place, shortened to the first part of its first line. */
  code(file: FilePath, range: Range): string {
    return codeAt({ text: this.textOf }, { file, range });
  }

  index(file: FilePath): LineIndex {
    let index = this.indexes.get(file);
    if (index === undefined) this.indexes.set(file, (index = new LineIndex(this.textOf(file) ?? "")));
    return index;
  }

  range(file: FilePath, range: Range): Range1 {
    return { start: this.position(file, range.start), end: this.position(file, range.end) };
  }

  position(file: FilePath, offset: number): Position1 {
    const { line, column } = this.index(file).position(offset);
    return { line: line + 1, column: column + 1 };
  }

  /** `shop/settings/base.py:12:1`. */
  place(file: FilePath, range: Range | undefined): string {
    if (range === undefined) return this.name(file);
    const { line, column } = this.position(file, range.start);
    return `${this.name(file)}:${line}:${column}`;
  }

  /** `shop/settings/base.py:12`. */
  line(file: FilePath, range: Range): string {
    return `${this.name(file)}:${this.position(file, range.start).line}`;
  }
}
