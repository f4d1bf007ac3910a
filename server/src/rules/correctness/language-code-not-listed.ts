import { isCode } from "../../django/checks/translation";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { provenanceOf } from "../questions/assignments/assigned";
import { reportsAlways } from "../questions/checks/systemChecks";
import { textOf } from "../questions/dicts/dicts";
import { rewriteFix } from "../questions/fixes/settingFixes";
import doc from "./language-code-not-listed.md";

export const languageCodeNotListed = defineRule({
  id: "language-code-not-listed",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: ["translation.E004"],
  messages: {
    unlisted:
      'LANGUAGE_CODE is "{code}", which LANGUAGES does not have: nobody can choose the language that visitors get first, and Django\'s checks fail. Add it to LANGUAGES, or use one of those listed.',
    default:
      'LANGUAGES lacks "{code}", the default of LANGUAGE_CODE: visitors get a language first that nobody can choose, and Django\'s checks fail. Set LANGUAGE_CODE to one of those listed.',
    unknown:
      'LANGUAGE_CODE is "{code}", which Django does not know: its checks fail. Add it to LANGUAGES, or use one of Django\'s.',
  },
  fixes: { useListed: { safety: "unsafe", title: 'Use "{listed}"' } },
  doc,

  check(context) {
    const code = context.setting("LANGUAGE_CODE").mustBe((value) => isCode(value) === true);
    const languages = provenanceOf(context, "LANGUAGES");
    if (code === undefined || languages === undefined) return;
    if (!reportsAlways(context, "translation.E004")) return;
    const isDefault = context.setting("LANGUAGE_CODE").isUnset;
    const listed = firstListed(languages.value);
    context.report({
      message: isDefault ? "default" : context.setting("LANGUAGES").isUnset ? "unknown" : "unlisted",
      values: { code: textOf(code.value) ?? "", listed: listed ?? "" },
      proof: isDefault ? languages : code,
      fixes: [listed === undefined ? undefined : useListed(context, code, listed)],
    });
  },
});

/** The language that is listed first is what projects mean most often. */
function firstListed(languages: Value): string | undefined {
  const first = languages.kind === "list" || languages.kind === "tuple" ? languages.items[0] : undefined;
  const pair = first?.spread === false ? first.value : undefined;
  return pair !== undefined && "items" in pair ? textOf(pair.items[0]?.value) : undefined;
}

function useListed(context: RuleContext, code: Proof, listed: string): ReportedFix<"useListed"> | undefined {
  if (code.origin !== undefined) return rewriteFix(context, "useListed", code, { text: listed });
  const { file } = context.module;
  return { id: "useListed", edit: (edit) => edit.assign(file, "LANGUAGE_CODE", edit.quote(file, listed)) };
}
