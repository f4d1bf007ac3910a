import type { Range } from "../../base/text";
import { contains } from "../../base/text";
import type { Stmt } from "../../syntax/ast";
import { blocksOf, boundNames } from "../../syntax/statements";
import type { Source } from "./source";
import { commentLineAbove } from "./staleComments";
import type { TextEdits } from "./textEdits";

/** Statements that share an indentation: a module's, or the suite of a compound statement. */
export interface Block {
  readonly statements: readonly Stmt[];
  readonly isModule: boolean;
}

/** The innermost statement that a range lies in, with its block; the one with exactly this range where there is one. */
export function findStatement(
  source: Source,
  range: Range,
): { readonly block: Block; readonly index: number } | undefined {
  let block: Block = { statements: source.module.body, isModule: true };
  for (;;) {
    const index = block.statements.findIndex((each) => contains(each, range));
    const statement = block.statements[index];
    if (statement === undefined) return undefined;
    const inner = blocksOf(statement).find((each) => each.some((child) => contains(child, range)));
    if (inner === undefined || (statement.start === range.start && statement.end === range.end))
      return { block, index };
    block = { statements: inner, isModule: false };
  }
}

/**
 * Deletes statements of one block with their lines, their trailing comments and the blank lines that they leave doubled. A
 * suite that loses all its statements gets `pass`.
 */
export function deleteStatements(source: Source, block: Block, deleted: ReadonlySet<number>, edits: TextEdits): void {
  const { statements } = block;
  const [first, last] = [statements[0], statements[statements.length - 1]];
  if (first === undefined || last === undefined) return;
  const isElif = source.text.startsWith("elif", first.start) && first.kind === "If";
  if (!block.isModule && !isElif) {
    edits.keepTogether({ start: startOf(source, first), end: last.end });
    if (deleted.size === statements.length) {
      edits.replace({ start: startOf(source, first), end: endWithComment(source, last) }, "pass");
      return;
    }
  }
  for (let index = 0; index < statements.length; index++) {
    if (!deleted.has(index)) continue;
    let end = index;
    while (deleted.has(end + 1)) end += 1;
    deleteRun(source, statements, index, end, edits);
    index = end;
  }
}

function endWithComment(source: Source, statement: Stmt): number {
  const semicolon = afterSemicolon(source, statement.end);
  const end = semicolon ?? statement.end;
  return source.isLastOnLine(end) ? source.skipSpacesBack(source.lineEnd(end)) : end;
}

/** The offset behind the semicolon that follows on the same line, if one does. */
function afterSemicolon(source: Source, offset: number): number | undefined {
  const at = source.skipSpaces(offset);
  return source.text[at] === ";" ? at + 1 : undefined;
}

/** Where a statement begins, its decorators included: as in CPython's tree they lie outside of its range. */
function startOf(source: Source, statement: Stmt): number {
  const decorator = "decorators" in statement ? statement.decorators[0] : undefined;
  return decorator === undefined ? statement.start : source.text.lastIndexOf("@", decorator.start);
}

/** Deletes the statements `from` to `to`, both included, which follow each other. */
function deleteRun(source: Source, statements: readonly Stmt[], from: number, to: number, edits: TextEdits): void {
  const [first, last, next, previous] = [statements[from], statements[to], statements[to + 1], statements[from - 1]];
  if (first === undefined || last === undefined) return;
  const end = afterSemicolon(source, last.end) ?? last.end;
  const start = startOf(source, first);
  const startsLine = source.isFirstOnLine(start);
  const endsLine = source.isLastOnLine(end);
  if (startsLine && endsLine) edits.replace(wholeLines(source, withComment(source, first, start, end), end), "");
  else if (!endsLine && next !== undefined) edits.replace({ start: first.start, end: next.start }, "");
  else if (previous !== undefined && source.lineOf(previous.end) === source.lineOf(first.start))
    // `a = 1; b = 2`: the semicolon in between goes, the comment at the line's end may be about both.
    edits.replace({ start: previous.end, end }, "");
  else edits.replace({ start: first.start, end }, "pass");
}

/** Where a statement begins with the comment lines above it that are about nothing else. */
function withComment(source: Source, statement: Stmt, start: number, end: number): number {
  const [name] = boundNames(statement);
  const line = source.lineOf(start);
  const first = name === undefined ? line : commentLineAbove(source, name, line, source.lineOf(end));
  return first === line ? start : source.lines.lineStart(first);
}

/** Whole lines, together with the blank lines that would otherwise double those before them. */
function wholeLines(source: Source, start: number, end: number): Range {
  const firstLine = source.lineOf(start);
  const lastLine = source.lineOf(end);
  let before = 0;
  while (firstLine - before > 0 && source.isBlankLine(firstLine - before - 1)) before += 1;
  let after = 0;
  const count = source.lines.lineCount;
  while (lastLine + after + 1 < count && source.isBlankLine(lastLine + after + 1)) after += 1;
  const atTop = firstLine - before === 0;
  const atBottom = lastLine + after + 1 >= count;
  if (atBottom && !atTop) return { start: source.lines.lineStart(firstLine - before), end: source.text.length };
  const dropped = atTop ? after : Math.min(before, after);
  return { start: source.lines.lineStart(firstLine), end: source.lines.lineStart(lastLine + 1 + dropped) };
}
