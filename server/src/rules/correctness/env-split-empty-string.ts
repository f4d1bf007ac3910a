import { settingFact } from "../../django/facts";
import { environmentReads } from "../../lint/environmentReads";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Outcome, Site, Value } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { readingCall } from "../questions/environment/environment";
import { leaveOut, splitOf } from "../questions/environment/splitReads";
import doc from "./env-split-empty-string.md";

export const envSplitEmptyString = defineRule({
  id: "env-split-empty-string",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    empty:
      '{setting} contains an empty string without {variables}: "".split(...) returns [""], also when the variable is empty, and {consequence}. Drop empty items.',
  },
  fixes: { leaveOut: { safety: "safe", title: "Leave empty parts out" } },
  doc,

  check(context) {
    for (const name of context.evaluation.names) {
      if (!isListSetting(name)) continue;
      const setting = context.setting(name);
      if (!setting.outcomes.some((outcome) => isSplit(outcome.value))) continue;
      const proof = setting.whenMissing(hasEmptyText);
      if (proof === undefined) continue;
      const stops = name === "CSRF_TRUSTED_ORIGINS" && context.djangoAtLeast(4, 0) === true;
      context.report({
        message: "empty",
        values: { consequence: consequenceOf(name, stops) },
        proof,
        at: siteOfSplit(proof.outcome, proof.site),
        severity: stops ? "error" : "warning",
        djangoCheck: stops ? "4_0.E001" : undefined,
        fixes: [leaveOutOf(context, proof.outcome)],
      });
    }
  },
});

/** Lists that Django or django-cors-headers reads: a project's own may well leave out empty entries where it reads them. */
function isListSetting(name: string): boolean {
  return settingFact(name)?.types.includes("list") === true || /^CORS_(ALLOWED_\w+|ORIGIN_WHITELIST)$/.test(name);
}

/** The statement that brings the split text: the assignment, or a later `NAME += ...`. */
function siteOfSplit({ steps, value }: Outcome, site: Site): Site {
  const read = environmentReads(value)[0];
  const step = steps.find(
    (one) =>
      one.site.file === read?.site.file &&
      one.site.range.start <= read.site.range.start &&
      read.site.range.end <= one.site.range.end,
  );
  return step === undefined ? site : { file: step.site.file, range: step.target };
}

function consequenceOf(name: string, stops: boolean): string {
  if (stops) return "Django refuses to start";
  if (name === "ALLOWED_HOSTS") return "the list looks set and lets no host in";
  if (/^CORS_(ALLOWED_ORIGINS|ORIGIN_WHITELIST)$/.test(name)) return "django-cors-headers refuses to start";
  return "whoever goes through the list finds one";
}

/** Whether some part of a value is a text from the environment that was split. */
function isSplit(value: Value): boolean {
  switch (value.kind) {
    case "derived":
      return value.operation.id === "str.split" || value.inputs.some(isSplit);
    case "list":
    case "tuple":
      return value.items.some((item) => isSplit(item.value));
    case "environment":
      return false;
    default:
      return false;
  }
}

function hasEmptyText(value: Value): boolean {
  if (value.kind !== "list" && value.kind !== "tuple") return false;
  return value.items.some((item) => !item.spread && item.value.kind === "str" && item.value.value === "");
}

function leaveOutOf(context: RuleContext, outcome: Outcome): ReportedFix<"leaveOut"> | undefined {
  const assigned = assignedBy(context, outcome);
  if (assigned === undefined) return undefined;
  const { file, expression } = assigned;
  for (const read of environmentReads(outcome.value)) {
    const call = readingCall(file, expression, read);
    const split = call && splitOf(expression, call);
    if (split === undefined) continue;
    const source = context.source(file)?.text ?? "";
    return { id: "leaveOut", edit: (edit) => leaveOut(edit, { file, expression, read, split, source }) };
  }
  return undefined;
}
