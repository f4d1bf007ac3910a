import { defineRule } from "../../lint/rule";
import { listsMiddleware, SECURITY } from "../questions/middleware";
import { isSentInFront } from "../questions/proxies";
import { aboutSetting, assignDeclaration, assignFix } from "../questions/settingReport";
import doc from "./referrer-policy-disabled.md";

const SETTING = "SECURE_REFERRER_POLICY";

export const referrerPolicyDisabled = defineRule<"off" | "unset", "sameOrigin">({
  id: "referrer-policy-disabled",
  category: "security",
  severity: "info",
  audience: "hardened",
  django: { since: [3, 0] },
  djangoChecks: ["security.W022"],
  messages: {
    off: "SECURE_REFERRER_POLICY is None in {module}, which runs in {environment}: each browser decides itself how much of a page's address other sites get to see when a visitor follows a link. Django's default is \"same-origin\".",
    unset:
      '{module} runs in {environment} and does not set SECURE_REFERRER_POLICY, which Django 3.0 leaves off: each browser decides itself how much of a page\'s address other sites get to see. Set it to "same-origin".',
  },
  fixes: { sameOrigin: assignDeclaration("safe") },
  onByDefault: true,
  doc,

  check(context) {
    if (listsMiddleware(context, SECURITY) === undefined) return;
    const proof = context.setting(SETTING).mustBe((value) => value.kind === "none");
    if (proof === undefined || isSentInFront(context, "referrer")) return;
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: proof.origin === undefined ? "unset" : "off",
      fixes: assignFix(context, "sameOrigin", proof, SETTING, { text: "same-origin" }),
    });
  },
});
