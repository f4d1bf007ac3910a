import type { Range } from "../base/text";
import { blocksTooDeep } from "./blocks";
import type { LogicalLine } from "./scanner";

/** What is given to tree-sitter instead of the text itself: as long as the text, every offset the same. */
export interface GrammarText {
  readonly text: string;
  /** The logical lines of it. */
  readonly lines: readonly LogicalLine[];
  /** Blocks that are not in it, each by the offset of the one character that stands for it. */
  readonly hidden: ReadonlyMap<number, Range>;
}

/** Takes out of a text what tree-sitter reads wrongly or breaks down on. */
export function grammarText(text: string, lines: readonly LogicalLine[]): GrammarText {
  const named = avoidTypeAliases(text, lines);
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
    kept.push(...lines.slice(next, from), { ...first, end: last.end, opensBlock: false, fault: undefined });
    hidden.set(first.start, { start: first.start, end: last.end });
    blanked.push({ start: first.lineStart, end: last.end });
    next = to;
  }
  kept.push(...lines.slice(next));
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
