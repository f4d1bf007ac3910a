import { SECURE_COOKIE_FIXES } from "../questions/https/secureCookies";
import { hasSessions } from "../questions/middleware/middleware";
import { defineSettingRule } from "../settingRule";
import { followsScheme, NO_TLS } from "../questions/https/scheme";
import doc from "./session-cookie-insecure.md";

export const sessionCookieInsecure = defineSettingRule({
  id: "session-cookie-insecure",
  category: "security",
  severity: "warning",
  audience: "hardened",
  aboutRequests: true,
  djangoChecks: ["security.W012", "security.W011", "security.W010"],
  setting: "SESSION_COOKIE_SECURE",
  matters: (context, proof) => hasSessions(context) && !followsScheme(proof),
  documentedBy: NO_TLS,
  messages: {
    off: "SESSION_COOKIE_SECURE is off in {module}, which runs in {environment}: browsers send the session cookie over plain HTTP, too, and who reads it there is logged in. Set it to True.",
    unset:
      "SESSION_COOKIE_SECURE is not set in {module}, which runs in {environment}: browsers send the session cookie over plain HTTP, too, and who reads it there is logged in. Set it to True.",
  },
  fixes: SECURE_COOKIE_FIXES,
  doc,
});
