import type { Expr } from "../../../syntax/ast";
import { dottedName } from "../../../syntax/dottedName";

/** The variable whose presence alone an expression tests: `"X" in os.environ`, `os.environ.get("X") is not None`. */
export function testedForPresence(node: { readonly kind: string }): string | undefined {
  const expression = node as Expr;
  if (expression.kind !== "Compare") return undefined;
  const [operator, ...operators] = expression.ops;
  const [right] = expression.comparators;
  if (operator === undefined || operators.length > 0 || right === undefined) return undefined;
  const { left } = expression;
  if (operator === "in" && left.kind === "Str") return isEnviron(right) ? left.value : undefined;
  const isNotNone = operator === "is not" && right.kind === "Constant" && right.value === null;
  return isNotNone ? variableRead(left) : undefined;
}

function isEnviron(expression: Expr): boolean {
  return /^(?:os\.)?environ$/.test(dottedName(expression) ?? "");
}

/** `os.environ.get("X")` and `os.getenv("X")` without a default. */
function variableRead(expression: Expr): string | undefined {
  if (expression.kind !== "Call" || expression.args.length !== 1 || expression.keywords.length > 0) return undefined;
  const [name] = expression.args;
  const isRead = /^(?:(?:os\.)?environ\.get|(?:os\.)?getenv)$/.test(dottedName(expression.func) ?? "");
  return isRead && name?.kind === "Str" ? name.value : undefined;
}
