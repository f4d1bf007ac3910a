import { textOf } from "../questions/dicts/dicts";
import { defineSettingRule } from "../settingRule";
import doc from "./session-in-signed-cookie.md";

export const sessionInSignedCookie = defineSettingRule({
  id: "session-in-signed-cookie",
  category: "security",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  setting: "SESSION_ENGINE",
  isBad: (value) => textOf(value) === "django.contrib.sessions.backends.signed_cookies",
  messages: {
    signed:
      "SESSION_ENGINE keeps sessions in cookies in {module}, which runs in {environment}: visitors can read them, and logging out does not end a copied one. Keep them on the server.",
  },
  fixes: { server: { safety: "unsafe", set: { text: "django.contrib.sessions.backends.cached_db" } } },
  doc,
});
