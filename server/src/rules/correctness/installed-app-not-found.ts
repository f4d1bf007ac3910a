import { defineRule } from "../../lint/rule";
import { describeMissing, missingPart } from "../questions/dottedPaths/lookup";
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
      'INSTALLED_APPS lists "{app}", which does not exist: {owner} has no module "{part}", and Django refuses to start with ModuleNotFoundError.{hint}',
    name: 'INSTALLED_APPS lists "{app}", which does not exist: {owner} has no class "{part}", and Django refuses to start with ImportError.{hint}',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    for (const path of dottedPaths(context)) {
      const missing = path.target === "app" ? missingPart(context, path) : undefined;
      if (missing === undefined) continue;
      context.report({
        message: missing.what,
        values: { app: path.text, ...describeMissing(path, missing) },
        proof: path.proof,
        at: path.site,
        fixes: [replacePath(context, "replace", path, missing.meant)],
      });
    }
  },
});
