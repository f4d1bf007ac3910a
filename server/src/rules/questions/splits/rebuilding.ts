import { siteOf, type ReportedFix, type RuleContext } from "../../../lint/rule";
import type { Step } from "../../../python/values/value";
import type { Expr, Stmt } from "../../../syntax/ast";
import { allStatements } from "../../../syntax/statements";
import { replaceFix } from "../fixes/settingFixes";

/** Rewrites a statement that changes an object in place as an assignment of a new one; none for forms that are not known. */
export function rebuiltStatement<Id extends string>(
  context: RuleContext,
  id: Id,
  { site }: Step,
): ReportedFix<Id> | undefined {
  const source = context.source(site.file);
  const statement = [...allStatements(source?.ast.body ?? [], "branches")].find(
    (one) => one.start === site.range.start,
  );
  if (source === undefined || statement === undefined) return undefined;
  const rebuilt = rebuiltText(statement, (part) => source.text.slice(part.start, part.end));
  return rebuilt === undefined ? undefined : replaceFix(id, siteOf(site.file, statement), rebuilt);
}

/** `X += [a]`, `X.append(a)`, `X["k"] = v` as an assignment of a new object; `undefined` for other forms. */
function rebuiltText(statement: Stmt, text: (part: Expr) => string): string | undefined {
  if (statement.kind === "AugAssign" && statement.target.kind === "Name" && statement.op === "+") {
    const { id } = statement.target;
    const added =
      statement.value.kind === "List" ? statement.value.elts.map(text).join(", ") : `*${text(statement.value)}`;
    return `${id} = [*${id}, ${added}]`;
  }
  if (statement.kind === "Assign" && statement.targets.length === 1) {
    const [target] = statement.targets;
    if (target?.kind !== "Subscript" || target.value.kind !== "Name" || target.slice.kind !== "Str") return undefined;
    return `${target.value.id} = {**${target.value.id}, ${text(target.slice)}: ${text(statement.value)}}`;
  }
  if (statement.kind !== "Expr" || statement.value.kind !== "Call") return undefined;
  const { func, args } = statement.value;
  const [argument] = args;
  if (func.kind !== "Attribute" || func.attr !== "append" || func.value.kind !== "Name" || argument === undefined)
    return undefined;
  return `${func.value.id} = [*${func.value.id}, ${text(argument)}]`;
}
