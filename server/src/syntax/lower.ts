import type { Module, SyntaxProblem } from "./ast";
import { Recovery } from "./recovery";
import { scan } from "./scanner";
import type { ReadTree } from "./tree";

/** Reads a module with one backend's `read`. Never throws; the offsets are those of `source`, whatever stands in it. */
export function parseModule(source: string, read: ReadTree): Module {
  const text = comparable(source);
  const { lines, comments } = scan(text);
  const problems: SyntaxProblem[] = [];
  const body = new Recovery(text, { lines, comments }, read, problems).run();
  return {
    kind: "Module",
    body,
    comments: comments.map(({ start, end }) => ({ text: text.slice(start, end), start, end })),
    problems: problems.sort((a, b) => a.start - b.start),
    start: 0,
    end: source.length,
  };
}

/**
 * The text with what only CPython's tokenizer knows replaced, length and offsets kept: a lone carriage return ends a line,
 * and a byte order mark at the beginning is nothing: a form feed sets the indentation back to zero.
 */
function comparable(source: string): string {
  const text = source.includes("\r") ? source.replace(/\r(?!\n)/g, "\n") : source;
  return text.startsWith("\uFEFF") ? `\f${text.slice(1)}` : text;
}
