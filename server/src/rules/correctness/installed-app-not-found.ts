import { defineRule } from "../../lint/rule";
import { missingPart } from "../questions/dottedPaths/lookup";
import { replacePath } from "../questions/dottedPaths/pathFixes";
import { dottedPaths } from "../questions/dottedPaths/places";
import doc from "./installed-app-not-found.md";

export const installedAppNotFound = defineRule({
  id: "installed-app-not-found",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    module:
      'INSTALLED_APPS lists "{app}", but {owner} has no module "{part}": Django refuses to start with ModuleNotFoundError.{hint}',
    name: 'INSTALLED_APPS lists "{app}", but {owner} has no class "{part}": Django refuses to start with ImportError.{hint}',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    for (const path of dottedPaths(context)) {
      const missing = path.target === "app" ? missingPart(context, path) : undefined;
      if (missing === undefined) continue;
      const { what, owner, meant } = missing;
      context.report({
        message: what,
        values: {
          app: path.text,
          owner,
          part: path.text.slice(owner.length + 1).split(".")[0] ?? "",
          hint: meant === undefined ? "" : ` Did you mean "${meant}"?`,
          meant: meant ?? "",
        },
        proof: path.proof,
        at: path.site,
        fixes: [replacePath(context, "replace", path, meant)],
      });
    }
  },
});
