import { servesProduction } from "../../lint/settingsModules";
import { listed } from "../../lint/phrases";
import { defineRule, type EntryModule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { workspaceApp } from "../questions/apps/appLabels";
import { hasTables } from "../questions/apps/appTables";
import { lacksApps } from "../questions/apps/installedApps";
import { allEntries, entrySite, type ListEntry } from "../questions/lists/entries";
import doc from "./local-app-only-in-development.md";

/** What an app for developers is called, in any part of its name. */
const FOR_DEVELOPERS =
  /(?:^|[._])(?:tests?|testing|testapp|demos?|examples?|samples?|sandbox|dev|develop\w*|devtools?|debug|mocks?|fakes?|fixtures?|factories|playground|seeds?|styleguide|pattern\w*|e2e|cypress|benchmarks?|local|tools?|toolbox)(?:[._]|$)/i;

export const localAppOnlyInDevelopment = defineRule({
  id: "local-app-only-in-development",
  category: "split-settings",
  severity: "info",
  audience: "development",
  messages: {
    missing:
      "{app} is installed in {module}, but not in {others}: production has none of its tables, and queries of its models fail there. Move it to the settings that both import.",
  },
  doc,

  check(context) {
    const production = context.entries.filter(
      ({ module }) => module.role !== "single" && servesProduction(module.role),
    );
    if (production.length === 0) return;
    const others = listed(production.map(({ module }) => module.name));
    for (const { proof, entry } of installedEntries(context)) {
      const app = FOR_DEVELOPERS.test(entry.text) ? undefined : workspaceApp(context, entry.text);
      if (app === undefined || app === "external" || !hasTables(context, app)) continue;
      if (!production.every((one) => lacksApps(inModule(context, one), [app.name, entry.text]))) continue;
      context.report({ message: "missing", values: { app: app.name, others }, proof, at: entrySite(proof, entry) });
    }
  },
});

/** The apps that the module certainly installs. */
function installedEntries(context: RuleContext): readonly { readonly proof: Proof; readonly entry: ListEntry }[] {
  const proof = context.setting("INSTALLED_APPS").mustBe((value) => allEntries(value) !== undefined);
  return proof === undefined ? [] : (allEntries(proof.value) ?? []).map((entry) => ({ proof, entry }));
}

function inModule(context: RuleContext, entry: EntryModule): Pick<RuleContext, "setting" | "djangoAtLeast"> {
  return { setting: (name) => context.settingOf(entry, name), djangoAtLeast: context.djangoAtLeast };
}
