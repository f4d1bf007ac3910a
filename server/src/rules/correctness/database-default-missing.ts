import { defineRule } from "../../lint/rule";
import { lacksEntry, renameOnlyEntry } from "../questions/dicts/defaultEntry";
import doc from "./database-default-missing.md";

export const databaseDefaultMissing = defineRule({
  id: "database-default-missing",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    missing:
      'DATABASES of {module} has no key "default": Django raises ImproperlyConfigured when it first needs a database. Call one of them "default".',
  },
  fixes: { rename: { safety: "unsafe", title: 'Call the database "{alias}" "default"' } },
  doc,

  check(context) {
    const proof = lacksEntry(context, "DATABASES", "default");
    // An empty dict is allowed: a project without databases.
    if (proof?.value.kind !== "dict" || proof.value.entries.length === 0) return;
    context.report({ message: "missing", proof, fixes: [renameOnlyEntry(context, proof)] });
  },
});
