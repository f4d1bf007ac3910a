import { isDjangoSetting } from "../../django/facts";
import { listed } from "../../lint/phrases";
import { defineRule, targetOf, type RuleContext } from "../../lint/rule";
import { isCertainUse, mayHaveLocalSettings, usedSettings } from "../questions/modules/codeUses";
import doc from "./setting-missing-in-production.md";

export const settingMissingInProduction = defineRule({
  id: "setting-missing-in-production",
  category: "split-settings",
  severity: "error",
  audience: "production",
  messages: {
    missing:
      "settings.{name} is not defined in {module}: this line raises AttributeError in {environment}, because only {others} {verb} it. Define it there, too.",
  },
  doc,

  check(context) {
    const { entries, evaluation, isConfirmed, module } = context;
    // A second, left-over set of settings looks deployed, too, as long as nothing says which one is.
    if (!isConfirmed || entries.length < 2 || evaluation.failure !== undefined) return;
    if (mayHaveLocalSettings(context)) return;
    for (const [name, site] of usedSettings(context)) {
      if (isDjangoSetting(name) || !context.setting(name).isUnset || mayComeFromAround(context, name)) continue;
      const others = entries.filter((entry) => entry.module !== module && !context.settingOf(entry, name).isUnset);
      const definitions = others.flatMap(
        ({ evaluation: other }) => other.bindings.findLast((one) => one.name === name) ?? [],
      );
      const [first] = definitions;
      if (first === undefined || !isCertainUse(context, site)) continue;
      context.report({
        message: "missing",
        values: {
          name,
          others: listed(others.map((one) => one.module.name)),
          verb: others.length === 1 ? "defines" : "define",
        },
        at: site,
        chain: [{ site: targetOf(first.step), text: `${name} is defined here only.` }],
      });
    }
  },
});

/**
 * A package that chooses runs the module as a part of itself, with what it defines around it; not where a server starts the module
 * by its own name, and not what only modules for other environments define.
 */
function mayComeFromAround({ entries, module, project }: RuleContext, name: string): boolean {
  if (module.entryPoints.some(({ kind }) => kind === "wsgi" || kind === "asgi")) return false;
  const elsewhere = new Set(
    project.modules.filter(({ role }) => role === "development" || role === "test").map(({ file }) => file),
  );
  return entries.some(
    ({ module: other, evaluation }) =>
      other !== module &&
      evaluation.files.slice(1).includes(module.file) &&
      evaluation.bindings.some((one) => one.name === name && !elsewhere.has(one.step.site.file)),
  );
}
