import { isSettingName, settingNames } from "../../project/djangoNames";
import { proofChain } from "../../lint/chain";
import { isTruthy } from "../../lint/effective";
import { allEnvironmentReads } from "../../lint/environmentReads";
import type { Severity } from "../../lint/finding";
import { listed, placeLabel } from "../../lint/phrases";
import { defineRule, siteOf, targetOf, type ContextOf } from "../../lint/rule";
import { servesProduction } from "../../lint/settingsModules";
import type { Binding, Evaluation, Read } from "../../python/program/evaluation";
import type { Outcome, Value } from "../../python/values/value";
import { resolve } from "../../python/semantics/resolve";
import { keyOf } from "../../python/values/symbolic";
import { bindingOf, finalBindings, isMadeAfter } from "../questions/assignments/bindings";
import { isSecurityRelevant } from "../questions/checks/securitySettings";
import { armsOf } from "../questions/dicts/dicts";
import { computeAllAgain, fixesFor, type StaleSetting } from "../questions/splits/derivedFixes";
import { keepsOld } from "../questions/splits/staleValues";
import doc from "./stale-derived-setting.md";

type Context = ContextOf<typeof staleDerivedSetting>;

/** Reported only where computing again certainly gives another value than the one that the module ends with. */
export const staleDerivedSetting = defineRule({
  id: "stale-derived-setting",
  category: "split-settings",
  severity: "warning",
  audience: "entry",
  messages: {
    stale:
      "{setting} is computed here from an earlier {source}: {module} gives {source} another value at {place}, and {setting} keeps the old one. Set it again after that, or make {source} final before it is used.",
    several:
      "{source} changes here, after {settings} were computed from it: in {module} they keep what the old value gave. Set {source} before they are computed, or compute them again.",
  },
  fixes: {
    computeAllAgain: { safety: "unsafe", title: "Compute them again in {module}" },
    computeAgain: { safety: "unsafe", title: "Compute {setting} again in {module}" },
    moveBelow: { safety: "unsafe", title: "Compute {setting} after {source} is last assigned" },
    moveToModules: { safety: "unsafe", title: "Compute {setting} in {modules} only" },
    readEnvironment: { safety: "unsafe", title: "Read {source} from the environment before {setting} is computed" },
  },
  doc,

  check(context) {
    if (!context.evaluation.answer("may be stale", mayBeStale)) return;
    const found = settingNames(context.evaluation.names).flatMap((name) => staleSetting(context, name) ?? []);
    // One late override is one mistake, however many settings were made of the old value.
    const causes = new Set(found.map(({ later }) => later));
    for (const cause of causes) {
      const [first, ...others] = found.filter(({ later }) => later === cause);
      if (first === undefined) continue;
      if (others.length === 0) reportStale(context, first);
      else reportSeveral(context, first, [first, ...others]);
    }
  },
});

type Stale = Pick<StaleSetting, "read" | "later" | "isByVariable">;

function requiredVariables(value: Value): readonly string[] {
  return allEnvironmentReads(value).flatMap((one) => (one.fallback === undefined ? [one.variable] : []));
}

/**
 * A value where some variables are set. Those without a default always are, or the module does not load: then it does not matter
 * that another read of the same variable has a default.
 */
function withTexts(value: Value, variables: readonly string[]): Value {
  return resolve(value, (name) => (variables.includes(name) ? { set: true, text: "1" } : undefined));
}

/** A value where nobody sets the variables that have a default; others stay as they are. */
function withDefaults(value: Value): Value {
  const optional = allEnvironmentReads(value).flatMap((one) => (one.fallback === undefined ? [] : [one.variable]));
  return resolve(value, (name) => (optional.includes(name) ? { set: false } : undefined));
}

/** Whether anything read a setting that is bound again later: of most modules nothing has, and no setting need be asked for. */
function mayBeStale({ bindings }: Evaluation): boolean {
  const last = new Map<string, number>();
  const boundAgain = new Set<string>();
  // Their order tells what came later: what is remembered of an earlier evaluation keeps the ids that it had there.
  for (const [place, { name }] of bindings.entries()) {
    if (last.has(name)) boundAgain.add(name);
    last.set(name, place);
  }
  const isReplaced = ({ name, binding }: Read, place: number): boolean =>
    binding !== undefined && boundAgain.has(name) && isSettingName(name) && (last.get(name) ?? 0) > place;
  return boundAgain.size > 0 && bindings.some(({ reads }, place) => reads.some((read) => isReplaced(read, place)));
}

