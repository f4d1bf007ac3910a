import { defineRule, type ContextOf, type FixOf } from "../../lint/rule";
import type { Expr } from "../../syntax/ast";
import { importFailure, type ImportFailure } from "../questions/modules/importFailures";
import doc from "./list-tuple-concat.md";

type Context = ContextOf<typeof listTupleConcat>;

export const listTupleConcat = defineRule({
  id: "list-tuple-concat",
  category: "split-settings",
  severity: "error",
  audience: "entry",
  messages: {
    sum: "A {right} is added to a {left} here, which Python refuses: importing {module} raises TypeError. Write both as one kind, lists for preference.",
  },
  fixes: { convert: { safety: "safe", title: "Write it as a {wanted}" } },
  doc,

  check(context) {
    const found = importFailure(context);
    if (found?.kind !== "operands") return;
    const { left, right, failure } = found;
    context.report({
      message: "sum",
      values: { left: left.kind, right: right.kind },
      at: failure.site,
      fixes: [convertFix(context, found)],
    });
  },
});

/** Gives the side that is written out the brackets of the other one. */
function convertFix(
  { source }: Context,
  { left, right, failure }: ImportFailure & { readonly kind: "operands" },
): FixOf<typeof listTupleConcat> | undefined {
  const { file } = failure.site;
  const display = [right, left].find(({ expression }) => expression.kind === "List" || expression.kind === "Tuple");
  const wanted = display === right ? left.kind : right.kind;
  const text = source(file)?.text;
  if (display === undefined || text === undefined) return undefined;
  const written = inBrackets(display.expression, text, wanted);
  return { id: "convert", values: { wanted }, edit: (edit) => edit.replace(file, display.expression, written) };
}

function inBrackets(display: Expr, source: string, wanted: "list" | "tuple"): string {
  const isBare = display.kind === "Tuple" && !display.parenthesized;
  const inner = source.slice(display.start + (isBare ? 0 : 1), display.end - (isBare ? 0 : 1));
  if (wanted === "list") return `[${inner}]`;
  const needsComma = display.kind === "List" && display.elts.length === 1 && !inner.trimEnd().endsWith(",");
  return `(${inner}${needsComma ? "," : ""})`;
}
