import type { Expr } from "./ast";

/** The dotted text of a name or attribute chain (`a.b.c`), else `undefined`. */
export function dottedName(expression: Expr): string | undefined {
  if (expression.kind === "Name") return expression.id;
  if (expression.kind !== "Attribute") return undefined;
  const owner = dottedName(expression.value);
  return owner === undefined ? undefined : `${owner}.${expression.attr}`;
}
