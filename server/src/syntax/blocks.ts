import type { Fault, LogicalLine } from "./scanner";

/** Words that begin a clause of the compound statement before them. */
const CONTINUATIONS: ReadonlySet<string> = new Set(["elif", "else", "except", "finally"]);

/** Words that begin a compound statement, whether its colon has been typed or not. */
const COMPOUND: ReadonlySet<string> = new Set(["if", "for", "while", "try", "with", "def", "class", "async"]);

/** What may stand behind a decorator. */
const DECORATED: ReadonlySet<string> = new Set(["@", "def", "class", "async"]);

/** Whether a line begins a clause (`else`, `except`) rather than a statement. */
function isContinuation(line: LogicalLine): boolean {
  return CONTINUATIONS.has(line.firstWord);
}

/** Whether a line begins a statement of the module, whatever stands before it. */
export function beginsStatement(line: LogicalLine): boolean {
  return line.indent === 0 && !isContinuation(line) && line.lineStart === line.start;
}

/**
 * Where the statement that begins at `lines[from]` ends (index, exclusive): its clauses, its decorators and all deeper lines
 * belong to it. Never beyond `to`.
 */
export function statementEnd(lines: readonly LogicalLine[], from: number, to: number): number {
  const first = lines[from];
  if (!first) return from + 1;
  let hasBody = opens(first);
  let awaitsDefinition = first.firstWord === "@";
  const takesClauses = COMPOUND.has(first.firstWord);
  let i = from + 1;
  for (; i < to; i++) {
    const line = lines[i];
    if (!line || line.indent < first.indent) break;
    if (line.indent > first.indent) {
      if (!hasBody) break;
      continue;
    }
    if (awaitsDefinition ? !DECORATED.has(line.firstWord) : !(takesClauses && isContinuation(line))) break;
    awaitsDefinition = line.firstWord === "@";
    hasBody = opens(line);
  }
  return i;
}

function opens(line: LogicalLine): boolean {
  return line.opensBlock || COMPOUND.has(line.firstWord) || CONTINUATIONS.has(line.firstWord);
}

/** CPython takes no more levels of indentation than this (`MAXINDENT`); tree-sitter's scanner breaks down at some hundred. */
const MAX_INDENTATIONS = 100;

/** Lines `from` (inclusive) to `to` (exclusive) of a scan. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The blocks that are indented more often than CPython takes. */
export function blocksTooDeep(lines: readonly LogicalLine[]): Span[] {
  const spans: Span[] = [];
  const levels = [0];
  lines.forEach((line, i) => {
    while ((levels[levels.length - 1] ?? 0) > line.indent) levels.pop();
    if ((levels[levels.length - 1] ?? 0) < line.indent) levels.push(line.indent);
    if (levels.length <= MAX_INDENTATIONS) return;
    const last = spans[spans.length - 1];
    if (last?.to === i) spans[spans.length - 1] = { from: last.from, to: i + 1 };
    else spans.push({ from: i, to: i + 1 });
  });
  return spans;
}

/**
 * What CPython's tokenizer says about the indentation of lines (`IndentationError`), by index. Tree-sitter says nothing.
 */
export function indentationFaults(lines: readonly LogicalLine[]): ReadonlyMap<number, Fault> {
  const faults = new Map<number, Fault>();
  const levels = [0];
  let opener: LogicalLine | undefined;
  lines.forEach((line, i) => {
    const current = levels[levels.length - 1] ?? 0;
    if (line.indent > current) {
      if (!opener) faults.set(i, unexpectedIndentation(line, lines[i - 1]));
      levels.push(line.indent);
    } else {
      if (opener) faults.set(i - 1, missingBlock(opener));
      while ((levels[levels.length - 1] ?? 0) > line.indent) levels.pop();
      if ((levels[levels.length - 1] ?? 0) !== line.indent) {
        faults.set(i, { start: line.start, end: line.end, message: "this indentation fits no line above" });
        levels.push(line.indent);
      }
    }
    opener = line.opensBlock ? line : undefined;
  });
  if (opener) faults.set(lines.length - 1, missingBlock(opener));
  return faults;
}

function unexpectedIndentation(line: LogicalLine, before: LogicalLine | undefined): Fault {
  return before && opens(before)
    ? { start: before.end - 1, end: before.end, message: "a colon is missing at the end of this line" }
    : { start: line.start, end: line.end, message: "this line is indented without a reason" };
}

function missingBlock(opener: LogicalLine): Fault {
  return { start: opener.end - 1, end: opener.end, message: "an indented block is expected behind this colon" };
}
