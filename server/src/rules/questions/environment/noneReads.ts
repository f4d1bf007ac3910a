import { siteOf } from "../../../lint/rule";
import type { Site } from "../../../python/values/value";
import type { Expr } from "../../../syntax/ast";
import { dottedName } from "../../../syntax/dottedName";

/** Something that is done to what `os.environ.get("X")` gives, and that None does not stand. */
export interface NoneUse {
  readonly variable: string;
  /** The exception and what it says. */
  readonly exception: string;
  /** The call that reads the variable. */
  readonly read: Site;
}

/** Functions that take no None. */
const CALLED =
  /^(?:int|float|len|list|tuple|set|sorted|Path|PurePath|pathlib\.Path|json\.loads|loads|os\.path\.\w+|path\.\w+|join)$/;

/** What an expression does to a read of a variable without a default. */
export function noneUse(file: string, expression: Expr | undefined): NoneUse | undefined {
  const [operand, exception] = operandOf(expression);
  if (operand?.kind !== "Call" || exception === undefined) return undefined;
  const [variable, ...defaults] = operand.args;
  const isRead = /^(?:(?:os\.)?environ\.get|(?:os\.)?getenv)$/.test(dottedName(operand.func) ?? "");
  if (!isRead || variable?.kind !== "Str" || defaults.length > 0 || operand.keywords.length > 0) return undefined;
  return { variable: variable.value, exception, read: siteOf(file, operand) };
}

function operandOf(expression: Expr | undefined): readonly [operand?: Expr | undefined, exception?: string] {
  switch (expression?.kind) {
    case "Call": {
      const { func, args } = expression;
      if (func.kind === "Attribute" && func.value.kind === "Call")
        return [func.value, `AttributeError: 'NoneType' object has no attribute '${func.attr}'`];
      const name = dottedName(func) ?? "";
      const read = args.find((one) => one.kind === "Call" && isReader(one));
      return CALLED.test(name) ? [read, "TypeError"] : [];
    }
    case "Subscript":
      return [expression.value, "TypeError: 'NoneType' object is not subscriptable"];
    case "BinOp":
      return [[expression.left, expression.right].find(isReader), "TypeError"];
    default:
      return [];
  }
}

function isReader(expression: Expr): boolean {
  return expression.kind === "Call" && /(?:^|\.)(?:get|getenv)$/.test(dottedName(expression.func) ?? "");
}
