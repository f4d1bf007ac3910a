import { releaseText } from "../../django/facts";
import { removedSettings, type RemovedSetting } from "../../django/removed";
import type { Severity } from "../../lint/finding";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { leftover } from "../questions/deprecations/leftovers";
import { removalOf, rewriteOf } from "../questions/deprecations/removedRewrites";
import doc from "./removed-setting.md";

type Context = ContextOf<typeof removedSettingRule>;

/** A name that the project's Django no longer reads. Without a known release only as a hint. */
export const removedSettingRule = defineRule({
  id: "removed-setting",
  category: "deprecation",
  severity: "warning",
  audience: "entry",
  messages: {
    ignored: "Django {version} and newer ignore {setting}{consequence}. {remedy}",
  },
  fixes: {
    remove: { safety: "safe", title: "Remove {setting}" },
    replace: { safety: "unsafe", title: "Write {replacement} instead of {setting}" },
  },
  doc,

  check(context) {
    for (const row of removedSettings) {
      const severity = context.setting(row.name).isUnset ? undefined : severityOf(context, row);
      if (severity === undefined) continue;
      const proof = leftover(context, row);
      if (proof !== undefined) reportIgnored(context, row, proof, severity);
    }
  },
});

/** Harmless leftovers inform, a silent loss of protection or data is an error. */
function severityOf(context: Context, { removed, losesSilently, repair }: RemovedSetting): Severity | undefined {
  const isRemoved = context.djangoAtLeast(...removed);
  if (isRemoved === undefined)
    return context.djangoAtLeast(0, 0) === undefined && removed[0] < 2000 ? "hint" : undefined;
  if (!isRemoved) return undefined;
  if (losesSilently) return "error";
  return repair === "delete" ? "info" : "warning";
}

function reportIgnored(context: Context, row: RemovedSetting, proof: Proof, severity: Severity): void {
  const { removed, consequence, replacement } = row;
  const rewrite = rewriteOf(context, row.name);
  const removal = removalOf(context, row);
  context.report({
    message: "ignored",
    values: {
      version: releaseText(removed),
      consequence: consequence === undefined ? "" : `: ${consequence}`,
      remedy: replacement === undefined || row.repair === "delete" ? "Remove it." : `Use ${replacement}.`,
      replacement: rewrite?.replacement ?? "",
    },
    proof,
    severity,
    tags: ["deprecated"],
    fixes: [removal && { id: "remove", ...removal }, rewrite && { id: "replace", edit: rewrite.edit }],
  });
}
