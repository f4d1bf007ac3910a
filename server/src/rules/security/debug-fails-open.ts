import { chainOf } from "../../lint/chain";
import { isFalsy, isTruthy } from "../../lint/effective";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Outcome } from "../../python/value";
import type { Expr } from "../../syntax/ast";
import { assignedBy, proofOf } from "../questions/assigned";
import {
  allHold,
  environmentReads,
  isSetByPlatform,
  listed,
  readingCall,
  textReadOf,
  variablesOf,
  writtenDefault,
} from "../questions/environment";
import doc from "./debug-fails-open.md";

type Fixes = "flipDefault" | "ownVariable";

/** Certainly on is `debug-enabled`'s business, a text taken for a boolean `env-string-as-boolean`'s. */
export const debugFailsOpen = defineRule<"missing", Fixes>({
  id: "debug-fails-open",
  category: "security",
  severity: "warning",
  audience: "production",
  djangoChecks: [],
  messages: {
    missing:
      "DEBUG turns on in {module} when {variables} {are} missing from the environment: one forgotten variable, and visitors see tracebacks and settings. Let it be off unless something turns it on.",
  },
  fixes: {
    flipDefault: { safety: "unsafe", title: "Let DEBUG be off when {variables} {are} missing" },
    ownVariable: { safety: "unsafe", title: "Read DEBUG from a variable of its own, off by default" },
  },
  onByDefault: true,
  doc,

  check(context) {
    const setting = context.setting("DEBUG");
    const variables = variablesOf(setting.outcomes);
    const missing = setting.read("missing");
    const [first] = missing;
    if (first === undefined || variables.length === 0 || variables.some(isSetByPlatform)) return;
    if (!allHold(missing, isTruthy) || setting.mustBe(isTruthy) !== undefined) return;
    if (setting.outcomes.some((outcome) => textReadOf(outcome.value) !== undefined)) return;
    const proof = proofOf(setting, first);
    if (proof === undefined) return;
    const isSafeAsDeployed = allHold(setting.read("deployed"), isFalsy);
    const values = { variables: listed(variables), are: variables.length === 1 ? "is" : "are" };
    context.report({
      message: "missing",
      values: { ...values, module: context.module.name },
      at: proof.site,
      setting: "DEBUG",
      severity: isSafeAsDeployed ? "hint" : "warning",
      chain: chainOf(context, "DEBUG", proof),
      fixes: fixesFor(context, setting.outcomes, first, values),
    });
  },
});

function fixesFor(
  context: RuleContext<never, never>,
  outcomes: readonly Outcome[],
  missing: Outcome,
  values: Readonly<Record<string, string>>,
): readonly ReportedFix<Fixes>[] {
  const assigned = assignedBy(context, missing);
  if (assigned === undefined || !assigned.binding.unconditional) return [];
  const { file, expression } = assigned;
  const reads = outcomes
    .flatMap((one) => [one.value, ...one.guard.map(({ test }) => test.value)])
    .flatMap(environmentReads);
  for (const read of reads) {
    const call = readingCall(file, expression, read);
    if (call === undefined) continue;
    const fallback = writtenDefault(call, read);
    const flipped = fallback && flippedText(fallback);
    if (fallback !== undefined && flipped !== undefined)
      return [
        {
          id: "flipDefault",
          values,
          edit: (edit) => edit.replace(file, fallback, fallback.kind === "Str" ? edit.quote(file, flipped) : flipped),
        },
      ];
    // The default is declared elsewhere, in a scheme; one that is given here counts instead.
    if (fallback === undefined && read.cast === "bool")
      return [
        {
          id: "flipDefault",
          values,
          edit: (edit) => edit.replace(file, call, edit.readEnvironment(file, read.variable, "bool", "False")),
        },
      ];
  }
  return [
    {
      id: "ownVariable",
      edit: (edit) =>
        edit.replace(file, expression, edit.readEnvironment(file, edit.variable({ path: ["DEBUG"] }), "bool", "False")),
    },
  ];
}

const OPPOSITES: Readonly<Record<string, string>> = {
  ...{ "1": "0", True: "False", true: "false", TRUE: "FALSE", yes: "no", Yes: "No", on: "off", On: "Off" },
  ...{ y: "n", t: "f", "0": "1", False: "True", false: "true", FALSE: "TRUE", no: "yes", No: "Yes", off: "on" },
};

/** The opposite of a default that stands for a boolean, as Python or as the text of a literal. */
function flippedText(fallback: Expr): string | undefined {
  if (fallback.kind === "Constant" && typeof fallback.value === "boolean") return fallback.value ? "False" : "True";
  if (fallback.kind === "Int") return fallback.value === 0n ? "1" : "0";
  return fallback.kind === "Str" ? OPPOSITES[fallback.value] : undefined;
}
