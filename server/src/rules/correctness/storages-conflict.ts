import { defineRule } from "../../lint/rule";
import { isDjangoPinned } from "../questions/apps/packages";
import { isAlwaysSet, provenanceOf } from "../questions/assignments/assigned";
import { rewriteOf } from "../questions/deprecations/removedRewrites";
import { entryAt } from "../questions/dicts/dicts";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import doc from "./storages-conflict.md";

/** The settings that STORAGES replaces, and the entry that stands for each. */
const OLD = [
  ["DEFAULT_FILE_STORAGE", "default"],
  ["STATICFILES_STORAGE", "staticfiles"],
] as const;

export const storagesConflict = defineRule({
  id: "storages-conflict",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [4, 2], until: [5, 0] },
  messages: {
    both: '{setting} is set beside STORAGES: Django refuses to start with ImproperlyConfigured ("{setting}/STORAGES are mutually exclusive"). Move it to STORAGES["{key}"].',
  },
  fixes: {
    add: { safety: "unsafe", title: "Move {setting} into STORAGES" },
    remove: { safety: "unsafe", title: "Remove {setting}, which STORAGES replaces" },
  },
  doc,

  check(context) {
    if (context.djangoAtLeast(4, 2) !== true || context.djangoAtLeast(5, 1) !== false) return;
    for (const [setting, key] of OLD) {
      if (!isAlwaysSet(context.setting(setting)) || !isAlwaysSet(context.setting("STORAGES"))) continue;
      const proof = provenanceOf(context, setting);
      if (proof === undefined) continue;
      const hasEntry = context.setting("STORAGES").certainly((value) => entryAt(value, key) !== undefined);
      const storages = provenanceOf(context, "STORAGES");
      const rewrite = rewriteOf(context, setting);
      context.report({
        message: "both",
        values: { key },
        proof,
        // Of several releases that a requirement allows, later ones ignore the old setting.
        severity: isDjangoPinned(context) ? "error" : "warning",
        chain: storages?.origin && [{ site: storages.site, text: "STORAGES is set here" }],
        fixes: [
          rewrite && { id: "add", edit: rewrite.edit },
          hasEntry ? deleteSettingFix(context, "remove", proof) : undefined,
        ],
      });
    }
  },
});
