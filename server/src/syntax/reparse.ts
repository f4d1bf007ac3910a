import { append } from "../base/lists";
import type { Range } from "../base/text";
import type { Module, Stmt, SyntaxProblem } from "./ast";
import { noteChange } from "./bodyChanges";
import { beginsStatement, statementEnd } from "./blocks";
import type { Parser } from "./parser";
import { moveNode } from "./places";
import { logicalLines, scan, type LogicalLine } from "./scanner";

/** A module with more mistakes is read as a whole: what is given up in such a text depends on all that stands before. */
const MAX_PROBLEMS = 500;

/** So many statements before an edit are looked at again: how one ends may depend on the line behind it. */
const STATEMENTS_BEFORE = 1;

/** The lines of one top-level statement. Comments and blank lines behind it belong to it. */
interface Piece {
  /** Where its first line begins. */
  lineStart: number;
  /** Where its first token stands. */
  start: number;
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
    const { lines, comments } = scan(source);
    // What stands behind the part would have been read differently with it.
    if (!isSame(lines, part.lines, part.start)) return EditedModule.of(text, parser.parse(text));
    const read = new PartReader(source, lines, this.knownPieces(part), parser);
    const fresh = read.pieces();
    if (fresh === undefined) return EditedModule.of(text, parser.parse(text));
    movePieces(fresh, part.start);
    const later = this.pieces.slice(part.to);
    movePieces(later, part.shift);
    const pieces = [...this.pieces.slice(0, part.from), ...fresh, ...later];
    const join = <T extends Range>(before: readonly T[], inside: readonly T[]): readonly T[] =>
      joined(before, inside, part);
    const module: Module = {
      kind: "Module",
      body: this.bodyOf(pieces),
      comments: join(
        this.module.comments,
        comments.map(({ start, end }) => ({ text: source.slice(start, end), start, end })),
      ),
      problems: join(this.module.problems, read.problems),
      start: 0,
      end: text.length,
    };
    return new EditedModule(text, module, pieces);
  }

  /** The statements of some pieces: the same list as before where they are the same. */
  private bodyOf(pieces: readonly Piece[]): readonly Stmt[] {
    const { body } = this.module;
    const fresh: Stmt[] = [];
    for (const { nodes } of pieces) append(fresh, nodes);
    if (fresh.length === body.length && fresh.every((node, index) => node === body[index])) return body;
    noteChange(body, fresh);
    return fresh;
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

  /** The statements that stood in place of a part, by their text. */
  private knownPieces({ from, to }: ChangedPart): Map<string, Piece[]> {
    const known = new Map<string, Piece[]>();
    for (const piece of this.pieces.slice(from, to)) {
      const same = known.get(piece.source);
      if (piece.isBroken || !piece.isAnchor) continue;
      if (same === undefined) known.set(piece.source, [piece]);
      else same.push(piece);
    }
    return known;
  }
}

/** Reads a part of a text. What it gives has the offsets of the part. */
class PartReader {
  readonly problems: SyntaxProblem[] = [];
  private readonly text: string;
  private readonly lines: readonly LogicalLine[];
  private readonly known: Map<string, Piece[]>;
  private readonly parser: Parser;

  /** `known`: statements that need not be read again, by their text. */
  constructor(text: string, lines: readonly LogicalLine[], known: Map<string, Piece[]>, parser: Parser) {
    this.text = text;
    this.lines = lines;
    this.known = known;
    this.parser = parser;
  }

  /** `undefined` where statements are not what they are by themselves. */
  pieces(): Piece[] | undefined {
    const { lines, text } = this;
    const pieces: Piece[] = [];
    let unread = 0;
    for (let from = 0; from < lines.length;) {
      const to = statementEnd(lines, from, lines.length);
      const first = lines[from] as LogicalLine;
      const source = text.slice(first.start, lines[to - 1]?.end);
      const next = lines[to];
      // What is indented without a reason goes on with what stands before it.
      const isWhole = beginsStatement(first) && (next === undefined || beginsStatement(next));
      const known = isWhole ? this.known.get(source)?.shift() : undefined;
      if (known !== undefined) {
        const fresh = this.read(unread, from);
        if (fresh === undefined) return undefined;
        for (const node of known.nodes) moveNode(node, first.start - known.start);
        const { lineStart, start } = first;
        append(pieces, fresh);
        pieces.push({ ...known, lineStart, start });
        unread = to;
      }
      from = to;
    }
    const rest = this.read(unread, lines.length);
    return rest && [...pieces, ...rest];
  }

  /** Parses some lines. */
  private read(from: number, to: number): readonly Piece[] | undefined {
    if (from === to) return [];
    const start = this.lines[from]?.lineStart ?? 0;
    const source = this.text.slice(start, this.lines[to]?.lineStart);
    const { lines } = scan(source);
    if (!isSame(lines, this.lines.slice(from, to), start)) return undefined;
    const module = this.parser.parse(source);
    const pieces = piecesOf(source, lines, module);
    movePieces(pieces, start);
    for (const problem of module.problems) {
      moveNode(problem, start);
      this.problems.push(problem);
    }
    return pieces;
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
    const { lineStart, start } = first;
    pieces.push({ lineStart, start, source, nodes, isBroken, isAnchor: beginsStatement(first) });
    from = to;
  }
  return pieces;
}

function movePieces(pieces: readonly Piece[], by: number): void {
  for (const piece of pieces) {
    piece.lineStart += by;
    piece.start += by;
    for (const node of piece.nodes) moveNode(node, by);
  }
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
