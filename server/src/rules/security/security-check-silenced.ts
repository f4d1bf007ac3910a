import { listed } from "../../lint/phrases";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { knownEntries } from "../questions/lists/entries";
import { isDocumented } from "../questions/assignments/comments";
import doc from "./security-check-silenced.md";

/** Checks about security: Django's own, and those of packages that protect logins, forms and pages. */
const ABOUT_SECURITY = /^(?:security\.[EW]\d+|4_0\.E001|axes\.W\d+|csp\.E\d+|\w+\.recaptcha_test_key_error)$/;

export const securityCheckSilenced = defineRule({
  id: "security-check-silenced",
  category: "security",
  severity: "hint",
  audience: "production",
  django: { since: [1, 7] },
  messages: {
    silenced:
      "SILENCED_SYSTEM_CHECKS hides {ids} in {module}, which runs in {environment}: what Django and this linter would say there stays unseen. Say in a comment why, or remove {them}.",
  },
  doc,

  check(context) {
    const proof = context.setting("SILENCED_SYSTEM_CHECKS").mustBe((value) => silenced(value).length > 0);
    if (proof === undefined || isExplained(context, proof)) return;
    const entries = silenced(proof.value);
    context.report({
      message: "silenced",
      values: { ids: listed(entries.map(({ text }) => text)), them: entries.length === 1 ? "it" : "them" },
      proof,
      at: entries[0]?.item.site,
    });
  },
});

function silenced(value: Proof["value"]) {
  return knownEntries(value).filter(({ text }) => ABOUT_SECURITY.test(text));
}

/** Any comment beside the statement, or in it, is an explanation. */
function isExplained(context: RuleContext, proof: Proof): boolean {
  const { origin } = proof;
  if (origin === undefined || isDocumented(context, proof, /\w/)) return true;
  const { file, range } = origin.site;
  return context.source(file)?.text.slice(range.start, range.end).includes("#") === true;
}
