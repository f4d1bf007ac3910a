import { isSettingName } from "../../../project/djangoNames";
import { listed } from "../../../lint/phrases";
import type { EntryModule, ReportedFix, RuleContext } from "../../../lint/rule";
import type { Binding, Read } from "../../../python/program/evaluation";
import type { Expr } from "../../../syntax/ast";
import { finalBindings } from "../assignments/bindings";
import { statementsAbout } from "../assignments/nameStatements";
import { canStandIn, environmentEdit, lastWordOn, sourceOf, type Edit } from "./staleFixes";

type Context = RuleContext;
type Fixes = "computeAgain" | "moveBelow" | "moveToModules" | "readEnvironment";

/** A setting that keeps what another one gave it before that one was replaced. */
export interface StaleSetting {
  readonly setting: string;
  /** What computed it. */
  readonly binding: Binding;
  readonly read: Read;
  /** What replaced the value that was read. */
  readonly later: Binding;
  /** The same comes of both unless somebody sets a variable that has a default. */
  readonly isByVariable: boolean;
}

/** The ways to have it computed of the last value: nearest to what is written first. */
export function fixesFor(context: Context, stale: StaleSetting): readonly ReportedFix<Fixes>[] {
  const { setting, binding, read, later } = stale;
  const { module, entries } = context;
  if (module.className !== undefined) return [];
  const isHere = binding.step.site.file === module.file;
  const takers = entries.filter((entry) => isFrom(context, entry, stale));
  const edits: readonly (readonly [Fixes, Edit | undefined])[] = [
    ["computeAgain", isHere ? undefined : computeAgain(context, stale)],
    ["moveBelow", isHere ? moveBelow(context, stale) : undefined],
    ["moveToModules", isHere ? undefined : moveToModules(context, stale, takers)],
    ["readEnvironment", environmentEdit(context, read, later)],
  ];
  const modules = listed(takers.map((entry) => entry.module.name));
  const values = { setting, source: read.name, module: module.name, modules };
  return edits.flatMap(([id, edit]) => (edit === undefined ? [] : [{ id, values, edit }]));
}

function computeAgain(context: Context, { binding }: StaleSetting): Edit | undefined {
  const all = withDependents(context, [binding]);
  if (!all.every(({ expression }) => canStandIn(context, [expression]))) return undefined;
  const { file } = context.module;
  const [first, second] = all;
  // Where one needs the other, they stay together.
  if (first === undefined || second !== undefined) return insertComputed(context, all);
  return (edit) => edit.assign(file, first.name, sourceOf(context, first.file, first.expression));
}

/** Computes several settings again, and what is made of them, behind the last word on anything that one of them reads. */
export function computeAllAgain(context: Context, group: readonly StaleSetting[]): Edit | undefined {
  const all = withDependents(
    context,
    group.map(({ binding }) => binding),
  );
  const isHere = group.some(({ binding }) => binding.step.site.file === context.module.file);
  if (isHere || !all.every(({ expression }) => canStandIn(context, [expression]))) return undefined;
  return insertComputed(context, all);
}

function insertComputed(context: Context, all: readonly Computed[]): Edit | undefined {
  const { file } = context.module;
  const lines = all.map((one) => `\n${one.name} = ${sourceOf(context, one.file, one.expression)}`);
  const read = new Set(all.flatMap(({ reads }) => reads.map(({ name }) => name)));
  const words = [...read].flatMap((name) => lastWordOn(context, context, name) ?? []);
  const after = words.toSorted((a, b) => b.start - a.start)[0];
  return after === undefined ? undefined : (edit) => edit.insertAfter(file, after, lines.join(""));
}

interface Computed {
  readonly name: string;
  readonly file: string;
  readonly expression: Expr;
  readonly reads: readonly Read[];
}

/** Settings and those that are computed from them in turn, in the order in which that happens. */
function withDependents({ evaluation, setting }: Context, bindings: readonly Binding[]): readonly Computed[] {
  const stale = new Set(bindings.map(({ id }) => id));
  return evaluation.bindings.flatMap((one) => {
    const isFinal = finalBindings(evaluation, setting(one.name).outcomes)?.includes(one) === true;
    const isStale = one.reads.some((read) => read.binding !== undefined && stale.has(read.binding));
    if (!bindings.includes(one) && !(isStale && isFinal && isSettingName(one.name) && one.atModuleLevel)) return [];
    stale.add(one.id);
    return one.expression === undefined
      ? []
      : [{ name: one.name, file: one.step.site.file, expression: one.expression, reads: one.reads }];
  });
}

/** Only where nothing else mentions the setting: then it does not matter where in the module it stands. */
function moveBelow(context: Context, { setting, binding, read }: StaleSetting): Edit | undefined {
  const { file } = context.module;
  const [only, second] = statementsAbout(context, setting) ?? [];
  const after = lastWordOn(context, context, read.name);
  const { statement } = binding;
  if (only?.statement !== statement || second !== undefined || !only.isTopLevel) return undefined;
  if (after === undefined || after.start < statement.end) return undefined;
  return (edit) => {
    edit.deleteStatement(file, statement);
    edit.insertAfter(file, after, sourceOf(context, file, statement));
  };
}

/** Takes it out of the base module: nothing there is computed too early then. Only where nothing else mentions it. */
function moveToModules(context: Context, stale: StaleSetting, takers: readonly EntryModule[]): Edit | undefined {
  const { setting, binding } = stale;
  const { expression, statement } = binding;
  const { file } = binding.step.site;
  const [only, second] = statementsAbout(context, setting) ?? [];
  if (only?.statement !== statement || second !== undefined || !only.isTopLevel || expression === undefined)
    return undefined;
  const isClear = takers.every((entry) => entry.module.file !== file && canStandIn(entry, [expression]));
  if (takers.length < 2 || !isClear || takers.some(({ module }) => module.className !== undefined)) return undefined;
  return (edit) => {
    edit.deleteStatement(file, statement);
    for (const { module } of takers) edit.assign(module.file, setting, sourceOf(context, file, expression));
  };
}

/** Whether the same statement gives the setting its value in another entry module. */
function isFrom(context: Context, entry: EntryModule, { setting, binding }: StaleSetting): boolean {
  const { outcomes } = context.settingOf(entry, setting);
  return finalBindings(entry.evaluation, outcomes)?.some((one) => one.statement === binding.statement) === true;
}