/** The first outcome of a setting that keeps an old value. */
function staleSetting(context: Context, setting: string): StaleSetting | undefined {
  for (const outcome of context.setting(setting).outcomes) {
    const binding = bindingOf(context.evaluation, outcome);
    const stale = binding === undefined ? undefined : staleRead(context, binding, outcome);
    if (binding !== undefined && stale !== undefined) return { setting, binding, ...stale };
  }
  return undefined;
}

function staleRead(context: Context, binding: Binding, outcome: Outcome): Stale | undefined {
  const { expression } = binding;
  if (expression === undefined || !binding.atModuleLevel) return undefined;
  for (const read of binding.reads) {
    // A setting that grows from its own earlier value replaces it and keeps nothing old.
    if (read.name === binding.name) continue;
    // Nobody forges what tests sign.
    if (read.name === "SECRET_KEY" && context.module.role === "test") continue;
    const later = isSettingName(read.name) ? replacement(context, read) : undefined;
    if (later === undefined || !isMadeAfter(context.evaluation, later.id, binding.id)) continue;
    const computed = context.evaluation.recompute(expression, binding.step.site.file);
    // Of alternatives only the one counts that the setting ends with, where no variable brings it.
    const arm = armsOf(binding.value).find((one) => keyOf(one) === keyOf(outcome.value));
    if (arm !== undefined && arm !== binding.value && !isUsual(context, binding.name, arm)) continue;
    const required = [arm ?? binding.value, computed].flatMap(requiredVariables);
    const [before, again, final] = [arm ?? binding.value, computed, outcome.value].map((value) =>
      withTexts(value, required),
    ) as [Value, Value, Value];
    if (!keepsOld(before, again, final)) continue;
    const isByVariable = !keepsOld(withDefaults(before), again, withDefaults(final));
    // What a developer's own variable makes of it is seen by nobody else.
    if (isByVariable && !servesProduction(context.module.role)) continue;
    return { read, later, isByVariable };
  }
  return undefined;
}

/** Whether a setting ends with a value while no variable is set. */
function isUsual(context: Context, setting: string, value: Value): boolean {
  return context
    .setting(setting)
    .read("missing")
    .some((one) => keyOf(one.value) === keyOf(value));
}

/** The binding that certainly stands, in every world, in place of the one that was read. */
function replacement(context: Context, read: Read): Binding | undefined {
  if (read.binding === undefined) return undefined;
  const final = finalBindings(context.evaluation, context.setting(read.name).outcomes);
  const isReplaced = final?.every((binding) => isMadeAfter(context.evaluation, binding.id, read.binding)) === true;
  return isReplaced ? final?.[0] : undefined;
}

function severityOf({ module, setting }: Context, group: readonly StaleSetting[]): Severity {
  // What tests run with is rarely what a derived value was written for.
  if (module.role === "test" || group.every(({ isByVariable }) => isByVariable)) return "info";
  // What was computed without DEBUG is on the safe side.
  if (group.every(({ read }) => read.name === "DEBUG") && setting("DEBUG").certainly(isTruthy)) return "info";
  const settings = group.map((one) => one.setting);
  const isProduction = module.role === "production" || module.role === "staging";
  return isProduction && settings.some(isSecurityRelevant) ? "error" : "warning";
}

function reportSeveral(context: Context, first: StaleSetting, group: readonly StaleSetting[]): void {
  const { module } = context;
  const settings = group.map(({ setting }) => setting);
  const { read, later } = first;
  const edit = module.className === undefined ? computeAllAgain(context, group) : undefined;
  context.report({
    message: "several",
    values: { source: read.name, settings: listed(settings) },
    at: targetOf(later.step),
    setting: read.name,
    severity: severityOf(context, group),
    chain: group.map(({ setting, binding }) => ({
      site: targetOf(binding.step),
      text: `${setting} is computed from ${read.name} here.`,
    })),
    fixes: [
      edit && { id: "computeAllAgain", values: { module: module.name }, edit },
      ...fixesFor(context, first).filter(({ id }) => id === "readEnvironment"),
    ],
  });
}

function reportStale(context: Context, stale: StaleSetting): void {
  const { setting, binding, read, later } = stale;
  const { module } = context;
  const proof = context.setting(setting).mustBe(() => true);
  const change = targetOf(later.step);
  context.report({
    message: "stale",
    values: {
      source: read.name,
      module: module.name,
      place: placeLabel(context, change),
    },
    at: targetOf(binding.step),
    setting,
    severity: severityOf(context, [stale]),
    chain: [
      { site: siteOf(binding.step.site.file, read.range), text: `${read.name} is read here.` },
      { site: change, text: `${read.name} gets its last value here, in ${later.step.module}.` },
      ...(proof === undefined ? [] : proofChain(module, proof, proof.site).slice(1)),
    ],
    fixes: fixesFor(context, stale),
  });
}
