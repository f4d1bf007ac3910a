import { isSentInFront } from "../questions/hosts/frontServers";
import { hasMiddleware, SECURITY } from "../questions/middleware/middleware";
import { defineSettingRule } from "../settingRule";
import { followsScheme, TLS_ELSEWHERE } from "../questions/https/scheme";
import doc from "./hsts-disabled.md";

export const hstsDisabled = defineSettingRule({
  id: "hsts-disabled",
  category: "security",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  djangoChecks: ["security.W004"],
  setting: "SECURE_HSTS_SECONDS",
  matters: (context, proof) =>
    hasMiddleware(context, SECURITY) && !followsScheme(proof) && !isSentInFront(context, "hsts"),
  documentedBy: TLS_ELSEWHERE,
  messages: {
    off: "SECURE_HSTS_SECONDS is off in {module}, which runs in {environment}: browsers keep trying plain HTTP first, where responses can be forged. Set it to an hour, and to a year once all is well.",
    unset:
      "SECURE_HSTS_SECONDS is not set in {module}, which runs in {environment}: browsers keep trying plain HTTP first, where responses can be forged. Set it to an hour, and to a year once all is well.",
  },
  fixes: {
    // Never more: browsers remember it, and a mistake cannot be taken back before the time is over.
    anHour: { safety: "unsafe", title: "Set SECURE_HSTS_SECONDS = 3600, to be raised later", set: "3600" },
  },
  doc,
});
