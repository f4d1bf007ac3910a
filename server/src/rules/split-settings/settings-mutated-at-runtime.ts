import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import { baseName, type FilePath } from "../../base/path";
import { collectInCode } from "../../project/codeIndex";
import type { Expr, FunctionDef, Stmt } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { allStatements } from "../../syntax/statements";
import { importedAs } from "../questions/modules/moduleLevel";
import doc from "./settings-mutated-at-runtime.md";

type Context = ContextOf<typeof settingsMutatedAtRuntime>;

export const settingsMutatedAtRuntime = defineRule({
  id: "settings-mutated-at-runtime",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    mutated:
      "settings.{name} is changed while the site runs: other threads and requests see it, other processes do not, and what was computed from it stays. Pass the value on, or keep it in the database.",
  },
  doc,

  check(context) {
    const { snapshot, project } = context;
    const candidates = collectInCode(snapshot, project.root, { id: "changes of settings", find: candidatesIn });
    for (const [file] of candidates) if (!isLeftOut(file)) checkFile(context, file);
  },
});

/** A line that begins as a change of a setting does. */
const CHANGE_LINE =
  /^\s*(?:settings\.[A-Z]\w*(?:\[|\s*[-+|]?=(?!=)|\.(?:append|extend|insert|update|pop|remove|clear|setdefault)\()|setattr\(\s*settings\b)/;

/** Cheap, and true of more than is reported: the statements decide. */
function candidatesIn(text: string): readonly true[] {
  const isCandidate = text.includes("django.conf") && text.split("\n").some((line) => CHANGE_LINE.test(line));
  return isCandidate ? [true] : [];
}

/** What runs once at the start, in commands, or for tests. */
function isLeftOut(file: FilePath): boolean {
  return (
    /\/(?:management\/commands|scripts?|bin|deploy\w*|docs?|features|testing|test_?utils?)\//.test(file) ||
    /^(?:apps|conftest|manage|celery|fabfile|checks|signals?|test\w*)\.py$|settings/.test(baseName(file))
  );
}

function checkFile(context: Context, file: FilePath): void {
  const ast = context.source(file)?.ast;
  if (ast === undefined || importedAs(ast).get("settings") !== "django.conf.settings") return;
  for (const statement of allStatements(ast.body, "everything")) {
    if (statement.kind !== "FunctionDef" || isStartup(statement)) continue;
    for (const one of allStatements(statement.body, "branches")) {
      const changed = changedSetting(one);
      if (changed === undefined) continue;
      context.report({ message: "mutated", values: { name: changed.name }, at: siteOf(file, changed.at) });
    }
  }
}

/** Hooks that run once, contexts that put the value back, and fixtures of tests. */
function isStartup({ name, body, decorators }: FunctionDef): boolean {
  let restores = false;
  walk(body, (node) => {
    if (node.kind === "Try" && node.finalbody.length > 0) restores = true;
    if (node.kind === "Yield") restores = true;
  });
  const isTest = /^(?:ready|setUp|tearDown|setUpClass|setUpTestData|__enter__|__exit__|override\w*|main|test\w*)$/.test(
    name,
  );
  return (
    restores ||
    isTest ||
    decorators.some((one) => /fixture|contextmanager/.test(dottedName(one.kind === "Call" ? one.func : one) ?? ""))
  );
}

const CHANGES = /^(?:append|extend|insert|update|pop|remove|clear|setdefault)$/;

function changedSetting(statement: Stmt): { readonly name: string; readonly at: Expr } | undefined {
  const targets =
    statement.kind === "Assign" ? statement.targets : statement.kind === "AugAssign" ? [statement.target] : [];
  for (const at of targets) {
    const name = settingIn(at);
    if (name !== undefined) return { name, at };
  }
  const call = statement.kind === "Expr" && statement.value.kind === "Call" ? statement.value : undefined;
  if (call === undefined) return undefined;
  const { func, args } = call;
  if (func.kind === "Attribute" && CHANGES.test(func.attr)) {
    const name = settingIn(func.value);
    return name === undefined ? undefined : { name, at: func };
  }
  const [object, key] = args;
  const isSet = dottedName(func) === "setattr" && object !== undefined && dottedName(object) === "settings";
  return isSet && key?.kind === "Str" && /^[A-Z]/.test(key.value) ? { name: key.value, at: func } : undefined;
}

/** The setting that an attribute, or a part of one, belongs to. */
function settingIn(expression: Expr): string | undefined {
  let current = expression;
  while (current.kind === "Subscript") current = current.value;
  const [, name] = /^settings\.([A-Z][A-Z0-9_]*)$/.exec(dottedName(current) ?? "") ?? [];
  return name;
}
