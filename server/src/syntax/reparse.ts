import type { Range } from "../base/text";
import type { Module, Stmt } from "./ast";
import { beginsStatement, statementEnd } from "./blocks";
import type { Parser } from "./parser";
import { moveNode } from "./places";
import { logicalLines, scan, type LogicalLine } from "./scanner";

/** A module with more mistakes is read as a whole: what is given up in such a text depends on all that stands before. */
const MAX_PROBLEMS = 500;

/** So many statements before an edit are read again: how a broken one ends may depend on the two lines behind it. */
const STATEMENTS_BEFORE = 2;

/** The lines of one top-level statement. Comments and blank lines behind it belong to it. */
interface Piece {
  /** Where its first line begins. */
  lineStart: number;
  /** What it says, from its first token to its last. */
  readonly source: string;
  /** Several where semicolons part them. */
  readonly nodes: readonly Stmt[];
  /** Something in it could not be read. */
  readonly isBroken: boolean;
  /** It begins like a statement does, whatever stands before it. */
  readonly isAnchor: boolean;
}

/** A module that is read again after each edit, which costs what the edit touches. */
export class EditedModule {
  readonly text: string;
  readonly module: Module;
  private readonly pieces: readonly Piece[];

  private constructor(text: string, module: Module, pieces: readonly Piece[]) {
    this.text = text;
    this.module = module;
    this.pieces = pieces;
  }

  static of(text: string, module: Module): EditedModule {
    return new EditedModule(text, module, piecesOf(text, scan(text).lines, module));
  }

  /**
   * The module of a newer text. Statements whose text is the same are the same objects, moved to where they stand now; by
   * that the older module must not be used any more.
   */
  edited(text: string, parser: Parser): EditedModule {
    const part = hasOddLineBreaks(text) || hasOddLineBreaks(this.text) ? undefined : this.changedPart(text);
    if (part === undefined || this.module.problems.length > MAX_PROBLEMS)
      return EditedModule.of(text, parser.parse(text));
    const source = text.slice(part.start, part.end);
    const read = parser.parse(source);
    const { lines } = scan(source);
    // What stands behind the part would have been read differently with it.
    if (!isSame(lines, part.lines, part.start)) return EditedModule.of(text, parser.parse(text));
    const fresh = this.withKnownNodes(piecesOf(source, lines, read), part);
    const later = this.pieces.slice(part.to);
    for (const piece of later) {
      piece.lineStart += part.shift;
      for (const node of piece.nodes) moveNode(node, part.shift);
    }
    const pieces = [...this.pieces.slice(0, part.from), ...fresh, ...later];
    const join = <T extends Range>(before: readonly T[], inside: readonly T[]): readonly T[] =>
      joined(before, inside, part);
    const module: Module = {
      kind: "Module",
      body: pieces.flatMap(({ nodes }) => nodes),
      comments: join(this.module.comments, read.comments),
      problems: join(this.module.problems, read.problems),
      start: 0,
      end: text.length,
    };
    return new EditedModule(text, module, pieces);
  }

  /** What of a newer text has to be read: from a statement before the edit to the first behind it that is as it was. */
  private changedPart(text: string): ChangedPart | undefined {
    const { pieces } = this;
    const shift = text.length - this.text.length;
    const prefix = commonPrefix(this.text, text);
    const oldEnd = this.text.length - commonSuffix(this.text, text, prefix);
    const from = this.firstPiece(prefix);
    const start = from === 0 ? 0 : (pieces[from]?.lineStart ?? 0);
    let to = from;
    const lines: LogicalLine[] = [];
    for (const line of logicalLines(text, start)) {
      while (to < pieces.length && (pieces[to]?.lineStart ?? 0) + shift < line.lineStart) to++;
      const next = pieces[to];
      const isKnown = next?.isAnchor === true && next.lineStart >= oldEnd && next.lineStart + shift === line.lineStart;
      if (isKnown && endsBefore(lines, line))
        return { start, end: line.lineStart, oldEnd: next.lineStart, from, to, shift, lines };
      lines.push(line);
    }
    return { start, end: text.length, oldEnd: this.text.length, from, to: pieces.length, shift, lines };
  }

