import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { phaseOf } from "../questions/dottedPaths/removedPaths";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import { knownEntries, type ListEntry } from "../questions/lists/entries";
import doc from "./password-hasher-weak.md";

const WEAK = /^django\.contrib\.auth\.hashers\.(?:Unsalted)?(?:MD5|SHA1|Crypt)PasswordHasher$/;

export const passwordHasherWeak = defineRule({
  id: "password-hasher-weak",
  category: "security",
  severity: "error",
  audience: "production",
  messages: {
    weak: "PASSWORD_HASHERS uses the weak {hasher} in {module}, which runs in {environment}: whoever gets the table of users has most passwords within hours. Put a strong hasher first, or remove the setting.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove PASSWORD_HASHERS" } },
  doc,

  check(context) {
    const proof = context.setting("PASSWORD_HASHERS").judge((value) => WEAK.test(firstOf(value)?.text ?? ""));
    const first = proof && firstOf(proof.value);
    // What Django no longer has is for `removed-dotted-path` to say.
    if (proof === undefined || first === undefined || phaseOf(context, first.text) === "removed") return;
    context.report({
      message: "weak",
      values: { hasher: first.text.slice(first.text.lastIndexOf(".") + 1) },
      proof,
      at: first.item.site,
      fixes: [deleteSettingFix(context, "remove", proof)],
    });
  },
});

/** New passwords are stored with the first one; the others are for those that are stored already. */
function firstOf(value: Value): ListEntry | undefined {
  const [entry] = knownEntries(value);
  return value.kind !== "unset" && "items" in value && entry?.item === value.items[0] ? entry : undefined;
}
