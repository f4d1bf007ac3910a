import { table } from "../../../base/table";
import { REPLACED_BY_MAILERS } from "../../../django/checks/files";
import { releaseText } from "../../../django/facts";
import { removedSettings, successorOf, type RemovedSetting } from "../../../django/removed";
import type { Severity } from "../../../lint/finding";
import type { FixDeclaration, ReportedFix, RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import { isAlwaysSet } from "../assignments/assigned";
import { leftover } from "./leftovers";
import { removalOf, rewriteOf } from "./removedRewrites";
import { TRANSITIONS } from "./transitions";

/** Settings whose end has a rule of its own, by that rule's id. */
const OWN_RULES: Readonly<Record<string, string>> = table({
  "middleware-classes": "MIDDLEWARE_CLASSES",
  "password-reset-timeout-days": "PASSWORD_RESET_TIMEOUT_DAYS",
  "storages-migration": "DEFAULT_FILE_STORAGE STATICFILES_STORAGE",
  "template-settings":
    "TEMPLATE_DIRS TEMPLATE_LOADERS TEMPLATE_CONTEXT_PROCESSORS TEMPLATE_DEBUG TEMPLATE_STRING_IF_INVALID ALLOWED_INCLUDE_ROOTS",
  "use-l10n": "USE_L10N",
});

const OWNED = new Set(Object.values(OWN_RULES).flatMap((names) => names.split(" ")));

/** Settings that still work and whose end other rules are about. */
const OTHERS = new Set([...Object.keys(TRANSITIONS), ...REPLACED_BY_MAILERS]);

/** Successors beside which Django refuses the old name while it still reads it (django/conf/__init__.py of 3.1 and 4.2). */
const EXCLUSIVE = new Set(["PASSWORD_RESET_TIMEOUT", "STORAGES"]);

/** The ways to mend a leftover, as rules declare them. */
export const LEFTOVER_FIXES: Readonly<Record<"remove" | "replace", FixDeclaration>> = {
  remove: { safety: "safe", title: "Remove {setting}" },
  replace: { safety: "safe", title: "Write {replacement} instead of {setting}" },
};

/** A name of an earlier Django that a module sets. */
export interface Leftover {
  readonly row: RemovedSetting;
  /** `ignored`: the project's Django no longer reads it. `deprecated`: a later one will not. */
  readonly phase: "ignored" | "deprecated";
  /** Whether the module certainly sets what took its place. */
  readonly hasSuccessor: boolean;
  /** Django refuses to start with both. */
  readonly isRefused: boolean;
  /** The parts of its report that are the same whatever is said of it. */
  readonly report: {
    readonly proof: Proof;
    /** `{since}`, `{version}`, `{consequence}` with a colon before it, `{remedy}`, `{successor}`. */
    readonly values: Readonly<Record<string, string>>;
    readonly severity: Severity;
    readonly tags: readonly ["deprecated"];
    readonly fixes: readonly (ReportedFix<"remove" | "replace"> | undefined)[];
  };
}

/** The leftovers that a rule is about: by its id those of its own, else all that no other rule is about. */
export function leftoversOf(context: RuleContext, rule?: string): readonly Leftover[] {
  const own = rule === undefined ? undefined : OWN_RULES[rule]?.split(" ");
  return removedSettings.flatMap((row) => {
    const isAsked = own === undefined ? !OWNED.has(row.name) : own.includes(row.name);
    const phase = isAsked && !context.setting(row.name).isUnset ? phaseOf(context, row) : undefined;
    if (phase === undefined || (phase === "deprecated" && OTHERS.has(row.name))) return [];
    const proof = leftover(context, row);
    return proof === undefined ? [] : [made(context, row, phase, proof)];
  });
}

/**
 * Of an unknown release all are taken for ignored that the newest one ignores. Requirements without an upper bound
 * (`Django>=3.2`) allow the newest, so that what it ignores is deprecated with them.
 */
function phaseOf(context: RuleContext, { deprecated, removed }: RemovedSetting): Leftover["phase"] | undefined {
  const { django } = context.project;
  const isOut = removed[0] < 2000;
  if (django === undefined) return isOut ? "ignored" : undefined;
  if (context.djangoAtLeast(...removed) === true) return "ignored";
  const isDeprecated = deprecated !== undefined && context.djangoAtLeast(...deprecated) === true;
  return isDeprecated || (isOut && django.isOpen === true) ? "deprecated" : undefined;
}

function made(context: RuleContext, row: RemovedSetting, phase: Leftover["phase"], proof: Proof): Leftover {
  const { deprecated = row.removed, removed, consequence, replacement, repair } = row;
  const successor = successorOf(row) ?? "";
  const hasSuccessor = successor !== "" && isAlwaysSet(context.setting(successor));
  const isRefused =
    phase === "deprecated" && hasSuccessor && EXCLUSIVE.has(successor) && isAlwaysSet(context.setting(row.name));
  return {
    row,
    phase,
    hasSuccessor,
    isRefused,
    report: {
      proof,
      values: {
        since: releaseText(deprecated),
        version: releaseText(removed),
        consequence: consequence === undefined ? "" : `: ${consequence}`,
        remedy: replacement === undefined || repair === "delete" ? "Remove it." : `Use ${replacement}.`,
        successor,
      },
      severity: severityOf(context, row, phase),
      tags: ["deprecated"],
      fixes: fixesOf(context, row, phase, proof),
    },
  };
}

/** Harmless leftovers inform, a silent loss of protection or data is an error. Without a known release all are hints. */
function severityOf(context: RuleContext, row: RemovedSetting, phase: Leftover["phase"]): Severity {
  if (context.project.django === undefined) return "hint";
  if (phase === "deprecated") return row.losesSilently ? "warning" : "info";
  if (row.losesSilently) return "error";
  return row.repair === "delete" ? "info" : "warning";
}

function fixesOf(
  context: RuleContext,
  row: RemovedSetting,
  phase: Leftover["phase"],
  { overridable }: Proof,
): Leftover["report"]["fixes"] {
  const rewrite = rewriteOf(context, row.name);
  const removal = removalOf(context, row);
  // Where Django ignores the old name, the new one changes what it does; and what is outside of the workspace may still set the old.
  // The oldest release that is allowed may not know the new one yet.
  const { deprecated = row.removed } = row;
  const isKnown = context.djangoAtLeast(...deprecated) === true;
  const isSame = phase === "deprecated" && isKnown && rewrite?.isSame === true && overridable === undefined;
  return [
    removal && { id: "remove", ...removal },
    rewrite && {
      id: "replace",
      values: { replacement: rewrite.replacement },
      edit: rewrite.edit,
      safety: isSame ? "safe" : "unsafe",
    },
  ];
}
