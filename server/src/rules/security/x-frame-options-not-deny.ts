import { isSentInFront } from "../questions/hosts/frontServers";
import { hasMiddleware, XFRAME } from "../questions/middleware/middleware";
import { defineSettingRule } from "../settingRule";
import doc from "./x-frame-options-not-deny.md";

/** Off by default: pages of the same site are framed for good reasons, by popups of the admin for instance. */
export const xFrameOptionsNotDeny = defineSettingRule({
  id: "x-frame-options-not-deny",
  category: "security",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  djangoChecks: ["security.W019"],
  setting: "X_FRAME_OPTIONS",
  isBad: (value) => value.kind === "str" && value.value.toUpperCase() === "SAMEORIGIN",
  matters: (context) => hasMiddleware(context, XFRAME) && !isSentInFront(context, "framing"),
  messages: {
    sameOrigin:
      'X_FRAME_OPTIONS is SAMEORIGIN in {module}, which runs in {environment}: pages of the same origin may show it in a frame. If none does so, set it to "DENY".',
    unset:
      'X_FRAME_OPTIONS is not set in {module}, which runs in {environment}: pages of the same origin may show each other in a frame, as it was the default before Django 3.0. If none does so, set it to "DENY".',
  },
  fixes: { deny: { safety: "unsafe", set: { text: "DENY" } } },
  onByDefault: false,
  doc,
});
