import { defineRule } from "../../lint/rule";
import { mostSimilar } from "../../lint/similar";
import type { Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import { rewriteFix } from "../questions/fixes/settingFixes";
import doc from "./samesite-invalid.md";

const SETTINGS = ["SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "LANGUAGE_COOKIE_SAMESITE"];

export const samesiteInvalid = defineRule({
  id: "samesite-invalid",
  category: "security",
  severity: "error",
  audience: "entry",
  django: { since: [2, 1] },
  messages: {
    unknown: '{setting} is "{value}": Django raises ValueError when it sets the cookie. Use {valid}.',
  },
  fixes: { nearest: { safety: "unsafe", title: 'Write "{nearest}"' } },
  doc,

  check(context) {
    // The string is accepted since Django 3.1 only; None sends no attribute.
    const valid = context.djangoAtLeast(3, 1) === false ? ["Lax", "Strict"] : ["Lax", "Strict", "None"];
    const isUnknown = (value: Value): boolean => {
      const text = textOf(value);
      return text !== undefined && text !== "" && !valid.some((one) => one.toLowerCase() === text.toLowerCase());
    };
    for (const name of SETTINGS) {
      const proof = context.setting(name).judge(isUnknown);
      if (proof === undefined) continue;
      const value = textOf(proof.value) ?? "";
      const nearest = mostSimilar(value, valid);
      context.report({
        message: "unknown",
        values: { value, nearest: nearest ?? "", valid: valid.map((one) => `"${one}"`).join(", ") },
        proof,
        fixes: [rewriteFix(context, "nearest", proof, { text: nearest })],
      });
    }
  },
});
