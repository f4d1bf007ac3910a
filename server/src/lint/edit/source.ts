import type { FilePath } from "../../base/path";
import { LineIndex } from "../../base/text";
import type { Comment, Module } from "../../syntax/ast";
import type { SourceStyle } from "./sourceStyle";
import { detectStyle } from "./sourceStyle";

/** A parsed Python file with the questions about its layout that every edit asks. All offsets are UTF-16. */
export class Source {
  readonly path: FilePath;
  readonly text: string;
  readonly module: Module;
  readonly style: SourceStyle;
  readonly lines: LineIndex;
  private readonly commentStarts: ReadonlyMap<number, Comment>;

  constructor(path: FilePath, text: string, module: Module) {
    this.path = path;
    this.text = text;
    this.module = module;
    this.style = detectStyle(text, module);
    this.lines = new LineIndex(text);
    this.commentStarts = new Map(module.comments.map((comment) => [comment.start, comment]));
  }

  lineOf(offset: number): number {
    return this.lines.position(offset).line;
  }

  lineStart(offset: number): number {
    return this.lines.lineStart(this.lineOf(offset));
  }

  /** The end of the line that holds `offset`, its line break not included. */
  lineEnd(offset: number): number {
    return this.lines.lineEnd(this.lineOf(offset));
  }

  /** Where the line after that of `offset` begins; the text's length on the last line. */
  nextLine(offset: number): number {
    return this.lines.lineStart(this.lineOf(offset) + 1);
  }

  /** Whether only spaces stand before `offset` on its line. */
  isFirstOnLine(offset: number): boolean {
    return this.text.slice(this.lineStart(offset), offset).trim() === "";
  }

  /** The spaces and tabs that the line of `offset` begins with. */
  indentAt(offset: number): string {
    return /^[ \t\f]*/.exec(this.text.slice(this.lineStart(offset), this.lineEnd(offset)))?.[0] ?? "";
  }

  isBlankLine(line: number): boolean {
    return this.lines.lineText(line).trim() === "";
  }

  /** Skips spaces and tabs, never a line break. */
  skipSpaces(offset: number): number {
    let at = offset;
    while (at < this.text.length && " \t\f".includes(this.text[at] ?? "")) at += 1;
    return at;
  }

  /** Goes back over spaces and tabs, never over a line break. */
  skipSpacesBack(offset: number): number {
    let at = offset;
    while (at > 0 && " \t\f".includes(this.text[at - 1] ?? "")) at -= 1;
    return at;
  }

  /** The comment that begins exactly at `offset`. */
  commentAt(offset: number): Comment | undefined {
    return this.commentStarts.get(offset);
  }

  /** Whether nothing but spaces and a comment follow on the line. */
  isLastOnLine(offset: number): boolean {
    const at = this.skipSpaces(offset);
    return at >= this.lineEnd(offset) || this.commentAt(at) !== undefined;
  }

  /** Whether a comment begins between two offsets. */
  hasComment(start: number, end: number): boolean {
    return this.module.comments.some((comment) => comment.start >= start && comment.start < end);
  }

  /** The first place in a stretch without strings where one of `characters` stands outside of comments. */
  find(characters: string, start: number, end: number): number | undefined {
    for (let at = start; at < end; at++) {
      const comment = this.commentAt(at);
      if (comment !== undefined) at = comment.end - 1;
      else if (characters.includes(this.text[at] ?? "")) return at;
    }
    return undefined;
  }
}
