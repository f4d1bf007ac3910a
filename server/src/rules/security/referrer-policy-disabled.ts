import { isSentInFront } from "../questions/hosts/frontServers";
import { hasMiddleware, SECURITY } from "../questions/middleware/middleware";
import { defineSettingRule } from "../settingRule";
import doc from "./referrer-policy-disabled.md";

export const referrerPolicyDisabled = defineSettingRule({
  id: "referrer-policy-disabled",
  category: "security",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  django: { since: [3, 0] },
  djangoChecks: ["security.W022"],
  setting: "SECURE_REFERRER_POLICY",
  isBad: (value) => value.kind === "none",
  matters: (context) => hasMiddleware(context, SECURITY) && !isSentInFront(context, "referrer"),
  messages: {
    off: "SECURE_REFERRER_POLICY is None in {module}, which runs in {environment}: each browser decides itself how much of a page's address other sites get to see when a visitor follows a link. Django's default is \"same-origin\".",
    unset:
      'SECURE_REFERRER_POLICY is not set in {module}, which runs in {environment}: Django 3.0 leaves it off, so that each browser decides itself how much of a page\'s address other sites get to see. Set it to "same-origin".',
  },
  fixes: { sameOrigin: { safety: "unsafe", set: { text: "same-origin" } } },
  doc,
});
