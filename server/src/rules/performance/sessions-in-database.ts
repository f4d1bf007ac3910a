import { cacheBackend, SHARED_BACKEND } from "../questions/caches/cacheEntries";
import { textOf } from "../questions/dicts/dicts";
import { hasSessions } from "../questions/middleware/middleware";
import { defineSettingRule } from "../settingRule";
import doc from "./sessions-in-database.md";

export const sessionsInDatabase = defineSettingRule({
  id: "sessions-in-database",
  category: "performance",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  setting: "SESSION_ENGINE",
  isBad: (value) => textOf(value) === "django.contrib.sessions.backends.db",
  matters: (context) =>
    hasSessions(context) &&
    context.setting("CACHES").certainly((value) => SHARED_BACKEND.test(cacheBackend(value, "default") ?? "")),
  messages: {
    database:
      "SESSION_ENGINE uses the database in {module}: each request with a session costs a query, although CACHES has a cache that all processes share. Use django.contrib.sessions.backends.cached_db.",
  },
  fixes: { cache: { safety: "unsafe", set: { text: "django.contrib.sessions.backends.cached_db" } } },
  doc,
});
