import { endsWithSlash, staticFolders } from "../../django/checks/filesPaths";
import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Site } from "../../python/value";
import { expressionAt, textOf } from "../questions/dicts";
import { checkUnlessDenied } from "../questions/djangoSays";
import { lacksApps } from "../questions/entries";
import doc from "./staticfiles-prefix-slash.md";

const SETTING = "STATICFILES_DIRS";

export const staticfilesPrefixSlash = defineRule<"slash", "strip">({
  id: "staticfiles-prefix-slash",
  category: "correctness",
  severity: "error",
  audience: "entry",
  // Since 2.2, and only with the app.
  djangoChecks: [],
  partialChecks: ["staticfiles.E003"],
  messages: {
    slash:
      "The prefix {prefix} in STATICFILES_DIRS ends with a slash: no file below it is ever found, and Django's checks stop. Write it without.",
  },
  fixes: { strip: { safety: "safe", title: "Write the prefix as {prefix}" } },
  onByDefault: true,
  doc,

  check(context) {
    if (lacksApps(context, ["django.contrib.staticfiles"])) return;
    const setting = context.setting(SETTING);
    const seen = new Set<number>();
    for (const outcome of setting.outcomes) {
      const folders = staticFolders(outcome.value);
      const proof = setting.mayBe((value) => value === outcome.value);
      if (proof === undefined || folders === undefined || folders === "stops") continue;
      for (const folder of folders) {
        if (folder === undefined || endsWithSlash(folder.prefix) !== true) continue;
        const [prefix] = "items" in folder.item.value ? folder.item.value.items : [];
        const site = prefix?.site ?? folder.item.site ?? proof.site;
        if (seen.has(site.range.start)) continue;
        seen.add(site.range.start);
        context.report({
          message: "slash",
          values: { prefix: JSON.stringify(textOf(folder.prefix) ?? "") },
          at: site,
          setting: SETTING,
          djangoCheck: checkUnlessDenied(context, "staticfiles.E003"),
          chain: chainOf(context, SETTING, proof),
          fixes: strip(context, site, textOf(folder.prefix) ?? ""),
        });
      }
    }
  },
});

function strip(context: RuleContext<never, never>, site: Site, prefix: string): readonly ReportedFix<"strip">[] {
  const node = expressionAt(context, site);
  const text = prefix.replace(/\/+$/, "");
  if (node?.kind !== "Str" || node.value !== prefix || text === "") return [];
  return [
    {
      id: "strip",
      values: { prefix: JSON.stringify(text) },
      edit: (edit) => edit.replace(site.file, node, edit.quote(site.file, text)),
    },
  ];
}
