import { isSentInFront } from "../questions/hosts/frontServers";
import { isNotTrue, sendsHsts } from "../questions/https/hsts";
import { defineSettingRule } from "../settingRule";
import doc from "./hsts-preload-disabled.md";

/** Off by default: browsers' lists are close to irreversible, and nobody should get there because a tool said so. */
export const hstsPreloadDisabled = defineSettingRule({
  id: "hsts-preload-disabled",
  category: "security",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  django: { since: [1, 11] },
  djangoChecks: ["security.W021"],
  setting: "SECURE_HSTS_PRELOAD",
  isBad: isNotTrue,
  matters: (context) => sendsHsts(context) && !isSentInFront(context, "hsts"),
  messages: {
    off: "SECURE_HSTS_PRELOAD is off in {module}, which runs in {environment}: browsers do not take the site into the list of those that they never visit over plain HTTP. Set it to True if that is wanted for good.",
    unset:
      "SECURE_HSTS_PRELOAD is not set in {module}, which runs in {environment}: browsers do not take the site into the list of those that they never visit over plain HTTP. Set it to True if that is wanted for good.",
  },
  fixes: { preload: { safety: "unsafe", set: "True" } },
  onByDefault: false,
  doc,
});
