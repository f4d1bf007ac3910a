/** One logical line of a text file: a line with those it continues on. */
export interface LogicalLine {
  /** As in the file, continuation marks included. */
  readonly text: string;
  readonly start: number;
}

/** Splits a text at line breaks; a line that ends in a backslash goes on in the next. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  const pattern = /(?:\\\r?\n|[^\r\n])+/g;
  for (const match of text.matchAll(pattern)) lines.push({ text: match[0], start: match.index });
  return lines;
}

/** A range without the quotes around it. */
export function unquotedRange(text: string, range: { start: number; end: number }): { start: number; end: number } {
  const first = text[range.start];
  const quoted = range.end - range.start >= 2 && (first === '"' || first === "'") && text[range.end - 1] === first;
  return quoted ? { start: range.start + 1, end: range.end - 1 } : range;
}
