import { hasCspProcessor, orRaises, usesNonce } from "../../django/checks/securityValues";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { entryAt } from "../questions/dicts/dicts";
import { endOfList, insertFix } from "../questions/fixes/settingFixes";
import { CSP, hasMiddleware } from "../questions/middleware/middleware";
import doc from "./csp-nonce-without-context-processor.md";

const SETTING = "TEMPLATES";

export const cspNonceWithoutContextProcessor = defineRule({
  id: "csp-nonce-without-context-processor",
  category: "security",
  severity: "warning",
  audience: "entry",
  django: { since: [6, 0] },
  djangoChecks: ["security.W027"],
  messages: {
    unused:
      "{policy} allows scripts by nonce, but templates get none: no template engine of {module} has the csp context processor, so browsers block the inline scripts that should have the nonce. Add it.",
  },
  fixes: {
    addProcessor: { safety: "safe", title: "Add the csp context processor" },
  },
  doc,

  check(context) {
    if (context.djangoAtLeast(6, 0) !== true || !hasMiddleware(context, CSP)) return;
    const policy = ["SECURE_CSP", "SECURE_CSP_REPORT_ONLY"].find((name) =>
      context.setting(name).certainly((value) => usesNonce(value) === true),
    );
    const proof = context
      .setting(SETTING)
      .mustBe((value) => value.kind !== "unset" && orRaises(() => hasCspProcessor(value)) === false);
    if (policy === undefined || proof?.origin === undefined) return;
    context.report({
      message: "unused",
      values: { policy },
      proof,
      fixes: [addProcessor(context, proof)],
    });
  },
});

/** Into the first engine whose context processors are written in a list of their own. */
function addProcessor(context: RuleContext, { value }: Proof): ReportedFix<"addProcessor"> | undefined {
  const engines = value.kind === "list" || value.kind === "tuple" ? value.items : [];
  return engines
    .map((engine) => entryAt(engine.value, "OPTIONS", "context_processors")?.valueSite)
    .map((site) => insertFix("addProcessor", endOfList(context, site), "django.template.context_processors.csp"))
    .find((fix) => fix !== undefined);
}
