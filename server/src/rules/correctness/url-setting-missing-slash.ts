import { lacksSlash } from "../../django/checks/filesPaths";
import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Expr } from "../../syntax/ast";
import { assignedBy, proofOf } from "../questions/assigned";
import { checkUnlessDenied } from "../questions/djangoSays";
import { readingCall, writtenDefault } from "../questions/environment";
import doc from "./url-setting-missing-slash.md";

type Messages = "always" | "unset";
type Context = RuleContext<Messages, "append">;

export const urlSettingMissingSlash = defineRule<Messages, "append">({
  id: "url-setting-missing-slash",
  category: "correctness",
  severity: "error",
  audience: "entry",
  // Since 1.11.
  djangoChecks: [],
  partialChecks: ["urls.E006"],
  messages: {
    always:
      "{name} is {url} and does not end with a slash: Django appends file names to it as they are, and its checks stop. Add the slash.",
    unset:
      "{name} is {url} when {variable} is not set, and does not end with a slash: Django appends file names to it as they are, and its checks stop. Add the slash.",
  },
  fixes: { append: { safety: "safe", title: "Add a slash at the end" } },
  onByDefault: true,
  doc,

  check(context) {
    for (const name of ["STATIC_URL", "MEDIA_URL"]) checkUrl(context, name);
  },
});

function checkUrl(context: Context, name: string): void {
  const setting = context.setting(name);
  for (const outcome of setting.outcomes) {
    const { value } = outcome;
    const url = value.kind === "environment" && value.fallback !== undefined ? value.fallback : value;
    const proof = url.kind === "str" && lacksSlash(url) === true ? proofOf(setting, outcome) : undefined;
    if (proof === undefined || url.kind !== "str") continue;
    const isRead = value.kind === "environment";
    context.report({
      message: isRead ? "unset" : "always",
      values: { name, url: JSON.stringify(url.value), variable: isRead ? value.variable : "" },
      at: proof.site,
      setting: name,
      djangoCheck: checkUnlessDenied(context, "urls.E006"),
      chain: chainOf(context, name, proof),
      fixes: append(context, name, proof, url.value),
    });
  }
}

/** In the text as it is written; not safe where something else is made of the setting. */
function append(context: Context, name: string, proof: Proof, url: string): readonly ReportedFix<"append">[] {
  const assigned = assignedBy(context, proof.outcome);
  if (assigned === undefined) return [];
  const { file, expression } = assigned;
  const end = endOf(writtenText(file, expression, proof), url, context.source(file)?.text ?? "");
  if (end === undefined) return [];
  const isRead = context.evaluation.bindings.some(({ reads }) => reads.some((read) => read.name === name));
  return [{ id: "append", safety: isRead ? "unsafe" : "safe", edit: (edit) => edit.insert(file, end, "/") }];
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
