import { defineRule } from "../../lint/rule";
import { hstsWithout } from "../questions/hsts";
import { aboutSetting, assignDeclaration, assignFix } from "../questions/settingReport";
import doc from "./hsts-preload-disabled.md";

const SETTING = "SECURE_HSTS_PRELOAD";

/** Off by default: browsers' lists are close to irreversible, and nobody should get there because a tool said so. */
export const hstsPreloadDisabled = defineRule<"off" | "unset", "preload">({
  id: "hsts-preload-disabled",
  category: "security",
  severity: "hint",
  audience: "hardened",
  django: { since: [1, 11] },
  djangoChecks: ["security.W021"],
  messages: {
    off: "SECURE_HSTS_PRELOAD is off in {module}, which runs in {environment}: browsers do not take the site into the list of those that they never visit over plain HTTP. Set it to True if that is wanted for good.",
    unset:
      "{module} runs in {environment} and does not set SECURE_HSTS_PRELOAD: browsers do not take the site into the list of those that they never visit over plain HTTP. Set it to True if that is wanted for good.",
  },
  fixes: { preload: assignDeclaration("unsafe") },
  onByDefault: false,
  doc,

  check(context) {
    const proof = hstsWithout(context, SETTING);
    if (proof === undefined) return;
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: proof.origin === undefined ? "unset" : "off",
      fixes: assignFix(context, "preload", proof, SETTING, { source: "True" }),
    });
  },
});
