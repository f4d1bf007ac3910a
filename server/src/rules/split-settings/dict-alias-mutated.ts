import { isSettingName } from "../../project/djangoNames";
import { defineRule, siteOf, type ContextOf, type FixOf } from "../../lint/rule";
import type { Assign, Expr, Stmt } from "../../syntax/ast";

import { inStatements } from "../../syntax/statements";
import doc from "./dict-alias-mutated.md";

type Context = ContextOf<typeof dictAliasMutated>;

/** Only statements at the top level of one file: what stands between is followed in the order of the text. */
export const dictAliasMutated = defineRule({
  id: "dict-alias-mutated",
  category: "split-settings",
  severity: "error",
  audience: "file",
  messages: {
    same: "{alias} is the same object as {original}, so this changes both. Make {alias} a copy.",
    shallow: "{alias} is a shallow copy of {original}: this changes what is inside of both. Make it a deep copy.",
  },
  fixes: { copy: { safety: "unsafe", title: "Make {alias} a copy of its own" } },
  doc,

  check(context) {
    for (const statement of copies(context.file.ast)) {
      const { body } = context.file.ast;
      const index = body.indexOf(statement);
      const alias = aliasOf(statement, body, index);
      const change = alias && changeOf(alias, body.slice(index + 1));
      if (alias !== undefined && change !== undefined) report(context, alias, change);
    }
  },
});

/** The assignments that may give a setting an object that another name has. */
const copies = inStatements((statement) => {
  const [target] = statement.kind === "Assign" ? statement.targets : [];
  const isCopy = statement.kind === "Assign" && target !== undefined && originalOf(statement.value) !== undefined;
  return isCopy && isSettingName(pathOf(target)?.[0] ?? "") ? [statement] : [];
});

/** A name and the keys behind it: `DATABASES`, `default`. */
type Path = readonly string[];

interface Alias {
  readonly path: Path;
  readonly original: Path;
  /** A copy whose inner dicts and lists are shared. */
  readonly isShallow: boolean;
  readonly value: Expr;
}

/** `X["b"] = X["a"]`, `MANAGERS = ADMINS`, each perhaps with `.copy()`. */
function aliasOf({ targets, value }: Assign, body: readonly Stmt[], index: number): Alias | undefined {
  const [target] = targets;
  const path = target && targets.length === 1 ? pathOf(target) : undefined;
  const original = originalOf(value);
  if (path === undefined || original === undefined || !isSettingName(path[0] ?? "")) return undefined;
  // A name stands for an object that can be changed only where it is seen to.
  if (original.length === 1 && !isMutable(original, body.slice(0, index))) return undefined;
  return original.join() === path.join()
    ? undefined
    : { path, original, isShallow: copied(value) !== undefined, value };
}

function originalOf(value: Expr): Path | undefined {
  return pathOf(copied(value) ?? value);
}

/** What `.copy()` is called of. */
function copied(value: Expr): Expr | undefined {
  const isCopy =
    value.kind === "Call" && value.func.kind === "Attribute" && value.func.attr === "copy" && value.args.length === 0;
  return isCopy && value.func.kind === "Attribute" ? value.func.value : undefined;
}

function isMutable(path: Path, before: readonly Stmt[]): boolean {
  const last = before.findLast(
    (one) => one.kind === "Assign" && one.targets.some((each) => pathOf(each)?.join() === path.join()),
  );
  return last?.kind === "Assign" && /^(?:List|Dict|Set|ListComp|DictComp)$/.test(last.value.kind);
}

/** The first change through the alias, unless one of the two is something else by then. */
function changeOf({ path, original, isShallow }: Alias, after: readonly Stmt[]): Expr | undefined {
  for (const statement of after) {
    const changed = changedBy(statement);
    const isInside = changed !== undefined && startsWith(changed.path, path);
    if (isInside && (!isShallow || changed.path.length > path.length)) return changed.at;
    const bound = statement.kind === "Assign" ? statement.targets.map(pathOf) : [];
    if (bound.some((one) => one !== undefined && (startsWith(path, one) || startsWith(original, one))))
      return undefined;
    // What happens under a condition or in a loop is not followed.
    if (!/^(?:Assign|AnnAssign|AugAssign|Expr|Import|ImportFrom|FunctionDef|ClassDef)$/.test(statement.kind))
      return undefined;
  }
  return undefined;
}

const CHANGES = /^(?:append|extend|insert|remove|pop|clear|update|setdefault|sort|reverse|popitem)$/;

/** The object that a statement changes in place. */
function changedBy(statement: Stmt): { readonly path: Path; readonly at: Expr } | undefined {
  const at =
    statement.kind === "AugAssign" ? statement.target : statement.kind === "Assign" ? statement.targets[0] : undefined;
  let changed: Expr | undefined;
  if (at?.kind === "Subscript") changed = at.value;
  else if (statement.kind === "AugAssign") changed = at;
  else if (statement.kind === "Expr" && statement.value.kind === "Call" && statement.value.func.kind === "Attribute") {
    const { func } = statement.value;
    const path = CHANGES.test(func.attr) ? pathOf(func.value) : undefined;
    return path && { path, at: func };
  }
  const path = changed && pathOf(changed);
  return path && at && { path, at };
}

function pathOf(expression: Expr): Path | undefined {
  if (expression.kind === "Name") return [expression.id];
  if (expression.kind !== "Subscript" || expression.slice.kind !== "Str") return undefined;
  const owner = pathOf(expression.value);
  return owner && [...owner, expression.slice.value];
}

function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((part, index) => part === path[index]);
}

function report(context: Context, alias: Alias, at: Expr): void {
  const { path } = context.file;
  const values = { alias: written(alias.path), original: written(alias.original) };
  context.report({
    message: alias.isShallow ? "shallow" : "same",
    values,
    at: siteOf(path, at),
    setting: alias.path[0],
    chain: [{ site: siteOf(path, alias.value), text: `${values.alias} is set here.` }],
    fixes: [copyFix(context, alias)],
  });
}

function copyFix({ file }: Context, { value }: Alias): FixOf<typeof dictAliasMutated> {
  const original = value.kind === "Call" && value.func.kind === "Attribute" ? value.func.value : value;
  const text = file.text.slice(original.start, original.end);
  return {
    id: "copy",
    edit: (edit) => edit.replace(file.path, value, `${edit.importName(file.path, "copy")}.deepcopy(${text})`),
  };
}

function written([name = "", ...keys]: Path): string {
  return name + keys.map((key) => `["${key}"]`).join("");
}
