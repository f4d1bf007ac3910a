import { hasMiddleware, XFRAME } from "../questions/middleware/middleware";
import { defineSettingRule } from "../settingRule";
import doc from "./x-frame-options-invalid.md";

export const xFrameOptionsInvalid = defineSettingRule({
  id: "x-frame-options-invalid",
  category: "security",
  severity: "warning",
  audience: "entry",
  setting: "X_FRAME_OPTIONS",
  isBad: (value) =>
    value.kind === "none" || (value.kind === "str" && !["DENY", "SAMEORIGIN"].includes(value.value.toUpperCase())),
  matters: (context, proof) => proof.origin !== undefined && hasMiddleware(context, XFRAME),
  messages: {
    unknown:
      "X_FRAME_OPTIONS is invalid in {module}: browsers ignore a header that is neither DENY nor SAMEORIGIN, and any site can show the pages in a frame. Use one of the two; a Content-Security-Policy with frame-ancestors allows certain sites.",
  },
  fixes: {
    deny: { safety: "unsafe", set: { text: "DENY" } },
    sameOrigin: { safety: "unsafe", set: { text: "SAMEORIGIN" } },
  },
  doc,
});
