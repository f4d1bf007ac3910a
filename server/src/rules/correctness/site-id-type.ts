import { isWrongSiteId } from "../../django/checks/apps";
import { newestRelease } from "../../django/facts";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { EnvironmentValue, Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { assignedBy } from "../questions/assignments/assigned";
import { textOf } from "../questions/dicts/dicts";
import { replaceFix, rewriteFix } from "../questions/fixes/settingFixes";
import doc from "./site-id-type.md";

const CHECK = "sites.E101";

export const siteIdType = defineRule({
  id: "site-id-type",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: [CHECK],
  messages: {
    text: "SITE_ID must be the number of a site, and here it is {shown}: Django's checks fail, and comparing it with a site's id says that they differ. Write {wanted}.",
    variable:
      "SITE_ID is the raw string of {variable}: it must be a number, and Django's checks fail as soon as the environment variable is set. Convert it with int().",
  },
  fixes: {
    makeNumber: { safety: "safe", title: "Write {number}" },
    convert: { safety: "safe", title: "Convert it with int()" },
  },
  doc,

  check(context) {
    // Without the app, nothing reads the setting.
    if (!hasApp(context, "django.contrib.sites")) return;
    const django = context.project.django?.version ?? newestRelease;
    const setting = context.setting("SITE_ID");
    const proof = setting.mustBe(isText) ?? setting.judge((value) => isWrongSiteId(value, django) === true);
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
        number: number ?? "",
      },
      proof,
      djangoCheck: context.djangoAtLeast(3, 2) === true || context.project.django === undefined ? CHECK : "none",
      fixes: [number === undefined ? convert(context, proof) : rewriteFix(context, "makeNumber", proof, number)],
    });
  },
});

/** A variable's text as it is; what it falls back to may be right. */
function isText(value: Value): value is EnvironmentValue {
  return value.kind === "environment" && value.cast === "str";
}

function convert(context: RuleContext, { outcome, value }: Proof): ReportedFix<"convert"> | undefined {
  const assigned = assignedBy(context, outcome);
  if (value.kind !== "environment" || assigned === undefined || assigned.expression.kind === "Name") return undefined;
  // int(None) raises where the variable may be missing: that stays for its author to decide.
  if (value.fallback?.kind === "none") return undefined;
  const { file, expression } = assigned;
  const source = context.source(file)?.text.slice(expression.start, expression.end) ?? "";
  return replaceFix("convert", { file, range: expression }, `int(${source})`);
}
