import { defineRule } from "../../lint/rule";
import { listsMiddleware, XFRAME } from "../questions/middleware";
import { aboutSetting, assignDeclaration, assignFix } from "../questions/settingReport";
import doc from "./x-frame-options-not-deny.md";

const SETTING = "X_FRAME_OPTIONS";

/** Off by default: pages of the same site are framed for good reasons, by popups of the admin for instance. */
export const xFrameOptionsNotDeny = defineRule<"sameOrigin" | "unset", "deny">({
  id: "x-frame-options-not-deny",
  category: "security",
  severity: "hint",
  audience: "hardened",
  djangoChecks: ["security.W019"],
  messages: {
    sameOrigin:
      'X_FRAME_OPTIONS lets pages of the same origin show those of {module}, which runs in {environment}, in a frame. If none does so, set it to "DENY".',
    unset:
      '{module} runs in {environment} and does not set X_FRAME_OPTIONS, so that pages of the same origin may show each other in a frame, as it was the default before Django 3.0. If none does so, set it to "DENY".',
  },
  fixes: { deny: assignDeclaration("unsafe") },
  onByDefault: false,
  doc,

  check(context) {
    if (listsMiddleware(context, XFRAME) === undefined) return;
    const proof = context
      .setting(SETTING)
      .mustBe((value) => value.kind === "str" && value.value.toUpperCase() === "SAMEORIGIN");
    if (proof === undefined) return;
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: proof.origin === undefined ? "unset" : "sameOrigin",
      fixes: assignFix(context, "deny", proof, SETTING, { text: "DENY" }),
    });
  },
});
