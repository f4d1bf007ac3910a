import type { LineIndex } from "../base/text";
import type { Module } from "../syntax/ast";
import { commentMarks, type CommentMarks, type SectionHeader } from "./commentSections";

/** Lines that can be folded into the first one, counted from zero. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  /** `section`: what a comment gives a title to. */
  readonly kind: "section" | "block";
}

/**
 * What an editor can fold in a settings module: sections that comments begin, regions, and what is indented. The last is what editors fold by
 * themselves in Python, and no longer do once a server tells them what to fold.
 */
export function foldsOf(module: Module, lines: LineIndex): readonly Fold[] {
  const indents = Array.from({ length: lines.lineCount }, (_, line) => indentOf(lines.lineText(line)));
  const marks = commentMarks(module, lines);
  return [...sections(marks, indents), ...indented(indents)].toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** Columns of white space, tabs counted as one; -1 for a blank line. */
function indentOf(line: string): number {
  return line.search(/\S/);
}

/** A section or region whose end has not come; `style` is absent for a region. */
interface Open {
  readonly line: number;
  readonly indent: number;
  readonly style?: string;
}

function sections({ headers, regions }: CommentMarks, indents: readonly number[]): readonly Fold[] {
  const headerAt = new Map(headers.map((header) => [header.first, header]));
  const markAt = new Map(regions.map((mark) => [mark.line, mark]));
  const folds: Fold[] = [];
  const open: Open[] = [];
  let last = -1;
  const close = (end: number): void => {
    const closed = open.pop();
    // A region without an end is none.
    if (closed?.style !== undefined && end > closed.line) folds.push({ start: closed.line, end, kind: "section" });
  };
  indents.forEach((indent, line) => {
    if (indent < 0) return;
    for (let top = open.at(-1); top !== undefined && indent < top.indent; top = open.at(-1)) close(last);
    const mark = markAt.get(line);
    if (mark?.kind === "start") open.push(mark);
    const region = mark?.kind === "end" ? open.findLast((each) => each.style === undefined) : undefined;
    if (region !== undefined && region.indent === indent) {
      while (open.at(-1) !== region) close(last);
      open.pop();
      folds.push({ start: region.line, end: line, kind: "section" });
    }
    const header = headerAt.get(line);
    if (header !== undefined) {
      for (let left = countToClose(open, header); left > 0; left--) close(last);
      open.push(header);
    }
    last = line;
  });
  while (open.length > 0) close(last);
  return folds;
}

/** How many of the open sections a header ends: up to the outermost of its own style, but none that a region or a class is around. */
function countToClose(open: readonly Open[], { style, indent }: SectionHeader): number {
  let count = 0;
  for (let at = open.length - 1; at >= 0; at--) {
    const each = open[at];
    if (each?.style === undefined || each.indent < indent) break;
    if (each.style === style && each.indent === indent) count = open.length - at;
  }
  return count;
}

/** Each line with the more indented ones below it, without blank lines at their end. */
function indented(indents: readonly number[]): readonly Fold[] {
  const folds: Fold[] = [];
  const open: { readonly line: number; readonly indent: number }[] = [];
  let last = -1;
  const closeDownTo = (indent: number): void => {
    for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      if (last > top.line) folds.push({ start: top.line, end: last, kind: "block" });
    }
  };
  indents.forEach((indent, line) => {
    if (indent < 0) return;
    closeDownTo(indent);
    open.push({ line, indent });
    last = line;
  });
  closeDownTo(0);
  return folds;
}
