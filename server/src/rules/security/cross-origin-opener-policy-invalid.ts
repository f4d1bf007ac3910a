import { isInvalidOpenerPolicy, OPENER_POLICIES } from "../../django/checks/securityValues";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { mostSimilar } from "../../lint/similar";
import { truthOf } from "../../python/operators";
import { reprOf } from "../../python/text";
import { assignedBy } from "../questions/assigned";
import { lacksMiddleware } from "../questions/middleware";
import { aboutSetting } from "../questions/settingReport";
import doc from "./cross-origin-opener-policy-invalid.md";

type Fixes = "nearest" | "none";

const SETTING = "SECURE_CROSS_ORIGIN_OPENER_POLICY";

export const crossOriginOpenerPolicyInvalid = defineRule<"unknown" | "off", Fixes>({
  id: "cross-origin-opener-policy-invalid",
  category: "security",
  severity: "error",
  audience: "entry",
  django: { since: [4, 0] },
  djangoChecks: ["security.E024"],
  messages: {
    unknown:
      "SECURE_CROSS_ORIGIN_OPENER_POLICY of {module} is {policy}, which browsers do not know: the pages get no protection by it, and `check --deploy` fails. Use one of {valid}, or None to send no header.",
    off: "SECURE_CROSS_ORIGIN_OPENER_POLICY of {module} is {policy}: Django sends no header, but `check --deploy` takes it for a mistake and fails. Write None.",
  },
  fixes: {
    nearest: { safety: "unsafe", title: 'Write "{policy}"' },
    none: { safety: "unsafe", title: "Write None, which sends no header either" },
  },
  onByDefault: true,
  doc,

  check(context) {
    const proof = context.setting(SETTING).mustBe((value) => isInvalidOpenerPolicy(value) === true);
    if (proof === undefined || lacksMiddleware(context, /secur/i) !== undefined) return;
    // Django sends no header for anything false: that is meant, and written wrongly.
    const isOff = truthOf(proof.value) === false;
    const about = aboutSetting(context, SETTING, proof);
    context.report({
      ...about,
      message: isOff ? "off" : "unknown",
      severity: isOff ? "warning" : "error",
      values: { ...about.values, policy: reprOf(proof.value) ?? "no text", valid: OPENER_POLICIES.join(", ") },
      fixes: fixesFor(context, proof),
    });
  },
});

function fixesFor(context: RuleContext<never, never>, { outcome, value }: Proof): readonly ReportedFix<Fixes>[] {
  const assigned = assignedBy(context, outcome);
  if (assigned === undefined) return [];
  const { file, expression } = assigned;
  if (truthOf(value) === false) return [{ id: "none", edit: (edit) => edit.replace(file, expression, "None") }];
  const policy = value.kind === "str" ? mostSimilar(value.value, OPENER_POLICIES) : undefined;
  if (policy === undefined) return [];
  return [
    { id: "nearest", values: { policy }, edit: (edit) => edit.replace(file, expression, edit.quote(file, policy)) },
  ];
}
