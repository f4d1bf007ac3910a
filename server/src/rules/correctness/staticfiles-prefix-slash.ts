import { endsWithSlash, staticFolders } from "../../django/checks/filesPaths";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Site } from "../../python/values/value";
import { lacksApps } from "../questions/apps/installedApps";
import { textOf } from "../questions/dicts/dicts";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import doc from "./staticfiles-prefix-slash.md";

export const staticfilesPrefixSlash = defineRule({
  id: "staticfiles-prefix-slash",
  category: "correctness",
  severity: "error",
  audience: "entry",
  // Since 2.2, and only with the app.
  partialChecks: ["staticfiles.E003"],
  messages: {
    slash:
      "The prefix {prefix} in STATICFILES_DIRS ends with a slash: no file below it is ever found, and Django refuses to start (staticfiles.E003). Write it without.",
  },
  fixes: { strip: { safety: "safe", title: "Write the prefix as {prefix}" } },
  doc,

  check(context) {
    if (lacksApps(context, ["django.contrib.staticfiles"])) return;
    for (const proof of context.setting("STATICFILES_DIRS").proofs()) {
      const folders = staticFolders(proof.value);
      for (const folder of folders === undefined || folders === "stops" ? [] : folders) {
        if (folder === undefined || endsWithSlash(folder.prefix) !== true) continue;
        const [prefix] = "items" in folder.item.value ? folder.item.value.items : [];
        const text = textOf(folder.prefix) ?? "";
        context.report({
          message: "slash",
          values: { prefix: JSON.stringify(text) },
          proof,
          at: prefix?.site ?? folder.item.site,
          djangoCheck: "staticfiles.E003",
          fixes: [strip(context, prefix?.site, text)],
        });
      }
    }
  },
});

function strip(context: RuleContext, site: Site | undefined, prefix: string): ReportedFix<"strip"> | undefined {
  const text = prefix.replace(/(?<!\/)\/+$/, "");
  return text === "" ? undefined : replaceTextFix(context, "strip", site, text, { prefix: JSON.stringify(text) });
}
