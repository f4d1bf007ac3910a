import { append } from "../../../base/lists";
import type { FilePath } from "../../../base/path";
import { contains } from "../../../base/text";
import { walk } from "../../../lint/edit/walk";
import type { RuleContext } from "../../../lint/rule";
import type { Expr, Module, Stmt } from "../../../syntax/ast";
import { allStatements } from "../../../syntax/statements";
import { changedName } from "./statements";

/** A statement that gives a name its value or changes it, and does nothing else. */
export interface NameStatement {
  readonly file: FilePath;
  readonly statement: Stmt;
  /** Not in a branch, a loop or a class. */
  readonly isTopLevel: boolean;
  /** What `NAME = value` assigns; `undefined` for changes. */
  readonly value: Expr | undefined;
}

/** All executed settings files of the project, whichever entry module executed them. */
export function settingsFiles({ entries }: RuleContext): ReadonlySet<FilePath> {
  return new Set(entries.flatMap(({ evaluation }) => evaluation.files));
}

/**
 * All statements of the project's settings that bind or change a name and do nothing else. `undefined` where a file cannot be
 * read, or something else mentions the name too (`other`: it may read it, but not give it a value).
 */
export function statementsAbout(
  context: RuleContext,
  name: string,
  other: "no-mention" | "may-read" = "no-mention",
): readonly NameStatement[] | undefined {
  const all: NameStatement[] = [];
  for (const file of settingsFiles(context)) {
    const ast = context.source(file)?.ast;
    if (ast === undefined) return undefined;
    const found = statementsIn(file, ast, name);
    const isPlain = other === "may-read" || isOnlyIn(found, ast, name);
    if (!isPlain) return undefined;
    append(all, found);
  }
  const known = new Set(all.map(({ statement }) => statement));
  const bindings = context.entries.flatMap(({ evaluation }) => evaluation.bindings.filter((one) => one.name === name));
  return bindings.every(({ statement }) => known.has(statement)) ? all : undefined;
}

function statementsIn(file: FilePath, ast: Module, name: string): readonly NameStatement[] {
  const found: NameStatement[] = [];
  const scopes = [ast.body, ...ast.body.flatMap((one) => (one.kind === "ClassDef" ? [one.body] : []))];
  for (const statement of scopes.flatMap((body) => [...allStatements(body, "branches")])) {
    const value = assignedTo(statement, name);
    if (value === undefined && changedName(statement) !== name) continue;
    found.push({ file, statement, value, isTopLevel: ast.body.includes(statement) });
  }
  return found;
}

/** Whether a name is mentioned in these statements only; `from` asks only about what comes behind an offset. */
export function isOnlyIn(
  statements: readonly { readonly statement: Stmt }[],
  ast: Module,
  name: string,
  from = 0,
): boolean {
  let isMentioned = false;
  walk(ast.body, (node) => {
    if (node.end <= from || statements.some(({ statement }) => contains(statement, node))) return false;
    if (node.start >= from && mentions(node, name)) isMentioned = true;
    return undefined;
  });
  return !isMentioned;
}

function assignedTo(statement: Stmt, name: string): Expr | undefined {
  const isName = (target: Expr | undefined): boolean => target?.kind === "Name" && target.id === name;
  if (statement.kind === "Assign")
    return statement.targets.length === 1 && isName(statement.targets[0]) ? statement.value : undefined;
  return statement.kind === "AnnAssign" && isName(statement.target) ? statement.value : undefined;
}

/** By name, as an attribute, in an import, or as the text of `globals()["NAME"]` and `__all__`. */
function mentions(node: Expr | Stmt, name: string): boolean {
  switch (node.kind) {
    case "Name":
      return node.id === name;
    case "Attribute":
      return node.attr === name;
    case "Str":
      return node.value === name;
    case "ImportFrom":
      return node.names !== "*" && node.names.some((alias) => alias.name === name || alias.asname === name);
    default:
      return false;
  }
}
