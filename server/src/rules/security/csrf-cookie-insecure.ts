import { defineRule } from "../../lint/rule";
import { CSRF, listsMiddleware } from "../questions/middleware";
import { SECURE_COOKIE_FIXES, secureCookieReport, type SecureCookieFix } from "../questions/secureCookies";
import { isOff } from "../questions/switches";
import doc from "./csrf-cookie-insecure.md";

const SETTING = "CSRF_COOKIE_SECURE";

export const csrfCookieInsecure = defineRule<"off" | "unset", SecureCookieFix>({
  id: "csrf-cookie-insecure",
  category: "security",
  severity: "warning",
  audience: "hardened",
  djangoChecks: ["security.W016"],
  messages: {
    off: "CSRF_COOKIE_SECURE is off in {module}, which runs in {environment}: browsers send the CSRF token over plain HTTP, too, where others can read and use it. Set it to True.",
    unset:
      "{module} runs in {environment} and does not set CSRF_COOKIE_SECURE: browsers send the CSRF token over plain HTTP, too, where others can read and use it. Set it to True.",
  },
  fixes: SECURE_COOKIE_FIXES,
  onByDefault: true,
  doc,

  check(context) {
    // With CSRF_USE_SESSIONS there is no such cookie.
    const hasCookie = listsMiddleware(context, CSRF) !== undefined && isOff(context, "CSRF_USE_SESSIONS") !== undefined;
    const proof = hasCookie ? isOff(context, SETTING) : undefined;
    if (proof !== undefined) context.report(secureCookieReport(context, SETTING, proof));
  },
});
