import { append } from "../base/lists";
import type { Range } from "../base/text";
import { blocksTooDeep } from "./blocks";
import type { LogicalLine, Scan } from "./scanner";

/** What is given to tree-sitter instead of the text itself: as long as the text, every offset the same. */
export interface GrammarText {
  readonly text: string;
  /** The logical lines of it. */
  readonly lines: readonly LogicalLine[];
  /** Blocks that are not in it, each by the offset of the one character that stands for it. */
  readonly hidden: ReadonlyMap<number, Range>;
}

/** Takes out of a text what tree-sitter reads wrongly or breaks down on. */
export function grammarText(text: string, { lines, comments }: Scan): GrammarText {
  const named = withoutCommentRuns(withoutEndlessLines(avoidTypeAliases(text, lines), lines), comments);
  const spans = blocksTooDeep(lines);
  if (spans.length === 0) return { text: named, lines, hidden: new Map() };
  const hidden = new Map<number, Range>();
  const blanked: Range[] = [];
  const kept: LogicalLine[] = [];
  let next = 0;
  for (const { from, to } of spans) {
    const first = lines[from];
    const last = lines[to - 1];
    if (!first || !last) continue;
    append(kept, lines.slice(next, from));
    kept.push({ ...first, end: last.end, opensBlock: false, fault: undefined });
    hidden.set(first.start, { start: first.start, end: last.end });
    blanked.push({ start: first.lineStart, end: last.end });
    next = to;
  }
  append(kept, lines.slice(next));
  return { text: blankBlocks(named, 0, blanked), lines: kept, hidden };
}

/**
 * Replaces blocks by one expression each, so that every offset stays as it is. It is a string over the whole block where
 * there is room: over blanks tree-sitter's scanner would go again for every block that ends there.
 */
export function blankBlocks(text: string, start: number, blocks: readonly Range[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const block of blocks) {
    const code = text.slice(block.start - start, block.end - start);
    const first = code.search(/[^ \t\f]/);
    const body = code.slice(first);
    const blanks = body.replace(/[^\r\n]/g, " ");
    pieces.push(text.slice(from, block.start - start), code.slice(0, first));
    pieces.push(blanks.length < 6 ? zeros(body) : `'''${blanks.slice(3, -3)}'''`);
    from = block.end - start;
  }
  pieces.push(text.slice(from));
  return pieces.join("");
}

/** A number in place of each line's code. */
function zeros(body: string): string {
  return body.replace(/\S.*/g, (line) => "0".repeat(line.length));
}

/** Lines that are no Python become one character that is none, so that tree-sitter sees at once that they cannot be read. */
function withoutEndlessLines(text: string, lines: readonly LogicalLine[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, isEndless } of lines) {
    if (!isEndless) continue;
    pieces.push(text.slice(from, start), "$", text.slice(start + 1, end).replace(/[^\r\n]/g, " "));
    from = end;
  }
  return from === 0 ? text : pieces.join("") + text.slice(from);
}

/** So many comments in a row are few enough for the scanner, which reads all that follow at each of them. */
const MAX_COMMENT_RUN = 100;

/** Blanks long runs of comments out: tree-sitter's scanner takes quadratic time over them. The tree needs no comments. */
function withoutCommentRuns(text: string, comments: readonly Range[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (let first = 0; first < comments.length;) {
    let last = first;
    while (last + 1 < comments.length && isBlank(text, comments[last]?.end ?? 0, comments[last + 1]?.start ?? 0))
      last++;
    if (last - first >= MAX_COMMENT_RUN) {
      const start = comments[first]?.start ?? 0;
      const end = comments[last]?.end ?? start;
      pieces.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]/g, " "));
      from = end;
    }
    first = last + 1;
  }
  return from === 0 ? text : pieces.join("") + text.slice(from);
}

function isBlank(text: string, start: number, end: number): boolean {
  return /^\s*$/.test(text.slice(start, end));
}

/** The grammar takes `type(a).b = c` for a type alias: there the builtin gets another name of the same length. */
function avoidTypeAliases(text: string, lines: readonly LogicalLine[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const line of lines) {
    if (line.firstWord !== "type" || !/^type\s*\(/.test(text.slice(line.start, line.end))) continue;
    pieces.push(text.slice(from, line.start), "tipe");
    from = line.start + "type".length;
  }
  return from === 0 ? text : pieces.join("") + text.slice(from);
}
