import { defineRule, siteOf } from "../../lint/rule";
import { configuredName } from "../questions/apps/appNames";
import { dottedPaths } from "../questions/dottedPaths/places";
import doc from "./appconfig-name-mismatch.md";

export const appconfigNameMismatch = defineRule({
  id: "appconfig-name-mismatch",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 7] },
  messages: {
    mismatch:
      'INSTALLED_APPS lists "{entry}" with a wrong name: its configuration says "{name}", no such module can be imported, and Django refuses to start with ImproperlyConfigured. Write "{wanted}" in {file}.',
  },
  fixes: { rename: { safety: "safe", title: 'Write name = "{wanted}"' } },
  doc,

  check(context) {
    for (const path of dottedPaths(context)) {
      const found = path.target === "app" ? configuredName(context, path.text) : undefined;
      if (found === undefined || found.isImportable) continue;
      const { file, range } = found.site;
      context.report({
        message: "mismatch",
        values: { entry: path.text, name: found.name, wanted: found.folder, file: found.file },
        proof: path.proof,
        at: path.site,
        chain: [{ site: siteOf(file, range), text: "the configuration's name" }],
        fixes: [{ id: "rename", edit: (edit) => edit.replace(file, range, edit.quote(file, found.folder)) }],
      });
    }
  },
});
