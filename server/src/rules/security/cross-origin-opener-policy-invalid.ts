import { isInvalidOpenerPolicy, OPENER_POLICIES } from "../../django/checks/securityValues";
import { defineRule } from "../../lint/rule";
import { mostSimilar } from "../../lint/similar";
import { truthOf } from "../../python/semantics/operators";
import { reprOf } from "../../python/semantics/text";
import { rewriteFix } from "../questions/fixes/settingFixes";
import { lacksMiddleware } from "../questions/middleware/middleware";
import doc from "./cross-origin-opener-policy-invalid.md";

const SETTING = "SECURE_CROSS_ORIGIN_OPENER_POLICY";

export const crossOriginOpenerPolicyInvalid = defineRule({
  id: "cross-origin-opener-policy-invalid",
  category: "security",
  severity: "error",
  audience: "entry",
  django: { since: [4, 0] },
  djangoChecks: ["security.E024"],
  messages: {
    unknown:
      "SECURE_CROSS_ORIGIN_OPENER_POLICY is {policy}: browsers do not know it, so the pages of {module} get no protection by it, and `check --deploy` fails. Use one of {valid}, or None to send no header.",
    off: "SECURE_CROSS_ORIGIN_OPENER_POLICY is {policy}: Django sends no header for {module}, but `check --deploy` takes it for a mistake and fails. Write None.",
  },
  fixes: {
    nearest: { safety: "unsafe", title: 'Write "{policy}"' },
    none: { safety: "unsafe", title: "Write None, which sends no header either" },
  },
  doc,

  check(context) {
    const proof = context.setting(SETTING).judge((value) => isInvalidOpenerPolicy(value) === true);
    if (proof === undefined || lacksMiddleware(context, /secur/i) !== undefined) return;
    // Django sends no header for anything false: that is meant, and written wrongly.
    const isOff = truthOf(proof.value) === false;
    const policy = proof.value.kind === "str" ? mostSimilar(proof.value.value, OPENER_POLICIES) : undefined;
    const nearest = rewriteFix(context, "nearest", proof, { text: policy }, "any");
    context.report({
      message: isOff ? "off" : "unknown",
      values: { policy: reprOf(proof.value) ?? "no text", valid: OPENER_POLICIES.join(", ") },
      proof,
      severity: isOff ? "warning" : "error",
      fixes: [
        isOff
          ? rewriteFix(context, "none", proof, "None", "any")
          : nearest && { ...nearest, values: { policy: policy ?? "" } },
      ],
    });
  },
});
