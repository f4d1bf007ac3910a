import type { EditBuilder } from "../../lint/edit";
import { defineRule, siteOf } from "../../lint/rule";
import type { Call, Expr, Name } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { allStatements, inStatements } from "../../syntax/statements";
import { importedAs, originOf } from "../questions/modules/moduleLevel";
import doc from "./base-dir-relative.md";

/** Off by default: Python makes `__file__` of an imported module absolute, and whether a link should be followed is a choice. */
export const baseDirRelative = defineRule({
  id: "base-dir-relative",
  category: "split-settings",
  severity: "hint",
  audience: "file",
  onByDefault: false,
  messages: {
    unresolved:
      "{name} comes from __file__ as it was imported: behind a symbolic link or in a zip file it is not the real directory. Resolve __file__ first.",
  },
  fixes: { resolve: { safety: "unsafe", title: "Resolve __file__ first" } },
  doc,

  check({ file, report }) {
    const imported = importedAs(file.ast);
    for (const { target, value } of assignments(file.ast)) {
      const origin = fileBehind(value, imported);
      if (origin === undefined || origin === value) continue;
      report({
        message: "unresolved",
        values: { name: target.id },
        at: siteOf(file.path, target),
        setting: target.id,
        fixes: [{ id: "resolve", edit: (edit) => resolve(edit, file.path, origin) }],
      });
    }
  },
});

interface Assignment {
  readonly target: Name;
  readonly value: Expr;
}

const assignments = inStatements((outer) => {
  const found: Assignment[] = [];
  for (const statement of allStatements([outer], "branches")) {
    const target = statement.kind === "Assign" ? statement.targets[0] : undefined;
    if (statement.kind === "Assign" && statement.targets.length === 1 && target?.kind === "Name")
      found.push({ target, value: statement.value });
  }
  return found;
});

/** `__file__` or `Path(__file__)`, from which only steps to a folder above lead to an expression. */
function fileBehind(expression: Expr, imported: ReadonlyMap<string, string>): Name | Call | undefined {
  const below = folderBelow(expression, imported);
  if (below !== undefined) return fileBehind(below, imported);
  if (expression.kind === "Name") return expression.id === "__file__" ? expression : undefined;
  const isPath = expression.kind === "Call" && calleeOf(expression, imported) === "pathlib.Path";
  const [argument, ...others] = isPath ? expression.args : [];
  return isPath && argument?.kind === "Name" && argument.id === "__file__" && others.length === 0
    ? expression
    : undefined;
}

/** What an expression gives a folder above of: `x` for `x.parent`, `dirname(x)`, `x.parents[1]` and `join(x, "..")`. */
function folderBelow(expression: Expr, imported: ReadonlyMap<string, string>): Expr | undefined {
  if (expression.kind === "Attribute") return expression.attr === "parent" ? expression.value : undefined;
  if (expression.kind === "Subscript") {
    const { value } = expression;
    return value.kind === "Attribute" && value.attr === "parents" ? value.value : undefined;
  }
  if (expression.kind === "BinOp") return expression.op === "/" && isUp(expression.right) ? expression.left : undefined;
  if (expression.kind !== "Call") return undefined;
  const [first, ...others] = expression.args;
  const callee = calleeOf(expression, imported);
  if (callee === "os.path.join") return others.every(isUp) ? first : undefined;
  return callee === "os.path.dirname" || callee === "os.path.normpath" ? first : undefined;
}

function calleeOf({ func }: Call, imported: ReadonlyMap<string, string>): string {
  return originOf(dottedName(func) ?? "", imported);
}

function isUp(part: Expr): boolean {
  return part.kind === "Str" ? /^\.\.(?:\/\.\.)*\/?$/.test(part.value) : /\bpardir$/.test(dottedName(part) ?? "");
}

function resolve(edit: EditBuilder, file: string, origin: Name | Call): void {
  if (origin.kind === "Call") return edit.insert(file, origin.end, ".resolve()");
  edit.replace(file, origin, `${edit.importName(file, "os")}.path.abspath(__file__)`);
}
