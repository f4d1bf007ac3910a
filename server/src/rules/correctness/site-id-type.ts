import { isWrongSiteId } from "../../django/checks/apps";
import { newestRelease } from "../../django/facts";
import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { EnvironmentValue, Value } from "../../python/value";
import { assignedBy } from "../questions/assigned";
import { textOf } from "../questions/dicts";
import { hasApp } from "../questions/entries";
import doc from "./site-id-type.md";

type Messages = "text" | "variable";
type Context = RuleContext<Messages, "makeNumber" | "convert">;
type Fixes = ReportedFix<"makeNumber" | "convert">;

const CHECK = "sites.E101";

export const siteIdType = defineRule<Messages, "makeNumber" | "convert">({
  id: "site-id-type",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: [CHECK],
  messages: {
    text: "SITE_ID must be the number of a site, and here it is {shown}: Django's checks fail, and comparing it with a site's id says that they differ. Write {wanted}.",
    variable:
      "SITE_ID is the text of the environment variable {variable}, but must be a number: Django's checks fail as soon as it is set. Convert it with int().",
  },
  fixes: {
    makeNumber: { safety: "safe", title: "Write {number}" },
    convert: { safety: "safe", title: "Convert it with int()" },
  },
  onByDefault: true,
  doc,

  check(context) {
    // Without the app, nothing reads the setting.
    if (!hasApp(context, "django.contrib.sites")) return;
    const django = context.project.django?.version ?? newestRelease;
    const setting = context.setting("SITE_ID");
    const proof = setting.mustBe((value) => isWrongSiteId(value, django) === true) ?? setting.mustBe(isText);
    if (proof === undefined) return;
    const { value } = proof;
    const text = textOf(value);
    const number = text !== undefined && /^\d+$/.test(text) ? String(Number(text)) : undefined;
    context.report({
      message: value.kind === "environment" ? "variable" : "text",
      values: {
        variable: value.kind === "environment" ? value.variable : "",
        shown: text === undefined ? "something else" : text === "" ? "an empty text" : `the text "${text}"`,
        wanted: number ?? "its number",
      },
      at: proof.site,
      setting: "SITE_ID",
      djangoCheck: context.djangoAtLeast(3, 2) === true || context.project.django === undefined ? CHECK : "none",
      chain: chainOf(context, "SITE_ID", proof),
      fixes: fixesOf(context, proof, number),
    });
  },
});

/** A variable's text as it is; what it falls back to may be right. */
function isText(value: Value): value is EnvironmentValue {
  return value.kind === "environment" && value.cast === "str";
}

function fixesOf(context: Context, proof: Proof, number: string | undefined): readonly Fixes[] {
  const assigned = assignedBy(context, proof.outcome);
  if (assigned === undefined) return [];
  const { file, expression } = assigned;
  if (number !== undefined && expression.kind === "Str")
    return [{ id: "makeNumber", values: { number }, edit: (edit) => edit.replace(file, expression, number) }];
  const source = context.source(file)?.text.slice(expression.start, expression.end);
  if (proof.value.kind !== "environment" || source === undefined || expression.kind === "Name") return [];
  // int(None) raises where the variable may be missing: that stays for its author to decide.
  if (proof.value.fallback?.kind === "none") return [];
  return [{ id: "convert", edit: (edit) => edit.replace(file, expression, `int(${source})`) }];
}
