import { releaseText } from "../../django/facts";
import { REPLACED_BY_MAILERS } from "../../django/checks/files";
import { removedSettings, successorOf, type RemovedSetting } from "../../django/removed";
import type { Severity } from "../../lint/finding";
import { defineRule, type ContextOf, type FixOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { leftover } from "../questions/deprecations/leftovers";
import { removalOf, rewriteOf } from "../questions/deprecations/removedRewrites";
import { TRANSITIONS } from "../questions/deprecations/transitions";
import doc from "./deprecated-setting.md";

type Context = ContextOf<typeof deprecatedSetting>;

/** Settings whose end another rule is about. */
const OTHERS = new Set([...Object.keys(TRANSITIONS), ...REPLACED_BY_MAILERS]);

/** Successors beside which Django refuses the old name while it still reads it (django/conf/__init__.py of 3.1 and 4.2). */
const EXCLUSIVE = new Set(["PASSWORD_RESET_TIMEOUT", "STORAGES"]);

/** A name that the project's Django still reads, and that a later one will not: see `removed-setting`. */
export const deprecatedSetting = defineRule({
  id: "deprecated-setting",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  messages: {
    deprecated:
      "{setting} has been deprecated since Django {since}, and Django {version} ignores it{consequence}. {remedy}",
    refused:
      "{setting} and {successor} are both set in {module}: Django refuses to start with both (ImproperlyConfigured). Keep {successor} only.",
  },
  fixes: {
    remove: { safety: "safe", title: "Remove {setting}" },
    replace: { safety: "safe", title: "Write {replacement} instead of {setting}" },
  },
  doc,

  check(context) {
    for (const row of removedSettings) {
      if (OTHERS.has(row.name) || context.setting(row.name).isUnset || !isDeprecated(context, row)) continue;
      const proof = leftover(context, row);
      if (proof !== undefined) report(context, row, proof);
    }
  },
});

function isDeprecated(context: Context, { deprecated, removed }: RemovedSetting): boolean {
  return (
    deprecated !== undefined && context.djangoAtLeast(...deprecated) === true && !context.djangoAtLeast(...removed)
  );
}

function report(context: Context, row: RemovedSetting, proof: Proof): void {
  const { deprecated = row.removed, removed, consequence, replacement, repair } = row;
  const successor = successorOf(row) ?? "";
  const isRefused = EXCLUSIVE.has(successor) && isSet(context, row.name) && isSet(context, successor);
  context.report({
    message: isRefused ? "refused" : "deprecated",
    values: {
      since: releaseText(deprecated),
      version: releaseText(removed),
      consequence: consequence === undefined ? "" : `: ${consequence}`,
      remedy: replacement === undefined || repair === "delete" ? "Remove it." : `Use ${replacement}.`,
      successor,
    },
    proof,
    severity: isRefused ? "error" : severityOf(row),
    tags: ["deprecated"],
    fixes: fixesOf(context, row, proof),
  });
}

/** What will be lost without any error is worth a warning. */
function severityOf({ losesSilently }: RemovedSetting): Severity {
  return losesSilently ? "warning" : "info";
}

/** Whether a module certainly sets a name. */
function isSet(context: Context, name: string): boolean {
  return context.setting(name).outcomes.every(({ value }) => value.kind !== "unset" && value.kind !== "unknown");
}

function fixesOf(
  context: Context,
  row: RemovedSetting,
  { overridable }: Proof,
): readonly (FixOf<typeof deprecatedSetting> | undefined)[] {
  const rewrite = rewriteOf(context, row.name);
  const removal = removalOf(context, row);
  return [
    removal && { id: "remove", ...removal },
    rewrite && {
      id: "replace",
      values: { replacement: rewrite.replacement },
      edit: rewrite.edit,
      // What is outside of the workspace may still set the old name.
      safety: rewrite.isSame && overridable === undefined ? "safe" : "unsafe",
    },
  ];
}
