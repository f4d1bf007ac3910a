import { isSentInFront } from "../questions/hosts/frontServers";
import { asksForPreload, isNotTrue, sendsHsts } from "../questions/https/hsts";
import { defineSettingRule } from "../settingRule";
import doc from "./hsts-subdomains-disabled.md";

export const hstsSubdomainsDisabled = defineSettingRule({
  id: "hsts-subdomains-disabled",
  category: "security",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  djangoChecks: ["security.W005"],
  setting: "SECURE_HSTS_INCLUDE_SUBDOMAINS",
  isBad: isNotTrue,
  // What the preload list wants is the business of `hsts-preload-not-eligible`.
  matters: (context) => sendsHsts(context) && !asksForPreload(context) && !isSentInFront(context, "hsts"),
  messages: {
    off: "SECURE_HSTS_INCLUDE_SUBDOMAINS is off in {module}, which runs in {environment}: a forged page of a subdomain over plain HTTP can still set cookies for this site. Set it to True if all subdomains are served over HTTPS.",
    unset:
      "SECURE_HSTS_INCLUDE_SUBDOMAINS is not set in {module}, which runs in {environment}: a forged page of a subdomain over plain HTTP can still set cookies for the site. Set it to True if all subdomains are served over HTTPS.",
  },
  // A subdomain without HTTPS cannot be reached any more by who has seen the header.
  fixes: { include: { safety: "unsafe", set: "True" } },
  doc,
});
