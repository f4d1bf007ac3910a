import { isFalsy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { hasApp } from "../questions/entries";
import { listsMiddleware, SESSION } from "../questions/middleware";
import { aboutSetting, assignDeclaration, assignFix, deleteFix } from "../questions/settingReport";
import doc from "./session-cookie-httponly-disabled.md";

const SETTING = "SESSION_COOKIE_HTTPONLY";

export const sessionCookieHttponlyDisabled = defineRule<"off", "remove" | "setTrue">({
  id: "session-cookie-httponly-disabled",
  category: "security",
  severity: "warning",
  audience: "entry",
  djangoChecks: ["security.W015", "security.W014", "security.W013"],
  messages: {
    off: "SESSION_COOKIE_HTTPONLY is off in {module}: every script in a page can read the session cookie, so that one injected script is enough to take over a login. Django's default is on.",
  },
  fixes: {
    remove: { safety: "safe", title: "Remove {setting}: Django's default is on" },
    setTrue: assignDeclaration("safe"),
  },
  onByDefault: true,
  doc,

  check(context) {
    const hasSessions = listsMiddleware(context, SESSION) !== undefined || hasApp(context, "django.contrib.sessions");
    const proof = hasSessions ? context.setting(SETTING).mustBe(isFalsy) : undefined;
    if (proof === undefined) return;
    const isLocal = proof.origin?.site.file === context.module.file;
    const remove = isLocal ? deleteFix(context, "remove", proof, SETTING) : [];
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: "off",
      fixes: remove.length > 0 ? remove : assignFix(context, "setTrue", proof, SETTING, { source: "True" }),
    });
  },
});
