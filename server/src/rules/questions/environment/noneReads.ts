import type { FilePath } from "../../../base/path";
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

/** Something that is written in a file. */
export interface Written {
  readonly file: FilePath;
  readonly expression: Expr;
}

/** Functions that take no None. */
const CALLED =
  /^(?:int|float|len|list|tuple|set|sorted|Path|PurePath|pathlib\.Path|json\.loads|loads|os\.path\.\w+|path\.\w+|join)$/;

/** What an expression does to a read of a variable without a default, or to a name that is one, as `assigned` says. */
export function noneUse(
  file: FilePath,
  expression: Expr | undefined,
  assigned: (name: string) => Written | undefined,
): NoneUse | undefined {
  const [operands, exception] = operandsOf(expression);
  for (const operand of operands) {
    const written = operand.kind === "Name" ? assigned(operand.id) : { file, expression: operand };
    const variable = written && variableOf(written.expression);
    if (written === undefined || variable === undefined) continue;
    return { variable, exception, read: siteOf(written.file, written.expression) };
  }
  return undefined;
}

/** The variable that `os.environ.get("X")` reads without a default. */
function variableOf(operand: Expr): string | undefined {
  if (operand.kind !== "Call") return undefined;
  const [variable, ...defaults] = operand.args;
  const isRead = /^(?:(?:os\.)?environ\.get|(?:os\.)?getenv)$/.test(dottedName(operand.func) ?? "");
  if (!isRead || variable?.kind !== "Str" || defaults.length > 0 || operand.keywords.length > 0) return undefined;
  return variable.value;
}

function operandsOf(expression: Expr | undefined): readonly [operands: readonly Expr[], exception: string] {
  switch (expression?.kind) {
    case "Call": {
      const { func, args } = expression;
      if (CALLED.test(dottedName(func) ?? "")) return [args, "TypeError"];
      return func.kind === "Attribute"
        ? [[func.value], `AttributeError: 'NoneType' object has no attribute '${func.attr}'`]
        : [[], ""];
    }
    case "Subscript":
      return [[expression.value], "TypeError: 'NoneType' object is not subscriptable"];
    case "BinOp":
      return [[expression.left, expression.right], "TypeError"];
    default:
      return [[], ""];
  }
}
