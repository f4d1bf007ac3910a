import { isSettingName } from "../../project/djangoNames";
import { LineIndex } from "../../base/text";
import { isDjangoSetting } from "../../django/facts";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { If, Stmt } from "../../syntax/ast";
import { allStatements, boundNames, inStatements } from "../../syntax/statements";
import { dottedName } from "../../syntax/dottedName";

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

/** Two plain assignments of one block with nothing between them that could use the first. */
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
    if (!mayReplace(targetsIn(context.file.ast))) return;
    // Only where two values are compared: what has looked at the text is run again after every edit of it.
    let known: LineIndex | undefined;
    const lines = (): LineIndex => (known ??= new LineIndex(context.file.text));
    for (const body of blocksOf(context.file.ast.body)) checkBlock(context, body, lines);
  },
});

/** Statements that run one after the other: a module's, and those of each branch of its conditions. */
function blocksOf(body: readonly Stmt[]): readonly (readonly Stmt[])[] {
  const conditions = body.filter((statement) => statement.kind === "If");
  return [body, ...conditions.flatMap(branchesOf).flatMap(blocksOf)];
}

function checkBlock(context: Context, body: readonly Stmt[], lines: () => LineIndex): void {
  const deletions = body.filter((statement) => statement.kind === "Delete");
  for (const { setting, index, next } of replacements(body.map(targetsOf))) {
    const [statement, later] = [body[index] as Stmt, body[next] as Stmt];
    if (isUsedBetween(context, body.slice(index + 1, next), setting)) continue;
    if (statement.kind === "If" && isUsedIn(context, statement, setting)) continue;
    if (reads(later, setting) || isDeleted(deletions, setting) || isDefault(lines(), statement, later)) continue;
    // Of a value that a condition chooses no single statement can go.
    const first = statement.kind === "If" ? assignedIn(statement, setting)[0] : statement;
    if (first === undefined || (isPlaceholder(first) && !isDjangoSetting(setting))) continue;
    reportUnused(context, lines(), { setting, first, later, isWhole: first === statement });
  }
}

/** A statement that gives a setting a value, and the next one that replaces it in any case; by their indexes. */
interface Replacement {
  readonly setting: string;
  readonly index: number;
  readonly next: number;
}

/** In the order of the text. Found in one go: a module may have thousands of assignments. */
function replacements(targets: readonly Targets[]): readonly Replacement[] {
  const following = new Map<string, number>();
  const found: Replacement[] = [];
  for (let index = targets.length - 1; index >= 0; index -= 1) {
    const { assigned, plain } = targets[index] as Targets;
    for (const setting of assigned) {
      const next = following.get(setting);
      if (next !== undefined) found.push({ setting, index, next });
    }
    if (plain !== undefined) following.set(plain, index);
  }
  return found.reverse();
}

interface Targets {
  readonly assigned: readonly string[];
  /** What the statement gives a value in any case. */
  readonly plain: string | undefined;
  /** Whether a block inside of it may replace what it has given a value itself. */
  readonly replacesInside: boolean;
}

/** One for each statement. Whoever looks at no more is not concerned by edits of values. */
const targetsIn = inStatements((statement) => [targetsOf(statement)]);

const knownTargets = new WeakMap<Stmt, Targets>();

function targetsOf(statement: Stmt): Targets {
  let targets = knownTargets.get(statement);
  if (targets === undefined) {
    const blocks = statement.kind === "If" ? branchesOf(statement) : [];
    const replacesInside = blocks.some((block) => mayReplace(block.map(targetsOf)));
    targets = { assigned: assignedNames(statement), plain: plainTarget(statement), replacesInside };
    knownTargets.set(statement, targets);
  }
  return targets;
}

function mayReplace(targets: readonly Targets[]): boolean {
  return targets.some(({ replacesInside }) => replacesInside) || replacements(targets).length > 0;
}