  /** The piece from which on a text that is the same up to an offset has to be read again. */
  private firstPiece(offset: number): number {
    const { pieces } = this;
    let at = lastAtOrBefore(pieces, offset) - STATEMENTS_BEFORE;
    // A string or bracket that is not closed looks for its end in all that follows.
    const broken = pieces.findIndex(({ isBroken }) => isBroken);
    if (broken >= 0) at = Math.min(at, broken);
    while (at > 0 && pieces[at]?.isAnchor !== true) at--;
    return Math.max(at, 0);
  }

  /** Pieces read at the beginning of a text, moved to where they stand, with the nodes that earlier ones of the same text have. */
  private withKnownNodes(fresh: readonly Piece[], { start, from, to }: ChangedPart): readonly Piece[] {
    const known = new Map<string, Piece[]>();
    for (const piece of this.pieces.slice(from, to)) {
      const same = known.get(piece.source);
      if (same === undefined) known.set(piece.source, [piece]);
      else same.push(piece);
    }
    return fresh.map((piece) => {
      const lineStart = piece.lineStart + start;
      const earlier = piece.isBroken ? undefined : known.get(piece.source)?.shift();
      if (earlier === undefined || earlier.isBroken) {
        for (const node of piece.nodes) moveNode(node, start);
        return { ...piece, lineStart };
      }
      const by = (piece.nodes[0]?.start ?? 0) + start - (earlier.nodes[0]?.start ?? 0);
      for (const node of earlier.nodes) moveNode(node, by);
      return { ...piece, lineStart, nodes: earlier.nodes };
    });
  }
}

/** A part of a newer text, in place of the pieces `from` to `to` (exclusive). */
interface ChangedPart {
  readonly start: number;
  readonly end: number;
  /** Where the part ends in the older text. */
  readonly oldEnd: number;
  readonly from: number;
  readonly to: number;
  /** By how much what follows has moved. */
  readonly shift: number;
  readonly lines: readonly LogicalLine[];
}

function piecesOf(text: string, lines: readonly LogicalLine[], { body, problems }: Module): readonly Piece[] {
  const pieces: Piece[] = [];
  let node = 0;
  let problem = 0;
  for (let from = 0; from < lines.length;) {
    const to = statementEnd(lines, from, lines.length);
    const first = lines[from] as LogicalLine;
    const last = lines[to - 1] as LogicalLine;
    const nodes: Stmt[] = [];
    for (let next = body[node]; next !== undefined && next.start < last.end; next = body[++node]) nodes.push(next);
    const before = problem;
    while (problem < problems.length && (problems[problem]?.start ?? 0) <= last.end) problem++;
    const isBroken = problem > before || lines.slice(from, to).some(({ fault }) => fault !== undefined);
    const source = text.slice(first.start, last.end);
    pieces.push({ lineStart: first.lineStart, source, nodes, isBroken, isAnchor: beginsStatement(first) });
    from = to;
  }
  return pieces;
}

/** Whether the statement before a line is complete with it. */
function endsBefore(lines: readonly LogicalLine[], line: LogicalLine): boolean {
  const all = [...lines, line];
  let at = 0;
  while (at < lines.length) at = statementEnd(all, at, all.length);
  return at === lines.length;
}

/** What had offsets before and behind a part, around what has them inside of it. */
function joined<T extends Range>(
  before: readonly T[],
  inside: readonly T[],
  { start, oldEnd, shift }: ChangedPart,
): readonly T[] {
  const later = before.filter((each) => each.start >= oldEnd);
  for (const each of later) moveNode(each, shift);
  for (const each of inside) moveNode(each, start);
  return [...before.filter((each) => each.start < start), ...inside, ...later];
}

/** Whether lines of a part are those that were found in the whole text, where the part begins at an offset. */
function isSame(lines: readonly LogicalLine[], inWhole: readonly LogicalLine[], offset: number): boolean {
  return (
    lines.length === inWhole.length &&
    lines.every((line, index) => {
      const other = inWhole[index] as LogicalLine;
      return (
        line.start + offset === other.start &&
        line.end + offset === other.end &&
        line.indent === other.indent &&
        line.fault?.message === other.fault?.message
      );
    })
  );
}

/** A carriage return alone ends a line, and a byte order mark is no blank: such texts are read as a whole. */
function hasOddLineBreaks(text: string): boolean {
  return text.includes("\uFEFF") || (text.includes("\r") && /\r(?!\n)/.test(text));
}

function lastAtOrBefore(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.lineStart ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

/** Without what the prefix has taken. */
function commonSuffix(a: string, b: string, prefix: number): number {
  const limit = Math.min(a.length, b.length) - prefix;
  let length = 0;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length;
}
