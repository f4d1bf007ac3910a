import { listed } from "../../../lint/phrases";
import type { EntryModule, ReportedFix, RuleContext } from "../../../lint/rule";
import type { Binding, Branch, Read } from "../../../python/program/evaluation";
import { truthOf } from "../../../python/semantics/operators";
import type { Stmt } from "../../../syntax/ast";
import { isOnlyIn, settingsFiles } from "../assignments/nameStatements";
import { namesIn } from "./blockEffects";
import { canStandIn, environmentEdit, lastWordOn, sourceOf, type Edit } from "./staleFixes";

type Context = RuleContext;
type Fixes = "repeat" | "moveBelow" | "moveToModules" | "readEnvironment";

/** A block that was decided before the last word on what decides it. */
export interface StaleBlock {
  readonly branch: Branch;
  readonly read: Read;
  /** What replaced the value that was read. */
  readonly later: Binding;
  /** Whether it did something. */
  readonly ran: boolean;
}

/** The ways to have it decided on the last value; the block itself is moved or repeated as it is written. */
export function fixesFor(context: Context, stale: StaleBlock): readonly ReportedFix<Fixes>[] {
  const { branch, read, later, ran } = stale;
  const { module } = context;
  if (module.className !== undefined) return [];
  const isHere = branch.site.file === module.file;
  const takers = context.entries.filter((entry) => wants(entry, branch));
  const edits: readonly (readonly [Fixes, Edit | undefined])[] = [
    ["repeat", isHere || ran ? undefined : repeat(context, stale)],
    ["moveBelow", isHere ? moveBelow(context, stale) : undefined],
    ["moveToModules", !isHere && ran ? moveToModules(context, stale, takers) : undefined],
    ["readEnvironment", environmentEdit(context, read, later)],
  ];
  const modules = listed(takers.map((entry) => entry.module.name));
  const values = { source: read.name, module: module.name, modules };
  return edits.flatMap(([id, edit]) => (edit === undefined ? [] : [{ id, values, edit }]));
}

/** Whether a module runs the block and it may do something there: its condition may be met in the end, or there is an `else`. */
function wants(entry: EntryModule, { statement, site }: Branch): boolean {
  const runsIt = entry.evaluation.branches.some((one) => one.statement === statement);
  const isIdle = truthOf(entry.evaluation.recompute(statement.test, site.file)) === false;
  return runsIt && !(isIdle && statement.orelse.length === 0);
}

function isTopLevel(context: Context, { site, statement }: Branch): boolean {
  return context.source(site.file)?.ast.body.includes(statement) === true;
}

/** Whether nothing behind the block in its module, and nothing at all in the others, mentions what it binds or changes. */
function isLastToTouch(context: Context, { site, statement }: Branch): boolean {
  const names = namesIn([statement]);
  return [...settingsFiles(context)].every((file) => {
    const ast = context.source(file)?.ast;
    const from = file === site.file ? statement.start : 0;
    return ast !== undefined && names.every((name) => isOnlyIn([{ statement }], ast, name, from));
  });
}

/** Where a block can stand in an entry module: behind the last word on what it needs and on what it changes. */
function placeIn(context: Context, entry: EntryModule, { branch, read }: StaleBlock): Stmt | undefined {
  const words = [read.name, ...namesIn([branch.statement])].flatMap((name) => lastWordOn(context, entry, name) ?? []);
  return words.toSorted((a, b) => b.start - a.start)[0];
}

function repeat(context: Context, stale: StaleBlock): Edit | undefined {
  const { branch } = stale;
  const { file } = context.module;
  const ast = context.source(file)?.ast;
  const after = placeIn(context, context, stale);
  if (ast === undefined || after === undefined || !isTopLevel(context, branch)) return undefined;
  if (!canStandIn(context, [branch.statement]) || !namesIn([branch.statement]).every((name) => isOnlyIn([], ast, name)))
    return undefined;
  const text = sourceOf(context, branch.site.file, branch.statement);
  return (edit) => edit.insertAfter(file, after, `\n${text}`);
}

function moveBelow(context: Context, stale: StaleBlock): Edit | undefined {
  const { site, statement } = stale.branch;
  const after = lastWordOn(context, context, stale.read.name);
  if (after === undefined || after.start < statement.end) return undefined;
  if (!isTopLevel(context, stale.branch) || !isLastToTouch(context, stale.branch)) return undefined;
  return (edit) => {
    edit.deleteStatement(site.file, statement);
    edit.insertAfter(site.file, after, `\n${sourceOf(context, site.file, statement)}`);
  };
}

function moveToModules(context: Context, stale: StaleBlock, takers: readonly EntryModule[]): Edit | undefined {
  const { site, statement } = stale.branch;
  const places = takers.map((entry) => ({ file: entry.module.file, after: placeIn(context, entry, stale) }));
  const isPossible = takers.every(
    (entry) =>
      entry.module.className === undefined && entry.module.file !== site.file && canStandIn(entry, [statement]),
  );
  if (takers.length === 0 || !isPossible || places.some(({ after }) => after === undefined)) return undefined;
  if (!isTopLevel(context, stale.branch) || !isLastToTouch(context, stale.branch)) return undefined;
  const text = `\n${sourceOf(context, site.file, statement)}`;
  return (edit) => {
    edit.deleteStatement(site.file, statement);
    for (const { file, after } of places) if (after !== undefined) edit.insertAfter(file, after, text);
  };
}
