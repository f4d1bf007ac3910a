import { LineIndex } from "../../base/text";
import { isDjangoSetting } from "../../django/facts";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Stmt } from "../../syntax/ast";
import { allStatements, boundNames } from "../../syntax/statements";
import { isSettingName } from "../questions/assignments/bindings";
import { changedName, reads } from "../questions/assignments/statements";
import doc from "./setting-overwritten.md";

type Context = ContextOf<typeof settingOverwritten>;

/** Losing one of these by accident costs more than a constant. */
const IMPORTANT = new Set([
  "DATABASES",
  "MIDDLEWARE",
  "INSTALLED_APPS",
  "TEMPLATES",
  "CACHES",
  "LOGGING",
  "REST_FRAMEWORK",
]);
/** A default written right above its environment read is a style of its own. */
const DEFAULT_DISTANCE = 3;

/** Two plain assignments at module level with nothing between them that could use the first. */
export const settingOverwritten = defineRule({
  id: "setting-overwritten",
  category: "split-settings",
  severity: "info",
  audience: "file",
  messages: {
    unused: "This value of {setting} is never used: line {line} of this file replaces it. Keep one of the two.",
  },
  fixes: { removeFirst: { safety: "unsafe", title: "Remove this assignment of {setting}" } },
  doc,

  check(context) {
    const { body } = context.file.ast;
    const targets = body.map(plainTarget);
    const following = nextOfSame(targets);
    const lines = new LineIndex(context.file.text);
    const deletions = body.filter((statement) => statement.kind === "Delete");
    for (const [index, statement] of body.entries()) {
      const setting = targets[index];
      const next = following[index];
      if (setting === undefined || next === undefined) continue;
      if (isUsedBetween(body.slice(index + 1, next), setting)) continue;
      const later = body[next] as Stmt;
      if (reads(later, setting) || isDeleted(deletions, setting) || isDefault(lines, statement, later)) continue;
      if (isPlaceholder(statement) && !isDjangoSetting(setting)) continue;
      reportUnused(context, lines, setting, statement, later);
    }
  },
});

/** For each index that of the next equal name after it. Computed once: a module may have thousands of assignments. */
function nextOfSame(names: readonly (string | undefined)[]): readonly (number | undefined)[] {
  const seen = new Map<string | undefined, number>();
  const next = names.map((): number | undefined => undefined);
  for (let index = names.length - 1; index >= 0; index -= 1) {
    next[index] = seen.get(names[index]);
    seen.set(names[index], index);
  }
  return next;
}

function plainTarget(statement: Stmt): string | undefined {
  const names = statement.kind === "Assign" || statement.kind === "AnnAssign" ? boundNames(statement) : [];
  const [name] = names;
  return names.length === 1 && name !== undefined && isSettingName(name) ? name : undefined;
}

/** Reads, changes, and everything that may read the whole namespace: star imports, calls of `include()`, `globals()`, `exec()`. */
function isUsedBetween(statements: readonly Stmt[], setting: string): boolean {
  return [...allStatements(statements, "branches")].some(
    (statement) =>
      (statement.kind === "ImportFrom" && statement.names === "*") ||
      statement.kind === "BadStmt" ||
      changedName(statement) === setting ||
      boundNames(statement).includes(setting) ||
      reads(statement, setting) ||
      ["include", "globals", "locals", "vars", "exec", "__name__"].some((name) => reads(statement, name)),
  );
}

function isDeleted(deletions: readonly Stmt[], setting: string): boolean {
  return deletions.some((statement) => reads(statement, setting));
}

/** `TIMEOUT = 5` directly above `TIMEOUT = env.int("TIMEOUT", TIMEOUT)` or a like call. */
function isDefault(lines: LineIndex, first: Stmt, later: Stmt): boolean {
  const distance = lines.position(later.start).line - lines.position(first.end).line;
  return (
    distance <= DEFAULT_DISTANCE &&
    "value" in later &&
    (reads(later, "os") || reads(later, "env") || reads(later, "config"))
  );
}

/** `STYLES = {}` above the real value documents a setting of the project's own. */
function isPlaceholder(statement: Stmt): boolean {
  const value = statement.kind === "Assign" || statement.kind === "AnnAssign" ? statement.value : undefined;
  switch (value?.kind) {
    case "Dict":
      return value.items.length === 0;
    case "List":
    case "Tuple":
      return value.elts.length === 0;
    case "Str":
      return value.value === "";
    case "Constant":
      return value.value === null || value.value === false;
    default:
      return false;
  }
}

function reportUnused(context: Context, lines: LineIndex, setting: string, first: Stmt, later: Stmt): void {
  const { path } = context.file;
  const target = first.kind === "Assign" ? first.targets[0] : first.kind === "AnnAssign" ? first.target : undefined;
  const line = lines.position(later.start).line + 1;
  context.report({
    message: "unused",
    values: { line: String(line) },
    at: siteOf(path, target ?? first),
    setting,
    severity: IMPORTANT.has(setting) ? "warning" : "info",
    chain: [{ site: siteOf(path, later), text: `${setting} is assigned again here.` }],
    tags: ["unnecessary"],
    fixes: [{ id: "removeFirst", edit: (edit) => edit.deleteStatement(path, first) }],
  });
}
