/** A stretch of a text: `start` inclusive, `end` exclusive, both UTF-16 code unit offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A place in a text: `line` and `column` count from 0, the column in UTF-16 code units (LSP 3.17, "Position"). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Whether `inner` lies wholly inside `outer`. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Turns offsets into lines and columns and back. Lines end at `\n`, `\r\n` or a lone `\r`, as LSP and CPython have it. */
export class LineIndex {
  readonly text: string;
  private readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.starts = text.includes("\r") ? startsOfAnyLines(text) : startsOfLines(text);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** The position of an offset; offsets outside the text are clamped to it. */
  position(offset: number): Position {
    const wanted = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: wanted - (this.starts[low] ?? 0) };
  }

  /** The offset of a position; lines and columns beyond the text are clamped to it. */
  offset(position: Position): number {
    if (position.line >= this.starts.length) return this.text.length;
    const start = this.starts[Math.max(position.line, 0)] ?? 0;
    return Math.min(start + Math.max(position.column, 0), this.lineEnd(position.line));
  }

  /** Where a line begins (offset). */
  lineStart(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Where a line ends, its line break not included (offset). */
  lineEnd(line: number): number {
    const next = this.starts[line + 1];
    if (next === undefined) return this.text.length;
    return this.text[next - 2] === "\r" && this.text[next - 1] === "\n" ? next - 2 : next - 1;
  }

  /** A line's text without its line break. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }
}

/** Where lines begin that all end at `\n`. An editor asks it of the whole text after each edit. */
function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function startsOfAnyLines(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
}
