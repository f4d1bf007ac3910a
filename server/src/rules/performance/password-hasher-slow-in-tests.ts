import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { setDeclaration, setFix } from "../questions/fixes/settingFixes";
import { knownEntries } from "../questions/lists/entries";
import doc from "./password-hasher-slow-in-tests.md";

const SLOW = /^django\.contrib\.auth\.hashers\.(PBKDF2\w*|Argon2|BCrypt\w*|Scrypt)PasswordHasher$/;
const FAST = "django.contrib.auth.hashers.MD5PasswordHasher";

export const passwordHasherSlowInTests = defineRule({
  id: "password-hasher-slow-in-tests",
  category: "performance",
  severity: "hint",
  audience: "test",
  messages: {
    slow: "PASSWORD_HASHERS is slow on purpose in {module}: tests run with it, and {hasher} takes a good part of a second for each user that a test creates or logs in. Use MD5PasswordHasher in tests.",
  },
  fixes: { fast: { ...setDeclaration("safe"), title: "Use MD5PasswordHasher in {module}" } },
  doc,

  check(context) {
    if (!hasApp(context, "django.contrib.auth")) return;
    const proof = context.setting("PASSWORD_HASHERS").mustBe((value) => slowHasher(value) !== undefined);
    const hasher = proof && slowHasher(proof.value);
    if (proof === undefined || hasher === undefined || (proof.origin === undefined && proof.overridable !== undefined))
      return;
    context.report({
      message: "slow",
      values: { hasher },
      proof,
      fixes: [setFix(context, "fast", proof, (edit, file) => `[${edit.quote(file, FAST)}]`)],
    });
  },
});

/** The hasher of new passwords, by the name that people know it by. */
function slowHasher(value: Value): string | undefined {
  const first = knownEntries(value)[0];
  const isFirst = "items" in value && first?.item === value.items[0];
  return isFirst ? SLOW.exec(first?.text ?? "")?.[1] : undefined;
}
