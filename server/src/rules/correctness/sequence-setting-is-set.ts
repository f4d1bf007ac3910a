import { defineRule } from "../../lint/rule";
import { rewriteFix } from "../questions/fixes/settingFixes";
import { assignedBy } from "../questions/assignments/assigned";
import doc from "./sequence-setting-is-set.md";

/** Django refuses anything but lists and tuples (django/conf/__init__.py). */
const REFUSED = ["ALLOWED_HOSTS", "INSTALLED_APPS", "LOCALE_PATHS", "SECRET_KEY_FALLBACKS"];

/** What comes first matters. */
const ORDERED = [
  "MIDDLEWARE",
  "AUTHENTICATION_BACKENDS",
  "STATICFILES_DIRS",
  "STATICFILES_FINDERS",
  "PASSWORD_HASHERS",
  "DATABASE_ROUTERS",
];

export const sequenceSettingIsSet = defineRule({
  id: "sequence-setting-is-set",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    refused:
      "{setting} is a set: Django refuses to start, because it has to be a list or a tuple. Write square brackets.",
    order:
      "{setting} is a set, and its order differs by process: what comes first is left to chance. Write square brackets.",
  },
  fixes: { brackets: { safety: "safe", title: "Write square brackets" } },
  doc,

  check(context) {
    for (const name of [...REFUSED, ...ORDERED]) {
      const proof = context.setting(name).judge((value) => value.kind === "set" || value.kind === "frozenset");
      if (proof === undefined) continue;
      const assigned = assignedBy(context, proof.outcome);
      const text =
        assigned && context.source(assigned.file)?.text.slice(assigned.expression.start, assigned.expression.end);
      const list = text !== undefined && assigned?.expression.kind === "Set" ? `[${text.slice(1, -1)}]` : undefined;
      context.report({
        message: REFUSED.includes(name) ? "refused" : "order",
        proof,
        fixes: [list === undefined ? undefined : rewriteFix(context, "brackets", proof, list, ["Set"])],
      });
    }
  },
});
