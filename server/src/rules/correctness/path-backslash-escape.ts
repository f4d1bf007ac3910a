import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import type { Expr, Str } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { inStatements } from "../../syntax/statements";
import doc from "./path-backslash-escape.md";

/** What escapes stand for that also begin the name of a folder: `\\new`, `\\temp`, `\\backup`. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ["\v", "\\v"],
  ["\u0007", "\\a"],
]);

export const pathBackslashEscape = defineRule({
  id: "path-backslash-escape",
  category: "correctness",
  severity: "warning",
  audience: "file",
  messages: {
    escape:
      "This path contains an escape: {escape} stands for one character here, so the path does not exist. Write a raw string, or /.",
  },
  fixes: { raw: { safety: "safe", title: "Make it a raw string" } },
  doc,

  check(context) {
    for (const path of pathsIn(context.file.ast)) {
      const escape = [...NAMES].find(([character]) => path.value.includes(character))?.[1] ?? "";
      const site = siteOf(context.file.path, path);
      // A tab that is typed as such, or one in a text of several lines, is none.
      if (!textAt(context, path).includes(escape)) continue;
      context.report({
        message: "escape",
        values: { escape },
        at: site,
        fixes: [
          isPlain(context, path) ? { id: "raw", edit: (edit) => edit.insert(site.file, path.start, "r") } : undefined,
        ],
      });
    }
  },
});

/** Strings with a drive, and those that are joined to a path, as far as they have a character that is no part of any. */
const pathsIn = inStatements((statement) => {
  const found: Str[] = [];
  const add = (node: Expr | undefined): void => {
    if (node?.kind === "Str" && hasEscape(node) && !found.includes(node)) found.push(node);
  };
  walk([statement], (node) => {
    if (node.kind === "Str" && /^[A-Za-z]:[\\/\t\n\b\f\r\v\u0007]/.test(node.value)) add(node);
    if (node.kind === "Call" && /(?:^|\.)(?:path\.join|Path|joinpath)$/.test(dottedName(node.func) ?? ""))
      node.args.forEach(add);
    if (node.kind === "BinOp" && node.op === "/") add(node.right);
  });
  return found;
});

function hasEscape({ value, pieces }: Str): boolean {
  return pieces.length <= 1 && [...NAMES.keys()].some((character) => value.includes(character));
}

function textAt({ file }: RuleContext, { start, end }: Str): string {
  return file.text.slice(start, end);
}

/** Whether an `r` in front makes of it what is written, and nothing else. */
function isPlain(context: RuleContext, node: Str): boolean {
  const text = textAt(context, node);
  return /^(?:"(?!"")|'(?!''))/.test(text) && !/\\["'\\]/.test(text);
}
