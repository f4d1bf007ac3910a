import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import { hasMiddleware, WHITENOISE } from "../questions/middleware/middleware";
import doc from "./whitenoise-development-mode.md";

export const whitenoiseDevelopmentMode = defineRule({
  id: "whitenoise-development-mode",
  category: "third-party",
  severity: "warning",
  audience: "production",
  aboutRequests: true,
  messages: {
    refresh:
      "WHITENOISE_AUTOREFRESH is on in {module}, which runs in {environment}: WhiteNoise looks for a file on disk for every request, which its documentation calls unsupported in production. Remove it: it follows DEBUG.",
    finders:
      "WHITENOISE_USE_FINDERS is on in {module}, which runs in {environment}: WhiteNoise serves files straight from apps and STATICFILES_DIRS, besides what collectstatic has prepared. Remove it: it follows DEBUG.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove {setting}" } },
  doc,

  check(context) {
    if (!hasMiddleware(context, WHITENOISE)) return;
    const refresh = context.setting("WHITENOISE_AUTOREFRESH").judge(isTruthy);
    const proof = refresh ?? context.setting("WHITENOISE_USE_FINDERS").judge(isTruthy);
    if (proof?.origin === undefined) return;
    context.report({
      message: proof === refresh ? "refresh" : "finders",
      proof,
      severity: proof === refresh ? undefined : "info",
      fixes: [deleteSettingFix(context, "remove", proof)],
    });
  },
});
