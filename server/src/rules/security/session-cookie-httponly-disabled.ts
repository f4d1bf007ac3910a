import { isFalsy } from "../../lint/effective";
import { isSetHere } from "../questions/fixes/conditions";
import { hasSessions } from "../questions/middleware/middleware";
import { defineSettingRule } from "../settingRule";
import doc from "./session-cookie-httponly-disabled.md";

export const sessionCookieHttponlyDisabled = defineSettingRule({
  id: "session-cookie-httponly-disabled",
  category: "security",
  severity: "warning",
  audience: "entry",
  aboutRequests: true,
  djangoChecks: ["security.W015", "security.W014", "security.W013"],
  setting: "SESSION_COOKIE_HTTPONLY",
  isBad: isFalsy,
  matters: hasSessions,
  messages: {
    off: "SESSION_COOKIE_HTTPONLY is off in {module}: every script in a page can read the session cookie, so that one injected script is enough to take over a login. Django's default is on.",
  },
  fixes: {
    remove: {
      safety: "unsafe",
      title: "Remove {setting}: Django's default is on",
      remove: true,
      when: isSetHere,
    },
    setTrue: { safety: "unsafe", set: "True" },
  },
  doc,
});
