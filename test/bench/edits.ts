import type { Position } from "vscode-languageserver";

/** A kind of edit that people make in a settings module all day, as one keystroke after the other. */
export interface EditKind {
  readonly name: string;
  /** Where the n-th keystroke goes, and what it types. */
  keystroke(lines: readonly string[], n: number): { readonly at: Position; readonly text: string };
}

/** The first line at 60 % of a file, or below, that looks like this. */
function lineLike(lines: readonly string[], pattern: RegExp): number {
  const from = Math.floor(lines.length * 0.6);
  return lines.findIndex((line, index) => index >= from && pattern.test(line));
}

/** The end of the line as it is after `typed` characters were typed there. */
function endOf(lines: readonly string[], line: number, typed: number): Position {
  return { line, character: (lines[line]?.length ?? 0) + typed };
}

export const EDIT_KINDS: readonly EditKind[] = [
  {
    name: "inside a comment",
    keystroke: (lines, n) => ({ at: endOf(lines, lineLike(lines, /^#/), n), text: "x" }),
  },
  {
    name: "a value at 60 %",
    keystroke: (lines, n) => ({ at: endOf(lines, lineLike(lines, /_LIMIT = /), n), text: "1" }),
  },
  {
    name: "a new line at the top",
    keystroke: () => ({ at: { line: 0, character: 0 }, text: "\n" }),
  },
];

/** A text after a keystroke. */
export function typedInto(text: string, { at, text: typed }: { readonly at: Position; readonly text: string }): string {
  const lines = text.split("\n");
  const line = lines[at.line] ?? "";
  lines[at.line] = line.slice(0, at.character) + typed + line.slice(at.character);
  return lines.join("\n");
}
