import { isDjangoSetting } from "../../django/facts";
import { listed } from "../../lint/phrases";
import { defineRule, targetOf, type ContextOf, type EntryModule, type RuleContext } from "../../lint/rule";
import type { EffectiveSetting } from "../../lint/setting";
import { workspaceApp } from "../questions/apps/appLabels";
import { hasApp } from "../questions/apps/installedApps";
import { textOf } from "../questions/dicts/dicts";
import { knownEntries } from "../questions/lists/entries";
import { isCertainUse, mayHaveLocalSettings, usedSettings } from "../questions/modules/codeUses";
import doc from "./setting-missing-in-production.md";

type Context = ContextOf<typeof settingMissingInProduction>;

const USERS = "AUTH_USER_MODEL";

export const settingMissingInProduction = defineRule({
  id: "setting-missing-in-production",
  category: "split-settings",
  severity: "error",
  audience: "production",
  messages: {
    missing:
      "settings.{name} is not defined in {module}: this line raises AttributeError in {environment}, because only {others} {verb} it. Define it there, too.",
    users:
      "AUTH_USER_MODEL is not set in {module}: {environment} keeps its users in Django's own model, while it is {model} in {others}, and the app of that model is installed here, too. Set it here as there.",
  },
  doc,

  check(context) {
    const { entries, evaluation, isConfirmed, module } = context;
    // A second, left-over set of settings looks deployed, too, as long as nothing says which one is.
    if (!isConfirmed || entries.length < 2 || evaluation.failure !== undefined) return;
    if (mayHaveLocalSettings(context)) return;
    reportUsers(context);
    for (const [name, site] of usedSettings(context)) {
      if (isDjangoSetting(name) || !context.setting(name).isUnset || mayComeFromAround(context, name)) continue;
      const others = entries.filter((entry) => entry.module !== module && !context.settingOf(entry, name).isUnset);
      const definitions = others.flatMap(
        ({ evaluation: other }) => other.bindings.findLast((one) => one.name === name) ?? [],
      );
      const [first] = definitions;
      if (first === undefined || isOfOtherSites(context, others) || !isCertainUse(context, site)) continue;
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

/** The one setting of Django's own whose default, where others set it, is another database. */
function reportUsers(context: Context): void {
  const { entries, module } = context;
  const isUnset = context.setting(USERS).isUnset && hasApp(context, "django.contrib.auth");
  if (!isUnset || mayComeFromAround(context, USERS)) return;
  const others = entries.filter((entry) => entry.module !== module && !context.settingOf(entry, USERS).isUnset);
  const [first] = others;
  const proof = first && context.settingOf(first, USERS).mustBe((value) => /^\w+\.\w+$/.test(textOf(value) ?? ""));
  const model = textOf(proof?.value);
  const [label = ""] = model?.split(".") ?? [];
  const isInstalled = context
    .setting("INSTALLED_APPS")
    .certainly((value) => knownEntries(value).some(({ text }) => isOwnApp(context, text, label)));
  if (proof === undefined || !isInstalled) return;
  context.report({
    message: "users",
    values: { model: model ?? "", others: listed(others.map((one) => one.module.name)) },
    at: context.headSite,
    setting: USERS,
    chain: [{ site: proof.site, text: `${USERS} is set here only.` }],
  });
}

function isOwnApp(context: Context, entry: string, label: string): boolean {
  const app = workspaceApp(context, entry);
  return typeof app === "object" && app.label === label;
}

/** Whether all of these modules serve other URLs: which of a project's several sites runs the code is not known then. */
function isOfOtherSites(context: RuleContext, others: readonly EntryModule[]): boolean {
  const urlsOf = (setting: EffectiveSetting): string | undefined =>
    textOf(setting.mustBe((value) => textOf(value) !== undefined)?.value);
  const own = urlsOf(context.setting("ROOT_URLCONF"));
  const served = others.map((entry) => urlsOf(context.settingOf(entry, "ROOT_URLCONF")));
  return own !== undefined && served.every((one) => one !== undefined && one !== own);
}

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
