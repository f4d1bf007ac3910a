import { chainOf, environmentOf } from "../../lint/chain";
import { defineRule } from "../../lint/rule";
import { listsMiddleware, SECURITY } from "../questions/middleware";
import { overrideOf } from "../questions/override";
import { isHstsSentInFront } from "../questions/proxies";
import { isOff } from "../questions/switches";
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
    if (proof === undefined || isHstsSentInFront(context)) return;
    const override = overrideOf(context, SETTING, proof);
    context.report({
      message: proof.origin === undefined ? "unset" : "off",
      values: { module: context.module.name, environment: environmentOf(context.module) },
      at: proof.site,
      setting: SETTING,
      chain: chainOf(context, SETTING, proof),
      fixes: override === undefined ? [] : [{ id: "anHour", edit: (edit) => override.write(edit, "3600") }],
    });
  },
});
