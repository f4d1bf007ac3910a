import { isSettingName } from "../../project/djangoNames";
import { defineRule, siteOf } from "../../lint/rule";

import { rebuiltStatement } from "../questions/splits/rebuilding";
import doc from "./inplace-mutation-of-base.md";

/** A change that another module already shows is `inplace-mutation-leaks`. */
export const inplaceMutationOfBase = defineRule({
  id: "inplace-mutation-of-base",
  category: "split-settings",
  severity: "hint",
  audience: "entry",
  onByDefault: false,
  messages: {
    changes:
      "{setting} is changed in place here: {owner} made the list, and any other module that is loaded in the same process gets the change, too. Build a new value.",
  },
  fixes: { rebuild: { safety: "safe", title: "Build a new {setting} instead of changing the imported one" } },
  doc,

  check(context) {
    const host = context.snapshot.host(context.project.importRoots);
    for (const { name, step, createdIn, atModuleLevel } of context.evaluation.mutations) {
      if (!isSettingName(name) || !atModuleLevel || createdIn === step.site.file) continue;
      context.report({
        message: "changes",
        values: { owner: host.moduleName(createdIn) },
        at: siteOf(step.site.file, step.site.range),
        setting: name,
        fixes: [rebuiltStatement(context, "rebuild", step)],
      });
    }
  },
});
