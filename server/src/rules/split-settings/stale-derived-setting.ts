import { proofChain } from "../../lint/chain";
import { placeLabel } from "../../lint/phrases";
import { defineRule, siteOf, targetOf, type ContextOf } from "../../lint/rule";
import type { Binding, Read } from "../../python/program/evaluation";
import type { Outcome } from "../../python/values/value";
import { bindingOf, finalBindings, isSettingName } from "../questions/assignments/bindings";
import { isSecurityRelevant } from "../questions/checks/securitySettings";
import { fixesFor } from "../questions/splits/derivedFixes";
import { differs, keepsOld } from "../questions/splits/staleValues";
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
      "{setting} is computed from {source} here, but {module} gives {source} another value later, at {place}. {setting} keeps the old one: set it again after that, or make {source} final before it is used.",
  },
  fixes: {
    computeAgain: { safety: "unsafe", title: "Compute {setting} again in {module}" },
    moveBelow: { safety: "unsafe", title: "Compute {setting} after the last word on {source}" },
    moveToModules: { safety: "unsafe", title: "Compute {setting} in {modules} only" },
    readEnvironment: { safety: "unsafe", title: "Read {source} from the environment before {setting} is computed" },
  },
  doc,

  check(context) {
    for (const name of context.evaluation.names.filter(isSettingName)) {
      for (const outcome of context.setting(name).outcomes) {
        const binding = bindingOf(context.evaluation, outcome);
        const stale = binding === undefined ? undefined : staleRead(context, binding, outcome);
        if (binding === undefined || stale === undefined) continue;
        reportStale(context, name, binding, stale);
        break;
      }
    }
  },
});

interface Stale {
  readonly read: Read;
  /** The binding that replaced what was read. */
  readonly later: Binding;
}

function staleRead(context: Context, binding: Binding, outcome: Outcome): Stale | undefined {
  const { expression } = binding;
  if (expression === undefined || !binding.atModuleLevel) return undefined;
  for (const read of binding.reads) {
    const later = isSettingName(read.name) ? replacement(context, read) : undefined;
    if (later === undefined || later.id <= binding.id) continue;
    const again = context.evaluation.recompute(expression, binding.step.site.file);
    if (differs(binding.value, again) && keepsOld(binding.value, again, outcome.value)) return { read, later };
  }
  return undefined;
}

/** The binding that certainly stands, in every world, in place of the one that was read. */
function replacement(context: Context, read: Read): Binding | undefined {
  if (read.binding === undefined) return undefined;
  const final = finalBindings(context.evaluation, context.setting(read.name).outcomes);
  const isReplaced = final?.every((binding) => binding.id > (read.binding ?? 0)) === true;
  return isReplaced ? final?.[0] : undefined;
}

function reportStale(context: Context, setting: string, binding: Binding, { read, later }: Stale): void {
  const { module } = context;
  const proof = context.setting(setting).mustBe(() => true);
  const change = targetOf(later.step);
  const isProduction = module.role === "production" || module.role === "staging";
  context.report({
    message: "stale",
    values: {
      source: read.name,
      module: module.name,
      place: placeLabel(context, change),
    },
    at: targetOf(binding.step),
    setting,
    // What tests run with is rarely what a derived value was written for.
    severity: module.role === "test" ? "info" : isProduction && isSecurityRelevant(setting) ? "error" : "warning",
    chain: [
      { site: siteOf(binding.step.site.file, read.range), text: `${read.name} is read here.` },
      { site: change, text: `${read.name} gets its last value here, in ${later.step.module}.` },
      ...(proof === undefined ? [] : proofChain(module, proof, proof.site).slice(1)),
    ],
    fixes: fixesFor(context, { setting, binding, read, later }),
  });
}
