import { isCode } from "../../django/checks/translation";
import { isLanguageCode } from "../../django/languages";
import { defineRule } from "../../lint/rule";
import { textOf } from "../questions/dicts/dicts";
import { rewriteFix } from "../questions/fixes/settingFixes";
import doc from "./language-code-invalid.md";

export const languageCodeInvalid = defineRule({
  id: "language-code-invalid",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: ["translation.E001"],
  messages: {
    locale:
      '"{code}" is the name of a locale, not of a language: Django finds no translations for it, and its checks fail. Write "{wanted}".',
    invalid:
      "{shown} is no language code: Django finds no translations for it and its checks fail. Give LANGUAGE_CODE a code such as {example}.",
  },
  fixes: { normalise: { safety: "unsafe", title: 'Write "{wanted}"' } },
  doc,

  check(context) {
    const proof = context.setting("LANGUAGE_CODE").judge((value) => isCode(value) === false);
    if (proof === undefined) return;
    const code = textOf(proof.value);
    const wanted = code === undefined ? undefined : languageOfLocale(code);
    context.report({
      message: wanted === undefined ? "invalid" : "locale",
      values: {
        code: code ?? "",
        wanted: wanted ?? "",
        shown: code === undefined ? "What is not a text" : code === "" ? "An empty text" : `"${code}"`,
        example: '"pt-br"',
      },
      proof,
      fixes: [rewriteFix(context, "normalise", proof, { text: wanted })],
    });
  },
});

/** `pt-br` for `pt_BR`, `pt_BR.UTF-8` and `pt-BR.utf8`; `undefined` where that gives no code either. */
export function languageOfLocale(text: string): string | undefined {
  const code = text.trim().replace(/\..*$/s, "").replaceAll("_", "-").toLowerCase();
  return isLanguageCode(code) ? code : undefined;
}
