import { REPLACED_BY_MAILERS } from "../../django/checks/files";
import { defineRule } from "../../lint/rule";
import { lacksEntry, renameOnlyEntry, stateWithoutDefault } from "../questions/dicts/defaultEntry";
import doc from "./mailers-default-missing.md";

export const mailersDefaultMissing = defineRule({
  id: "mailers-default-missing",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  django: { since: [6, 1] },
  djangoChecks: ["mail.W001"],
  messages: {
    missing:
      'MAILERS in {module} {state}: mail that is sent without naming a mailer fails, Django\'s own to admins and password resets included. Add the key "default".',
  },
  fixes: { rename: { safety: "unsafe", title: 'Call the mailer "{alias}" "default"' } },
  doc,

  check(context) {
    if (context.djangoAtLeast(6, 1) !== true) return;
    // Django refuses to load both, which is another rule's finding, and checks nothing then.
    if (REPLACED_BY_MAILERS.some((name) => !context.setting(name).isUnset)) return;
    const proof = lacksEntry(context, "MAILERS", "default");
    if (proof?.value.kind !== "dict") return;
    context.report({
      message: "missing",
      values: { state: stateWithoutDefault(proof) },
      proof,
      fixes: [renameOnlyEntry(context, proof)],
    });
  },
});
