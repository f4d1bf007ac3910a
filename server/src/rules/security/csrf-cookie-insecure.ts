import { SECURE_COOKIE_FIXES } from "../questions/https/secureCookies";
import { CSRF, hasKindOfMiddleware } from "../questions/middleware/middleware";
import { defineSettingRule, isOff } from "../settingRule";
import { followsScheme, NO_TLS } from "../questions/https/scheme";
import doc from "./csrf-cookie-insecure.md";

export const csrfCookieInsecure = defineSettingRule({
  id: "csrf-cookie-insecure",
  category: "security",
  severity: "warning",
  audience: "hardened",
  aboutRequests: true,
  djangoChecks: ["security.W016"],
  setting: "CSRF_COOKIE_SECURE",
  // With CSRF_USE_SESSIONS there is no such cookie.
  matters: (context, proof) =>
    hasKindOfMiddleware(context, CSRF) &&
    !followsScheme(proof) &&
    context.setting("CSRF_USE_SESSIONS").certainly(isOff),
  documentedBy: NO_TLS,
  messages: {
    off: "CSRF_COOKIE_SECURE is off in {module}, which runs in {environment}: browsers send the CSRF token over plain HTTP, too, where others can read and use it. Set it to True.",
    unset:
      "CSRF_COOKIE_SECURE is not set in {module}, which runs in {environment}: browsers send the CSRF token over plain HTTP, too, where others can read and use it. Set it to True.",
  },
  fixes: SECURE_COOKIE_FIXES,
  doc,
});
