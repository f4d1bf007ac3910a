import { isCode } from "../../django/checks/translation";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import { assignedBy } from "../questions/assigned";
import { chainFrom, provenanceOf } from "../questions/assignedSites";
import { reportsAlways } from "../questions/djangoSays";
import { textOf } from "../questions/dicts";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/value";
import doc from "./language-code-not-listed.md";

type Messages = "unlisted" | "default" | "unknown";
type Context = RuleContext<Messages, "useListed">;

export const languageCodeNotListed = defineRule<Messages, "useListed">({
  id: "language-code-not-listed",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: ["translation.E004"],
  messages: {
    unlisted:
      'LANGUAGE_CODE is "{code}", which LANGUAGES does not have: nobody can choose the language that visitors get first, and Django\'s checks fail. Add it to LANGUAGES, or use one of those listed.',
    default:
      'LANGUAGES does not have "{code}", which is the default of LANGUAGE_CODE: visitors get a language first that nobody can choose, and Django\'s checks fail. Set LANGUAGE_CODE to one of those listed.',
    unknown:
      'LANGUAGE_CODE is "{code}", which is none of the languages that Django knows: its checks fail. Add it to LANGUAGES, or use one of Django\'s.',
  },
  fixes: { useListed: { safety: "unsafe", title: 'Use "{listed}"' } },
  onByDefault: true,
  doc,

  check(context) {
    const code = context.setting("LANGUAGE_CODE").mustBe((value) => isCode(value) === true);
    const languages = provenanceOf(context, "LANGUAGES");
    if (code === undefined || languages === undefined) return;
    if (!reportsAlways(context, "translation.E004")) return;
    const isDefault = context.setting("LANGUAGE_CODE").isUnset;
    const proof = isDefault ? languages : code;
    const setting = isDefault ? "LANGUAGES" : "LANGUAGE_CODE";
    context.report({
      message: isDefault ? "default" : context.setting("LANGUAGES").isUnset ? "unknown" : "unlisted",
      values: { code: textOf(code.value) ?? "" },
      at: proof.site,
      setting,
      chain: chainFrom(context, setting, proof, proof.site),
      fixes: fixesOf(context, code, languages.value),
    });
  },
});

/** The language that is listed first is what projects mean most often. */
function fixesOf(context: Context, code: Proof, languages: Value): readonly ReportedFix<"useListed">[] {
  const first = languages.kind === "list" || languages.kind === "tuple" ? languages.items[0] : undefined;
  const pair = first?.spread === false ? first.value : undefined;
  const listed = pair !== undefined && "items" in pair ? textOf(pair.items[0]?.value) : undefined;
  if (listed === undefined) return [];
  const assigned = assignedBy(context, code.outcome);
  if (context.setting("LANGUAGE_CODE").isUnset) {
    const { file } = context.module;
    return [
      {
        id: "useListed",
        values: { listed },
        edit: (edit) => edit.assign(file, "LANGUAGE_CODE", edit.quote(file, listed)),
      },
    ];
  }
  if (assigned?.expression.kind !== "Str") return [];
  const { file, expression } = assigned;
  return [
    { id: "useListed", values: { listed }, edit: (edit) => edit.replace(file, expression, edit.quote(file, listed)) },
  ];
}
