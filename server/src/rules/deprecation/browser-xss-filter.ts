import { defineRule } from "../../lint/rule";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import doc from "./browser-xss-filter.md";

const SETTING = "SECURE_BROWSER_XSS_FILTER";

/** From 4.0 on Django does not read it any more, which `removed-setting` tells. */
export const browserXssFilter = defineRule({
  id: "browser-xss-filter",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  django: { since: [3, 0], until: [3, 2] },
  djangoChecks: ["security.W007"],
  messages: {
    obsolete:
      "SECURE_BROWSER_XSS_FILTER protects nobody in {module}: it asks for a filter that no browser has any more, and Django 4.0 ignores it. Remove it; a content security policy does what it was meant for.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove {setting}" } },
  doc,

  check(context) {
    if (context.djangoAtLeast(3, 0) !== true) return;
    const proof = context.setting(SETTING).mayBe(({ kind }) => kind !== "unset" && kind !== "unknown");
    if (proof?.origin === undefined) return;
    context.report({
      message: "obsolete",
      proof,
      tags: ["deprecated"],
      fixes: [deleteSettingFix(context, "remove", proof)],
    });
  },
});
