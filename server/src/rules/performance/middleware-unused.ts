import { isEntryOfApp, uselessMiddleware, type UselessMiddleware } from "../../django/apps";
import { isFalsy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import { lacksApps } from "../questions/apps/installedApps";
import { hasOneLanguage } from "../questions/languages/languages";
import { knownEntries, listsCertainly } from "../questions/lists/entries";
import { listsMiddleware, middlewareSetting, shortName } from "../questions/middleware/middleware";
import { storesStaticElsewhere } from "../questions/storages/staticStorages";
import doc from "./middleware-unused.md";

export const middlewareUnused = defineRule({
  id: "middleware-unused",
  category: "performance",
  severity: "info",
  audience: "production",
  messages: {
    unused: "{middleware} does nothing in {module}: {reason}. Remove it, so that requests do not pass through it.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove {middleware}" } },
  doc,

  check(context) {
    for (const row of uselessMiddleware) {
      const proof = listsMiddleware(context, row.middleware);
      const entry = proof && knownEntries(proof.value).find(({ text }) => text === row.middleware);
      const site = entry?.item.site;
      if (proof === undefined || site === undefined || !isUseless(context, row)) continue;
      context.report({
        message: "unused",
        values: { middleware: shortName(row.middleware), reason: row.reason },
        proof,
        at: site,
        tags: ["unnecessary"],
        fixes: [{ id: "remove", edit: (edit) => edit.deleteElement(site.file, site.range) }],
      });
    }
  },
});

function isUseless(context: RuleContext, { when, neededBy, unlessSet }: UselessMiddleware): boolean {
  const isNeeded = (text: string): boolean => neededBy.some((one) => isEntryOfApp(text, one));
  if (unlessSet !== undefined && !context.setting(unlessSet).isUnset) return false;
  if (listsCertainly(context, middlewareSetting(context).name, isNeeded) !== undefined) return false;
  switch (when.kind) {
    case "without-apps":
      return lacksApps(context, [...when.apps, ...neededBy]);
    case "without-translations":
      return context.setting("USE_I18N").certainly(isFalsy);
    case "with-one-language":
      return lacksApps(context, neededBy) && hasOneLanguage(context);
    case "static-elsewhere":
      return storesStaticElsewhere(context);
    case "always":
      // It is gone since Django 2.0: another rule's finding.
      return context.djangoAtLeast(1, 10) === true && context.djangoAtLeast(2, 0) === false;
    case "without-debug":
      // A development tool in production: dev-app-in-production reports it.
      return false;
  }
}