/** The names that a statement gives values: its own, or those of the assignments in the branches of an `if`. */
function assignedNames(statement: Stmt): readonly string[] {
  const targets = statement.kind === "If" ? branchesOf(statement).flat().map(simpleTarget) : [simpleTarget(statement)];
  return [...new Set(targets)].filter((name) => name !== undefined);
}

/** Whether an `if` does something with a setting, beside giving it values in its branches. */
function isUsedIn(context: Context, statement: If, setting: string): boolean {
  const assignments = assignedIn(statement, setting);
  const others = branchesOf(statement)
    .flat()
    .filter((one) => !assignments.includes(one));
  return reads(statement, setting) || isUsedBetween(context, others, setting);
}

function plainTarget(statement: Stmt): string | undefined {
  return statement.kind === "If" ? chosenTarget(statement) : simpleTarget(statement);
}

function simpleTarget(statement: Stmt): string | undefined {
  const names = statement.kind === "Assign" || statement.kind === "AnnAssign" ? boundNames(statement) : [];
  const [name] = names;
  return names.length === 1 && name !== undefined && isSettingName(name) ? name : undefined;
}

/** The name that each branch of an `if` with an `else` assigns, and nothing but that. */
function chosenTarget(statement: If): string | undefined {
  const [first, ...others] = branchesOf(statement).map((branch) => {
    const [only, second] = branch;
    return only === undefined || second !== undefined ? undefined : simpleTarget(only);
  });
  return others.length > 0 && others.every((name) => name === first) ? first : undefined;
}

function assignedIn(statement: If, setting: string): readonly Stmt[] {
  return branchesOf(statement).flatMap((branch) => branch.filter((one) => simpleTarget(one) === setting));
}

/** The blocks of an `if` with all its `elif` and its `else`, which is empty where there is none. */
function branchesOf({ body, orelse }: If): readonly (readonly Stmt[])[] {
  const [only, second] = orelse;
  return [body, ...(only?.kind === "If" && second === undefined ? branchesOf(only) : [orelse])];
}

/** Reads, changes, and everything that may read the whole namespace: star imports, calls of `include()`, `globals()`, `exec()`. */
function isUsedBetween(context: Context, statements: readonly Stmt[], setting: string): boolean {
  return [...allStatements(statements, "branches")].some(
    (statement) =>
      (statement.kind === "ImportFrom" && statement.names === "*" && mayMention(context, statement, setting)) ||
      statement.kind === "BadStmt" ||
      changedName(statement) === setting ||
      boundNames(statement).includes(setting) ||
      reads(statement, setting) ||
      ["include", "globals", "locals", "vars", "exec"].some((name) => reads(statement, name)) ||
      (reads(statement, "__name__") && !namesLogger(statement)),
  );
}

/** `logger = logging.getLogger(__name__)`; other functions that get the module's name may look into it. */
function namesLogger(statement: Stmt): boolean {
  const value = statement.kind === "Assign" ? statement.value : undefined;
  return value?.kind === "Call" && /(?:^|\.)get_?logger$/i.test(dottedName(value.func) ?? "");
}

/** Whether a star import may bring or read a name: only a module of the workspace is known not to. */
function mayMention({ entries, source }: Context, statement: Stmt, setting: string): boolean {
  const event = entries.flatMap(({ evaluation }) => evaluation.imports).find((one) => one.statement === statement);
  const imported = event?.file === undefined ? undefined : source(event.file);
  return (
    imported === undefined ||
    /import \*|\b(?:globals|exec|include|setattr)\b/.test(imported.text) ||
    imported.text.includes(setting)
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

interface Overwritten {
  readonly setting: string;
  readonly first: Stmt;
  readonly later: Stmt;
  /** The first statement is all that gives the value. */
  readonly isWhole: boolean;
}

function reportUnused(context: Context, lines: LineIndex, { setting, first, later, isWhole }: Overwritten): void {
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
    fixes: [isWhole ? { id: "removeFirst", edit: (edit) => edit.deleteStatement(path, first) } : undefined],
  });
}
