import { defineRule } from "../../lint/rule";
import { listsMiddleware, SECURITY } from "../questions/middleware";
import { overrideOf } from "../questions/override";
import { isSentInFront } from "../questions/proxies";
import { isOff } from "../questions/switches";
import { aboutSetting } from "../questions/settingReport";
import doc from "./hsts-disabled.md";

const SETTING = "SECURE_HSTS_SECONDS";

export const hstsDisabled = defineRule<"off" | "unset", "anHour">({
  id: "hsts-disabled",
  category: "security",
  severity: "info",
  audience: "hardened",
  djangoChecks: ["security.W004"],
  messages: {
    off: "SECURE_HSTS_SECONDS is off in {module}, which runs in {environment}: browsers keep trying plain HTTP first, where the answer can be forged. Set it to an hour, and to a year once all is well.",
    unset:
      "{module} runs in {environment} and does not set SECURE_HSTS_SECONDS: browsers keep trying plain HTTP first, where the answer can be forged. Set it to an hour, and to a year once all is well.",
  },
  fixes: {
    // Never more: browsers remember it, and a mistake cannot be taken back before the time is over.
    anHour: { safety: "unsafe", title: "Set SECURE_HSTS_SECONDS = 3600, to be raised later" },
  },
  onByDefault: true,
  doc,

  check(context) {
    if (listsMiddleware(context, SECURITY) === undefined) return;
    const proof = isOff(context, SETTING);
    if (proof === undefined || isSentInFront(context, "hsts")) return;
    const override = overrideOf(context, SETTING, proof);
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: proof.origin === undefined ? "unset" : "off",
      fixes: override === undefined ? [] : [{ id: "anHour", edit: (edit) => override.write(edit, "3600") }],
    });
  },
});
