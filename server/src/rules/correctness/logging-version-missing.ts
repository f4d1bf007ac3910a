import { defineRule } from "../../lint/rule";
import { assignedBy } from "../questions/assignments/assigned";
import { lacksEntry } from "../questions/dicts/defaultEntry";
import { readsAsDictConfig } from "../questions/logging/ownSetup";
import doc from "./logging-version-missing.md";

export const loggingVersionMissing = defineRule({
  id: "logging-version-missing",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    missing: 'LOGGING has no "version": Django refuses to start with ValueError. Add "version": 1.',
  },
  fixes: { add: { safety: "safe", title: 'Add "version": 1' } },
  doc,

  check(context) {
    const proof = lacksEntry(context, "LOGGING", "version");
    if (proof?.value.kind !== "dict" || proof.value.entries.length === 0) return;
    if (!readsAsDictConfig(context)) return;
    const assigned = assignedBy(context, proof.outcome);
    const dict = assigned?.expression.kind === "Dict" ? assigned.expression : undefined;
    context.report({
      message: "missing",
      proof,
      fixes: [
        assigned && dict
          ? {
              id: "add",
              edit: (edit) => edit.insertElement(assigned.file, dict, 0, `${edit.quote(assigned.file, "version")}: 1`),
            }
          : undefined,
      ],
    });
  },
});
