import { lacksSlash } from "../../django/checks/filesPaths";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { JudgedPart, Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import type { Expr } from "../../syntax/ast";
import { assignedBy } from "../questions/assignments/assigned";
import { readingCall, writtenDefault } from "../questions/environment/environment";
import doc from "./url-setting-missing-slash.md";

export const urlSettingMissingSlash = defineRule({
  id: "url-setting-missing-slash",
  category: "correctness",
  severity: "error",
  audience: "entry",
  // Since 1.11.
  partialChecks: ["urls.E006"],
  messages: {
    always:
      "{setting} is {url} and does not end with a slash: Django appends file names to it as they are, and its checks stop. Add the slash.",
    unset:
      "{setting} lacks a slash at its end without {variables}: it is then {url}, to which Django appends file names as they are, and its checks stop. Add the slash.",
  },
  fixes: { append: { safety: "safe", title: "Add a slash at the end" } },
  doc,

  check(context) {
    for (const name of ["STATIC_URL", "MEDIA_URL"]) {
      for (const { part, proof } of context.setting(name).judgeParts(withoutSlash)) {
        context.report({
          message: proof.missing.length > 0 ? "unset" : "always",
          values: { url: JSON.stringify(part.key) },
          proof,
          djangoCheck: "urls.E006",
          fixes: [append(context, proof, part.key)],
        });
      }
    }
  },
});

function withoutSlash(url: Value): readonly JudgedPart[] {
  return url.kind === "str" && lacksSlash(url) === true ? [{ key: url.value }] : [];
}

/** In the text as it is written; not safe where something else is made of the setting. */
function append(context: RuleContext, proof: Proof, url: string): ReportedFix<"append"> | undefined {
  const assigned = assignedBy(context, proof.outcome);
  if (assigned === undefined) return undefined;
  const { file, expression } = assigned;
  const end = endOf(writtenText(file, expression, proof), url, context.source(file)?.text ?? "");
  if (end === undefined) return undefined;
  const isRead = context.evaluation.bindings.some(({ reads }) => reads.some(({ name }) => name === proof.setting));
  return { id: "append", safety: isRead ? "unsafe" : "safe", edit: (edit) => edit.insert(file, end, "/") };
}

function writtenText(file: string, expression: Expr, { outcome: { value } }: Proof): Expr | undefined {
  if (value.kind !== "environment") return expression;
  const call = readingCall(file, expression, value);
  return call && writtenDefault(call, value);
}

/** The offset at which a text's literal ends, in front of the quotes. */
function endOf(expression: Expr | undefined, url: string, source: string): number | undefined {
  const last = expression?.kind === "Str" && expression.value === url ? expression.pieces.at(-1) : undefined;
  if (last === undefined) return undefined;
  return last.end - (/("""|''')$/.test(source.slice(last.start, last.end)) && last.end - last.start >= 6 ? 3 : 1);
}
