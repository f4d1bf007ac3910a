import type { FilePath } from "../../../base/path";
import { siteOf } from "../../../lint/rule";
import type { Site } from "../../../python/values/value";
import type { Expr } from "../../../syntax/ast";
import { dottedName } from "../../../syntax/dottedName";

/** Something that is done to what a read gives without its variable, and that this does not stand. */
export interface NoneUse {
  readonly variable: string;
  /** What the read gives: `os.environ.get("X")` None, `config("X", default=[])` its default. */
  readonly gives: Absent;
  /** The exception and what it says. */
  readonly exception: string;
  /** The call that reads the variable. */
  readonly read: Site;
}

type Absent = "None" | "list" | "tuple";

/** Something that is written in a file. */
export interface Written {
  readonly file: FilePath;
  readonly expression: Expr;
}

/** Functions that take no None. */
const CALLED =
  /^(?:int|float|len|list|tuple|set|sorted|Path|PurePath|pathlib\.Path|json\.loads|loads|os\.path\.\w+|path\.\w+|join)$/;

/** What an expression does to a read of a variable that gives no text, or to a name that is one, as `assigned` says. */
export function noneUse(
  file: FilePath,
  expression: Expr | undefined,
  assigned: (name: string) => Written | undefined,
): NoneUse | undefined {
  const [operands, exception] = operandsOf(expression);
  for (const operand of operands) {
    const written = operand.kind === "Name" ? assigned(operand.id) : { file, expression: operand };
    const found = written && readOf(written.expression);
    if (written === undefined || found === undefined) continue;
    const isOfText = /'split'$/.test(exception);
    if (found.gives !== "None" && !isOfText) continue;
    const type = found.gives === "None" ? "NoneType" : found.gives;
    return { ...found, exception: exception.replace("NoneType", type), read: siteOf(written.file, written.expression) };
  }
  return undefined;
}

/** The variable that a call reads, where without it the call gives None or a list. */
function readOf(operand: Expr): Pick<NoneUse, "variable" | "gives"> | undefined {
  if (operand.kind !== "Call" || operand.args.length + operand.keywords.length > 2) return undefined;
  const [variable, second] = operand.args;
  const [keyword] = operand.keywords;
  if (variable?.kind !== "Str" || (keyword !== undefined && keyword.name !== "default")) return undefined;
  const name = dottedName(operand.func) ?? "";
  const isOfOs = /^(?:(?:os\.)?environ\.get|(?:os\.)?getenv)$/.test(name);
  const gives = givenBy(second ?? keyword?.value);
  if (gives === undefined || !(isOfOs || (gives !== "None" && /^(?:config|env)$/.test(name)))) return undefined;
  return { variable: variable.value, gives };
}

function givenBy(fallback: Expr | undefined): Absent | undefined {
  if (fallback === undefined || (fallback.kind === "Constant" && fallback.value === null)) return "None";
  if (fallback.kind === "List") return "list";
  return fallback.kind === "Tuple" ? "tuple" : undefined;
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
