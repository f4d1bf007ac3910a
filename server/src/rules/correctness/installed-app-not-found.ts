import { defineRule } from "../../lint/rule";
import { describeMissing, missingPart, respelledPath } from "../questions/dottedPaths/lookup";
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
    respelled:
      'INSTALLED_APPS lists "{app}", which does not exist: the package of the project is called otherwise, and Django refuses to start with ModuleNotFoundError. Did you mean "{meant}"?',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    for (const path of dottedPaths(context)) {
      if (path.target !== "app") continue;
      const { text: app, proof, site: at } = path;
      const meant = respelledPath(context, path);
      if (meant !== undefined) {
        const fixes = [replacePath(context, "replace", path, meant)];
        context.report({ message: "respelled", values: { app, meant }, proof, at, fixes });
        continue;
      }
      const missing = missingPart(context, path);
      if (missing === undefined) continue;
      context.report({
        message: missing.what,
        values: { app, ...describeMissing(path, missing) },
        proof,
        at,
        fixes: [replacePath(context, "replace", path, missing.meant)],
      });
    }
  },
});
