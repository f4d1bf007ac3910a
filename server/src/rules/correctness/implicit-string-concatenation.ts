import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, type SourceFile } from "../../lint/rule";
import type { Str } from "../../syntax/ast";
import { inStatements } from "../../syntax/statements";
import doc from "./implicit-string-concatenation.md";

export const implicitStringConcatenation = defineRule({
  id: "implicit-string-concatenation",
  category: "correctness",
  severity: "error",
  audience: "file",
  messages: {
    comma:
      'A comma is missing between "{first}" and "{second}": Python joins the two strings, and the list has one item that means nothing. Add the comma.',
  },
  fixes: { addComma: { safety: "safe", title: 'Add a comma behind "{first}"' } },
  doc,

  check({ file, report }) {
    for (const item of joinedItems(file.ast)) {
      const joined = isParenthesized(file, item) ? undefined : joinedByMistake(file, item);
      if (joined === undefined) continue;
      const { first, second, end } = joined;
      report({
        message: "comma",
        values: { first, second },
        at: siteOf(file.path, item),
        fixes: [{ id: "addComma", edit: (edit) => edit.insert(file.path, end, ",") }],
      });
    }
  },
});

/** The strings among the items of displays that are written in several pieces. */
const joinedItems = inStatements((statement) => {
  const found: Str[] = [];
  walk([statement], (node) => {
    if (node.kind !== "List" && node.kind !== "Tuple" && node.kind !== "Set") return;
    for (const item of node.elts) if (item.kind === "Str" && item.pieces.length > 1) found.push(item);
  });
  return found;
});

interface Joined {
  readonly first: string;
  readonly second: string;
  /** Where the first of the two ends. */
  readonly end: number;
}

/** A dotted path, host, address or file that is complete in itself: no blanks, and no separator where the cut is. */
const COMPLETE = /^[\w*@:/-]+(?:[.][\w*@:/-]+)*$/;

/** Two pieces on lines of their own, each of which is an item by itself. */
function joinedByMistake({ text }: SourceFile, { pieces }: Str): Joined | undefined {
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    if (next === undefined) return undefined;
    const [first, second] = [piece, next].map(({ start, end }) => plainText(text.slice(start, end)));
    const isBroken = text.slice(piece.end, next.start).includes("\n");
    if (!isBroken || first === undefined || second === undefined) continue;
    if (COMPLETE.test(first) && COMPLETE.test(second) && !/[-/:_]$/.test(first) && !/^[-/:_]/.test(second))
      return { first, second, end: piece.end };
  }
  return undefined;
}

/** What a plain literal holds; not of one with a prefix or escapes. */
function plainText(source: string): string | undefined {
  return /^(["'])([^"'\\\n]+)\1$/.exec(source)?.[2];
}

/** Who puts the pieces in parentheses wants them joined. */
function isParenthesized({ text }: SourceFile, { start, end }: Str): boolean {
  return /\(\s*$/.test(text.slice(Math.max(0, start - 200), start)) && /^\s*\)/.test(text.slice(end, end + 200));
}
