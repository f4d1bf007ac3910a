import { isUnknownReferrerPolicy, REFERRER_POLICIES, referrerPolicies } from "../../django/checks/securityValues";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { mostSimilar } from "../../lint/similar";
import type { Value } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { replaceFix } from "../questions/fixes/settingFixes";
import { knownEntries } from "../questions/lists/entries";
import { lacksMiddleware } from "../questions/middleware/middleware";
import doc from "./referrer-policy-invalid.md";

const SETTING = "SECURE_REFERRER_POLICY";

export const referrerPolicyInvalid = defineRule({
  id: "referrer-policy-invalid",
  category: "security",
  severity: "error",
  audience: "entry",
  django: { since: [3, 0] },
  djangoChecks: ["security.E023"],
  messages: {
    unknown:
      "SECURE_REFERRER_POLICY is invalid in {module}: browsers ignore {policy}, and `check --deploy` fails. Use one of {valid}.",
  },
  fixes: { nearest: { safety: "unsafe", title: 'Write "{policy}"' } },
  doc,

  check(context) {
    const proof = context.setting(SETTING).judge((value) => firstUnknown(value) !== undefined);
    const unknown = proof && firstUnknown(proof.value);
    // Without the middleware nothing reads it, which is another rule's finding.
    if (proof === undefined || unknown === undefined || lacksMiddleware(context, /secur/i) !== undefined) return;
    context.report({
      message: "unknown",
      values: { policy: `"${unknown}"`, valid: REFERRER_POLICIES.join(", ") },
      proof,
      fixes: [nearest(context, proof, unknown)],
    });
  },
});

/** The first text of a policy that browsers do not know. */
function firstUnknown(value: Value): string | undefined {
  const policies = referrerPolicies(value) ?? [];
  const found = policies.find((policy) => policy.kind === "str" && isUnknownReferrerPolicy(policy) === true);
  return found?.kind === "str" ? found.value : undefined;
}

/** Replaces the wrong policy where the text that names it alone, or in a list of its own, is written. */
function nearest(context: RuleContext, { outcome, value }: Proof, unknown: string): ReportedFix<"nearest"> | undefined {
  const policy = mostSimilar(unknown, REFERRER_POLICIES);
  const assigned = assignedBy(context, outcome);
  if (policy === undefined || assigned === undefined) return undefined;
  const item = knownEntries(value).find(({ text }) => text === unknown)?.item.site;
  const isWhole = assigned.expression.kind === "Str" && value.kind === "str" && value.value.trim() === unknown;
  const at = item ?? (isWhole ? { file: assigned.file, range: assigned.expression } : undefined);
  return replaceFix("nearest", at, { text: policy }, { policy });
}
