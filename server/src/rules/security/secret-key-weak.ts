import { secretKeyWeaknesses } from "../../django/secrets";
import { listed } from "../../lint/phrases";
import { defineRule } from "../../lint/rule";
import doc from "./secret-key-weak.md";

const REASONS = {
  short: (key: string) => `has ${Array.from(key).length} characters instead of 50`,
  monotonous: (key: string) => `has only ${new Set(key).size} different characters`,
  "insecure-prefix": () => "was made by startproject (it begins with django-insecure-)",
} as const;

/** A key that comes from a deployment file; one in the source is the business of `secret-key-hardcoded`. */
export const secretKeyWeak = defineRule({
  id: "secret-key-weak",
  category: "security",
  severity: "warning",
  audience: "production",
  djangoChecks: ["security.W009"],
  messages: {
    weak: "The SECRET_KEY that this gives {module} {reasons}: it can be guessed, and with it sessions can be forged. Set a long random one.",
  },
  fixes: {
    generate: {
      safety: "manual",
      title: "Make a new key with secrets.token_urlsafe(50)",
    },
  },
  doc,

  check(context) {
    const proof = context.setting("SECRET_KEY").mustBe((value) => value.kind === "str" && value.value !== "");
    const [source, ...others] = proof?.deployed ?? [];
    if (proof?.value.kind !== "str" || source?.site === undefined || others.length > 0) return;
    const key = proof.value.value;
    const reasons = secretKeyWeaknesses(key).map((weakness) => REASONS[weakness](key));
    if (reasons.length === 0) return;
    context.report({
      message: "weak",
      values: { reasons: listed(reasons) },
      proof,
      at: source.site,
      fixes: [{ id: "generate" }],
    });
  },
});
