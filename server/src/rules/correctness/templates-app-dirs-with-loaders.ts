import { hasLoadersAndAppDirs, optionOf, type TemplateEngine } from "../../django/checks/engines";
import { defineRule } from "../../lint/rule";
import { entryAt, keySite } from "../questions/dicts/dicts";
import { deletableEntry } from "../questions/fixes/elementPlaces";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import { enginesThat } from "../questions/templates/templateEngines";
import doc from "./templates-app-dirs-with-loaders.md";

export const templatesAppDirsWithLoaders = defineRule({
  id: "templates-app-dirs-with-loaders",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 8] },
  djangoChecks: ["templates.E001"],
  messages: {
    both: "An engine of {module} has both APP_DIRS and loaders: Django raises ImproperlyConfigured when it makes the engine, before the first page. Take APP_DIRS out, and name the app_directories loader among the loaders.",
  },
  fixes: { deleteAppDirs: { safety: "safe", title: "Delete APP_DIRS" } },
  doc,

  check(context) {
    const found = enginesThat(context, cannotBeMade);
    for (const engine of found?.engines ?? []) {
      const appDirs = entryAt(engine.definition, "APP_DIRS");
      if (found === undefined || appDirs === undefined) continue;
      context.report({
        message: "both",
        proof: found.proof,
        at: keySite(context, appDirs),
        djangoCheck: context.djangoAtLeast(5, 1) === false ? "templates.E001" : "none",
        fixes: [deleteElementFix("deleteAppDirs", deletableEntry(context, appDirs))],
      });
    }
  },
});

/** With loaders of None the engine makes its own. */
function cannotBeMade(engine: TemplateEngine): boolean | undefined {
  const loaders = optionOf(engine, "loaders");
  const isNone = loaders !== undefined && loaders !== "absent" && loaders.kind === "none";
  return isNone ? false : hasLoadersAndAppDirs(engine);
}
