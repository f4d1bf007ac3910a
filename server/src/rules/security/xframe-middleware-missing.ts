import { defineRule, type RuleContext } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { entryOf, valueAt } from "../questions/dicts/dicts";
import { insertFix } from "../questions/fixes/settingFixes";
import { isSentInFront } from "../questions/hosts/frontServers";
import { allEntries } from "../questions/lists/entries";
import { lacksMiddleware, writtenList, XFRAME } from "../questions/middleware/middleware";
import doc from "./xframe-middleware-missing.md";

export const xframeMiddlewareMissing = defineRule({
  id: "xframe-middleware-missing",
  category: "security",
  severity: "warning",
  audience: "hardened",
  aboutRequests: true,
  djangoChecks: ["security.W002"],
  messages: {
    missing:
      "XFrameOptionsMiddleware is not in {setting} of {module}, which runs in {environment}: other sites can show these pages in a frame and have visitors click in them. Add it.",
    inert:
      "XFrameOptionsMiddleware is not in {setting} of {module}, which runs in {environment}: X_FRAME_OPTIONS has no effect, and other sites can show these pages in a frame. Add it.",
  },
  fixes: { insert: { safety: "unsafe", title: "Add XFrameOptionsMiddleware as the last item" } },
  doc,

  check(context) {
    const proof = lacksMiddleware(context, /x_?frame|frame_?options|clickjack|^(?=.*secur).*headers|\bcsp\b/i);
    if (proof === undefined || mayLimitFraming(context) || isSentInFront(context, "framing")) return;
    const written = writtenList(context, proof);
    const isWhole = written?.list.elts.length === allEntries(proof.value)?.length;
    const place = written !== undefined && isWhole ? { ...written, index: written.list.elts.length } : undefined;
    const isSet = context.setting("X_FRAME_OPTIONS").outcomes.every(({ value }) => value.kind !== "unset");
    context.report({
      message: isSet ? "inert" : "missing",
      proof,
      fixes: [insertFix("insert", place, XFRAME)],
    });
  },
});

/** Whether a content security policy says, or may say, who may frame the pages: of Django's own, or of django-csp's old and new settings. */
function mayLimitFraming(context: RuleContext): boolean {
  const may = (name: string, mayBe: (value: Value) => boolean): boolean =>
    context.setting(name).outcomes.some(({ value }) => value.kind !== "unset" && mayBe(value));
  const mayHave = (policy: Value | undefined): boolean => entryOf(policy, "frame-ancestors") !== "absent";
  return (
    may("SECURE_CSP", mayHave) ||
    may("CSP_FRAME_ANCESTORS", () => true) ||
    may("CONTENT_SECURITY_POLICY", (value) => mayHave(valueAt(value, "DIRECTIVES")))
  );
}
