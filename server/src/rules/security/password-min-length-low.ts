import { defineRule } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Site, Value } from "../../python/values/value";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./password-min-length-low.md";

const MINIMUM_LENGTH = "django.contrib.auth.password_validation.MinimumLengthValidator";

/** Django's default, and the least that NIST SP 800-63B allows. */
const LEAST = 8n;

/** Validators of other packages and of projects that may ask for more. */
const MAY_ASK_FOR_MORE = /length|complex|strength|strong|zxcvbn|policy|entropy|pwned|ldap/i;

export const passwordMinLengthLow = defineRule({
  id: "password-min-length-low",
  category: "security",
  severity: "warning",
  audience: "hardened",
  django: { since: [1, 9] },
  messages: {
    low: "{setting} accepts passwords of {length} in {module}, which runs in {environment}: they are found within minutes once the hashes leak. Ask for 12 characters, at least for 8.",
  },
  fixes: { raise: { safety: "unsafe", title: "Ask for at least 12 characters" } },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("AUTH_PASSWORD_VALIDATORS").judgeParts(lowMinimums)) {
      const length = part.length === 1n ? "one character" : `${String(part.length)} characters`;
      context.report({
        message: "low",
        values: { length },
        proof,
        at: part.site,
        fixes: [proof.missing.length > 0 ? undefined : replaceFix("raise", part.site, "12")],
      });
    }
  },
});

interface LowMinimum extends JudgedPart {
  readonly length: bigint;
  readonly site: Site | undefined;
}

function lowMinimums(validators: Value): readonly LowMinimum[] {
  if (validators.kind !== "list" && validators.kind !== "tuple") return [];
  const names = validators.items.map(({ value }) => textOf(valueAt(value, "NAME")));
  if (names.some((name) => name === undefined || (name !== MINIMUM_LENGTH && MAY_ASK_FOR_MORE.test(name)))) return [];
  return validators.items.flatMap(({ value }, index) => {
    const entry = entryAt(value, "OPTIONS", "min_length");
    if (names[index] !== MINIMUM_LENGTH || entry?.value.kind !== "int" || entry.value.value >= LEAST) return [];
    return [{ key: String(index), length: entry.value.value, site: entry.valueSite }];
  });
}
