import { hasLoadersAndAppDirs, optionOf, type TemplateEngine } from "../../django/checks/engines";
import { defineRule, type ReportedFix } from "../../lint/rule";
import type { Site } from "../../python/value";
import { chainFrom, deletableEntry } from "../questions/assignedSites";
import { entryOf, keySite } from "../questions/dicts";
import { enginesThat } from "../questions/templateEngines";
import doc from "./templates-app-dirs-with-loaders.md";

export const templatesAppDirsWithLoaders = defineRule<"both", "deleteAppDirs">({
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
  onByDefault: true,
  doc,

  check(context) {
    const found = enginesThat(context, cannotBeMade);
    for (const engine of found?.engines ?? []) {
      const appDirs = entryOf(engine.definition, "APP_DIRS");
      if (found === undefined || appDirs === undefined || appDirs === "absent") continue;
      const at = keySite(context, appDirs) ?? found.proof.site;
      context.report({
        message: "both",
        values: { module: context.module.name },
        at,
        setting: "TEMPLATES",
        djangoCheck: context.djangoAtLeast(5, 1) === false ? "templates.E001" : "none",
        chain: chainFrom(context, "TEMPLATES", found.proof, at),
        fixes: fixesOf(deletableEntry(context, appDirs)),
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

function fixesOf(site: Site | undefined): readonly ReportedFix<"deleteAppDirs">[] {
  if (site === undefined) return [];
  return [{ id: "deleteAppDirs", edit: (edit) => edit.deleteElement(site.file, site.range) }];
}
