import type { RuleContext } from "../../../lint/rule";
import type { Call, Expr, Stmt, With } from "../../../syntax/ast";
import { dottedName } from "../../../syntax/dottedName";
import { allStatements } from "../../../syntax/statements";
import type { Assigned } from "../assignments/assigned";

/** A call that reads a whole text file, and whose result is a value as it is. */
export interface FileRead {
  /** The setting that gets it, or the key of the dict in which it stands. */
  readonly name: string;
  readonly call: Call;
}

/** The values of an assignment, those in dict displays included, that are what `open(...).read()`, `f.read()` or `path.read_text()` gives. */
export function fileReads(context: RuleContext, { file, expression, binding }: Assigned): readonly FileRead[] {
  return valuesIn(binding.name, expression).flatMap(({ name, value }) => {
    if (value.kind !== "Call" || value.func.kind !== "Attribute" || value.args.length > 0) return [];
    const { attr, value: owner } = value.func;
    const isRead =
      attr === "read_text" ||
      (attr === "read" &&
        (isOpened(owner) || (owner.kind === "Name" && isFile(context, file, binding.statement, owner.id))));
    return isRead ? [{ name, call: value }] : [];
  });
}

interface NamedValue {
  readonly name: string;
  readonly value: Expr;
}

function valuesIn(name: string, value: Expr): readonly NamedValue[] {
  if (value.kind !== "Dict") return [{ name, value }];
  return value.items.flatMap((item) => (item.key?.kind === "Str" ? valuesIn(item.key.value, item.value) : []));
}

/** `open(path)` for text. */
function isOpened(expression: Expr): boolean {
  if (expression.kind !== "Call" || !/^(?:open|io\.open)$/.test(dottedName(expression.func) ?? "")) return false;
  const mode = expression.args[1] ?? expression.keywords.find(({ name }) => name === "mode")?.value;
  return mode === undefined || (mode.kind === "Str" && !mode.value.includes("b"));
}

/** Whether a `with open(...) as name` is around a statement. */
function isFile(context: RuleContext, file: string, statement: Stmt, name: string): boolean {
  const opens = ({ items }: With): boolean =>
    items.some(({ contextExpr, optionalVars }) => {
      return optionalVars?.kind === "Name" && optionalVars.id === name && isOpened(contextExpr);
    });
  const around = context
    .source(file)
    ?.ast.body.find(({ start, end }) => start <= statement.start && statement.end <= end);
  return [...allStatements(around === undefined ? [] : [around], "branches")].some(
    (one) => one.kind === "With" && one.body.includes(statement) && opens(one),
  );
}
