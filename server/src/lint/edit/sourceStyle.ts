import { table } from "../../base/table";
import type { Module, Stmt } from "../../syntax/ast";
import { walk } from "./walk";

export type Quote = '"' | "'";

/** How a file is written, as far as a fix must imitate it. */
export interface SourceStyle {
  readonly newline: "\n" | "\r\n";
  readonly quote: Quote;
  /** One level of indentation: a tab or some spaces. */
  readonly indent: string;
}

/** The style of a Python file. Without evidence: line feeds, double quotes, four spaces. */
export function detectStyle(text: string, module: Module | undefined): SourceStyle {
  return {
    newline: detectNewline(text),
    quote: module === undefined ? '"' : detectQuote(text, module),
    indent: module === undefined ? "    " : detectIndent(text, module),
  };
}

/** The line break that most lines of a text end with. */
export function detectNewline(text: string): "\n" | "\r\n" {
  const windows = text.split("\r\n").length - 1;
  const all = text.split("\n").length - 1;
  return windows > all - windows ? "\r\n" : "\n";
}

function detectQuote(text: string, module: Module): Quote {
  let double = 0;
  let single = 0;
  walk(module.body, (node) => {
    if (node.kind !== "Str") return;
    for (const piece of node.pieces) {
      const opening = /^[A-Za-z]*("""|'''|"|')/.exec(text.slice(piece.start, piece.start + 6))?.[1];
      // A text with the other quote in it says nothing of the habit: the writer avoided a backslash.
      const inner = text.slice(piece.start, piece.end);
      if (opening === '"' && !inner.includes("'")) double += 1;
      else if (opening === "'" && !inner.includes('"')) single += 1;
    }
  });
  return single > double ? "'" : '"';
}

function detectIndent(text: string, module: Module): string {
  let found: string | undefined;
  walk(module.body, (node) => {
    if (found !== undefined || !("body" in node) || !Array.isArray(node.body)) return;
    const first = (node.body as readonly Stmt[])[0];
    if (first === undefined) return;
    const outer = leadingSpace(text, node.start);
    const inner = leadingSpace(text, first.start);
    if (inner.length > outer.length && inner.startsWith(outer)) found = inner.slice(outer.length);
  });
  if (found !== undefined) return found;
  // No block to learn from: the first indented line is an element of a list or dict.
  return /\n(\t| {2,8})\S/.exec(text)?.[1] ?? "    ";
}

function leadingSpace(text: string, offset: number): string {
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t\f]*/.exec(text.slice(lineStart, offset))?.[0] ?? "";
}

const ESCAPES: Readonly<Record<string, string>> = table({ "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" });

/** A Python string literal for a text. Takes the other quote where that saves backslashes, as black and ruff do. */
export function pythonString(text: string, preferred: Quote): string {
  const other = preferred === '"' ? "'" : '"';
  const quote = text.includes(preferred) && !text.includes(other) ? other : preferred;
  let body = "";
  for (const character of text) {
    const unit = character.codePointAt(0) ?? 0;
    if (character === quote) body += `\\${quote}`;
    else if (character in ESCAPES) body += ESCAPES[character];
    else if (unit < 32 || (unit >= 127 && unit < 160)) body += `\\x${unit.toString(16).padStart(2, "0")}`;
    // Lone surrogates cannot be saved as UTF-8; line separators would end the line in some editors.
    else if ((unit >= 0xd800 && unit <= 0xdfff) || unit === 0x2028 || unit === 0x2029)
      body += `\\u${unit.toString(16)}`;
    else body += character;
  }
  return quote + body + quote;
}
