import type { Value } from "../../python/values/value";
import { hasMiddleware, SECURITY } from "../questions/middleware/middleware";
import { isSentInFront } from "../questions/hosts/frontServers";
import { asksForPreload } from "../questions/https/hsts";
import { defineSettingRule } from "../settingRule";
import doc from "./hsts-short.md";

/** A value to begin with, which was never raised; `True` is one second. */
function isShort(value: Value): boolean {
  if (value.kind === "bool") return value.value;
  return value.kind === "int" && value.value > 0 && value.value < 86_400;
}

export const hstsShort = defineSettingRule({
  id: "hsts-short",
  category: "security",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  setting: "SECURE_HSTS_SECONDS",
  isBad: isShort,
  // What the preload list wants is the business of `hsts-preload-not-eligible`.
  matters: (context) => hasMiddleware(context, SECURITY) && !asksForPreload(context) && !isSentInFront(context, "hsts"),
  messages: {
    short:
      "SECURE_HSTS_SECONDS is less than a day in {module}, which runs in {environment}: visitors who come back later are not protected. Raise it in steps, up to a year.",
  },
  fixes: { aYear: { safety: "unsafe", title: "Set SECURE_HSTS_SECONDS = 31536000, a year", set: "31536000" } },
  doc,
});
