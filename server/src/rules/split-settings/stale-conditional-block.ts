import { isSettingName } from "../../project/djangoNames";
import { placeLabel } from "../../lint/phrases";
import { defineRule, siteOf, targetOf, type ContextOf } from "../../lint/rule";
import type { Binding, Branch, Read } from "../../python/program/evaluation";
import { truthOf } from "../../python/semantics/operators";
import { finalBindings, isMadeAfter } from "../questions/assignments/bindings";
import { isSecurityRelevant } from "../questions/checks/securitySettings";
import { missingEffects, visibleEffects } from "../questions/splits/blockEffects";
import { fixesFor } from "../questions/splits/blockFixes";
import doc from "./stale-conditional-block.md";

type Context = ContextOf<typeof staleConditionalBlock>;

const APP_LISTS = new Set(["INSTALLED_APPS", "MIDDLEWARE"]);

/** A branch that was decided on a value which a later module replaces, where what it did (or left out) is still to be seen. */
export const staleConditionalBlock = defineRule({
  id: "stale-conditional-block",
  category: "split-settings",
  severity: "warning",
  audience: "entry",
  messages: {
    ran: "{source} is changed after this block has run: {module} only changes it at {place}, and what the block did to {effects} stays. Move the block to the modules that want it, or make {source} final before it.",
    skipped:
      "{source} is changed after this block was skipped: {module} only changes it at {place}, and the block that sets {effects} never ran. Move it to the modules that want it, or make {source} final before it.",
  },
  fixes: {
    repeat: { safety: "unsafe", title: "Repeat the block in {module} after {source} is set" },
    moveBelow: { safety: "unsafe", title: "Move the block below the last assignment of {source}" },
    moveToModules: { safety: "unsafe", title: "Move the block to {modules}" },
    readEnvironment: { safety: "unsafe", title: "Read {source} from the environment before the block" },
  },
  doc,

  check(context) {
    for (const branch of context.evaluation.branches) {
      if (branch.outcome === "undecided") continue;
      const later = replacedRead(context, branch);
      const again = context.evaluation.recompute(branch.statement.test, branch.site.file);
      const isDifferent = truthOf(again) === (branch.outcome === "no");
      if (later !== undefined && isDifferent) reportBranch(context, branch, later);
    }
  },
});

interface Replaced {
  readonly read: Read;
  readonly later: Binding;
}

/** A setting that the condition read and that certainly has another binding in the end. */
function replacedRead(context: Context, branch: Branch): Replaced | undefined {
  for (const read of branch.reads) {
    if (read.binding === undefined || !isSettingName(read.name)) continue;
    const final = finalBindings(context.evaluation, context.setting(read.name).outcomes);
    const later = final?.[0];
    if (later !== undefined && final?.every((binding) => isMadeAfter(context.evaluation, binding.id, read.binding)))
      return { read, later };
  }
  return undefined;
}

function reportBranch(context: Context, branch: Branch, { read, later }: Replaced): void {
  const { statement } = branch;
  const [taken, skipped] =
    branch.outcome === "yes" ? [statement.body, statement.orelse] : [statement.orelse, statement.body];
  const done = visibleEffects(context, branch, taken);
  const missing = missingEffects(context, skipped, later);
  const effects = done.length > 0 ? done : missing;
  if (effects.length === 0) return;
  const change = targetOf(later.step);
  const isProduction = context.module.role === "production" || context.module.role === "staging";
  const isDangerous = effects.some((name) => isSecurityRelevant(name) || APP_LISTS.has(name));
  context.report({
    message: done.length > 0 ? "ran" : "skipped",
    values: {
      source: read.name,
      place: placeLabel(context, change),
      effects: listed(effects),
    },
    at: siteOf(branch.site.file, statement.test),
    setting: effects[0] as string,
    severity: isProduction && isDangerous ? "error" : "warning",
    chain: [{ site: change, text: `${read.name} gets its last value here, in ${later.step.module}.` }],
    fixes: fixesFor(context, { branch, read, later, ran: done.length > 0 }),
  });
}

function listed(names: readonly string[]): string {
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}
