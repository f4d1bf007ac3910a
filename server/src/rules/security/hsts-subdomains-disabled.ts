import { defineRule } from "../../lint/rule";
import { hstsWithout } from "../questions/hsts";
import { aboutSetting, assignDeclaration, assignFix } from "../questions/settingReport";
import doc from "./hsts-subdomains-disabled.md";

const SETTING = "SECURE_HSTS_INCLUDE_SUBDOMAINS";

export const hstsSubdomainsDisabled = defineRule<"off" | "unset", "include">({
  id: "hsts-subdomains-disabled",
  category: "security",
  severity: "hint",
  audience: "hardened",
  djangoChecks: ["security.W005"],
  messages: {
    off: "SECURE_HSTS_INCLUDE_SUBDOMAINS is off in {module}, which runs in {environment}: a forged page of a subdomain over plain HTTP can still set cookies for this site. Set it to True if all subdomains are served over HTTPS.",
    unset:
      "{module} runs in {environment} and tells browsers to use HTTPS for this host alone: a forged page of a subdomain over plain HTTP can still set cookies for it. Set SECURE_HSTS_INCLUDE_SUBDOMAINS = True if all subdomains are served over HTTPS.",
  },
  // A subdomain without HTTPS cannot be reached any more by who has seen the header.
  fixes: { include: assignDeclaration("unsafe") },
  onByDefault: true,
  doc,

  check(context) {
    const proof = hstsWithout(context, SETTING);
    if (proof === undefined) return;
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: proof.origin === undefined ? "unset" : "off",
      fixes: assignFix(context, "include", proof, SETTING, { source: "True" }),
    });
  },
});
