import { defineRule } from "../../lint/rule";
import { hasApp } from "../questions/entries";
import { listsMiddleware, SESSION } from "../questions/middleware";
import { SECURE_COOKIE_FIXES, secureCookieReport, type SecureCookieFix } from "../questions/secureCookies";
import { isOff } from "../questions/switches";
import doc from "./session-cookie-insecure.md";

const SETTING = "SESSION_COOKIE_SECURE";

export const sessionCookieInsecure = defineRule<"off" | "unset", SecureCookieFix>({
  id: "session-cookie-insecure",
  category: "security",
  severity: "warning",
  audience: "hardened",
  djangoChecks: ["security.W012", "security.W011", "security.W010"],
  messages: {
    off: "SESSION_COOKIE_SECURE is off in {module}, which runs in {environment}: browsers send the session cookie over plain HTTP, too, and who reads it there is logged in. Set it to True.",
    unset:
      "{module} runs in {environment} and does not set SESSION_COOKIE_SECURE: browsers send the session cookie over plain HTTP, too, and who reads it there is logged in. Set it to True.",
  },
  fixes: SECURE_COOKIE_FIXES,
  onByDefault: true,
  doc,

  check(context) {
    const hasSessions = listsMiddleware(context, SESSION) !== undefined || hasApp(context, "django.contrib.sessions");
    const proof = hasSessions ? isOff(context, SETTING) : undefined;
    if (proof !== undefined) context.report(secureCookieReport(context, SETTING, proof));
  },
});
