import { isPlaceholder } from "../../django/secrets";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { entryAt, entryOf, textOf, valueAt } from "../questions/dicts/dicts";
import { replaceFix } from "../questions/fixes/settingFixes";
import { isStandIn } from "../questions/secrets/written";
import doc from "./signing-key-shared-or-short.md";

/** The bytes of a key for HS256 (RFC 7518, section 3.2). */
const LEAST = 32;

export const signingKeySharedOrShort = defineRule({
  id: "signing-key-shared-or-short",
  category: "security",
  severity: "warning",
  audience: "hardened",
  messages: {
    short:
      'SIMPLE_JWT["SIGNING_KEY"] has {length} bytes in {module}, which runs in {environment}: who has one token can find the key by trying, and make tokens for everybody. Use at least 32 random bytes, and keep them out of the source.',
  },
  fixes: { readEnvironment: { safety: "unsafe", title: "Read the key from the environment" } },
  doc,

  check(context) {
    const proof = context.setting("SIMPLE_JWT").mustBe((value) => isReported(context, value));
    const entry = proof && entryAt(proof.value, "SIGNING_KEY");
    if (proof === undefined || entry === undefined) return;
    const at = entry.valueSite;
    context.report({
      message: "short",
      values: { length: String(bytesOf(textOf(entry.value) ?? "")) },
      proof,
      at,
      fixes: [
        proof.deployed.length > 0
          ? undefined
          : replaceFix("readEnvironment", at, (edit, file) =>
              edit.readEnvironment(
                file,
                edit.variable({ path: ["SIMPLE_JWT", "SIGNING_KEY"], customary: ["JWT_SIGNING_KEY"] }),
                "str",
              ),
            ),
      ],
    });
  },
});

/** A short key that no other rule reports: one that is SECRET_KEY, or that looks like a secret, is reported as that. */
function isReported(context: RuleContext, jwt: Value): boolean {
  const key = textOf(valueAt(jwt, "SIGNING_KEY"));
  if (key === undefined || key === "" || bytesOf(key) >= LEAST || !isSymmetric(jwt)) return false;
  if (context.setting("SECRET_KEY").outcomes.some(({ value }) => textOf(value) === key)) return false;
  return key.length < 8 || isPlaceholder(key) || isStandIn(key);
}

/** HS256 is the default. */
function isSymmetric(jwt: Value): boolean {
  const algorithm = entryOf(jwt, "ALGORITHM");
  return algorithm === "absent" || /^HS\d+$/.test(textOf(algorithm?.value) ?? "");
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
