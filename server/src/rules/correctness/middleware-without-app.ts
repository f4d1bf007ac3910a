import { appsOfMiddleware, type AppsOfMiddleware } from "../../django/appFacts";
import { listed } from "../../lint/phrases";
import { defineRule, type RuleContext } from "../../lint/rule";
import { lacksApps } from "../questions/apps/installedApps";
import { provenanceOf } from "../questions/assignments/assigned";
import { textOf } from "../questions/dicts/dicts";
import { placeInList } from "../questions/fixes/elementPlaces";
import { deleteElementFix, insertFix } from "../questions/fixes/settingFixes";
import { entrySite, knownEntries } from "../questions/lists/entries";
import { listsMiddleware, shortName } from "../questions/middleware/middleware";
import doc from "./middleware-without-app.md";

export const middlewareWithoutApp = defineRule({
  id: "middleware-without-app",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: { missing: "{middleware} needs {apps} in INSTALLED_APPS: {reason}. Add it, or remove the middleware." },
  fixes: {
    insert: { safety: "unsafe", title: "Add {apps} to INSTALLED_APPS" },
    remove: { safety: "unsafe", title: "Remove {middleware}" },
  },
  doc,

  check(context) {
    // A module without INSTALLED_APPS is hardly the whole of the settings.
    if (context.setting("INSTALLED_APPS").isUnset) return;
    for (const row of appsOfMiddleware) {
      const proof = listsMiddleware(context, row.middleware);
      const entry = proof && knownEntries(proof.value).find(({ text }) => text === row.middleware);
      const missing = proof === undefined ? [] : missingApps(context, row);
      if (proof === undefined || entry === undefined || missing.length === 0) continue;
      const apps = provenanceOf(context, "INSTALLED_APPS");
      const place = apps && placeInList(context, apps, {});
      context.report({
        message: "missing",
        values: { middleware: shortName(row.middleware), apps: listed(missing), reason: row.reason },
        proof,
        at: entrySite(proof, entry),
        severity: row.severity,
        fixes: [insertFix("insert", place, missing), deleteElementFix("remove", entry.item.site)],
      });
    }
  },
});

function missingApps(context: RuleContext, { apps, when }: AppsOfMiddleware): readonly string[] {
  const applies =
    when === undefined || context.setting(when.setting).certainly((value) => when.values.includes(textOf(value) ?? ""));
  return applies ? apps.filter((app) => lacksApps(context, [app])) : [];
}
