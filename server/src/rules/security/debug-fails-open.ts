import { isFalsy, isTruthy } from "../../lint/effective";
import { isSetByPlatform } from "../../lint/production";
import { environmentReads } from "../../lint/environmentReads";
import { defineRule, type FixOf, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { EnvironmentValue, Outcome } from "../../python/values/value";
import type { Expr } from "../../syntax/ast";
import { assignedBy } from "../questions/assignments/assigned";
import { isFalseWith, oppositeOf } from "../questions/environment/booleans";
import { loadedPlace, type LoadedPlace } from "../questions/environment/loadedFiles";
import { allHold, readingCall, textReadOf, writtenDefault } from "../questions/environment/environment";
import { readFromEnvironment, replaceFix } from "../questions/fixes/settingFixes";
import doc from "./debug-fails-open.md";

/** Certainly on is `debug-enabled`'s business, a text taken for a boolean `env-string-as-boolean`'s. */
export const debugFailsOpen = defineRule({
  id: "debug-fails-open",
  category: "security",
  severity: "warning",
  audience: "production",
  messages: {
    missing:
      "DEBUG turns on in {module} without {variables}: one variable forgotten in the environment, and visitors see tracebacks and settings. Let it be off unless something turns it on.",
    dotEnv:
      "DEBUG is turned on by {file}, which is in the repository: {module} has it on wherever {variables} {are} not set otherwise, and visitors see tracebacks and settings. Take the line out, and let git ignore the file.",
  },
  fixes: {
    turnOff: { safety: "unsafe", title: "Set {variables} to {value} in {file}" },
    flipDefault: { safety: "unsafe", title: "Let DEBUG be off when {variables} {are} missing" },
    ownVariable: { safety: "unsafe", title: "Read DEBUG from a variable of its own, off by default" },
  },
  doc,

  check(context) {
    const setting = context.setting("DEBUG");
    const proof = setting.certainly(isTruthy) ? undefined : setting.whenMissing(isTruthy);
    if (proof === undefined || proof.missing.some(isSetByPlatform)) return;
    if (setting.outcomes.some((outcome) => textReadOf(outcome.value) !== undefined)) return;
    const isSafeAsDeployed = allHold(setting.read("deployed"), isFalsy);
    const severity = isSafeAsDeployed ? ("hint" as const) : undefined;
    const read = environmentReads(proof.outcome.value)[0];
    const committed = loadedPlace(context, setting, proof, read);
    if (committed !== undefined) {
      const { file, site, data } = committed;
      const fix = read && turnOffIn(committed, setting.outcomes, read);
      const about = { ...proof, data };
      return context.report({ message: "dotEnv", values: { file }, proof: about, at: site, severity, fixes: [fix] });
    }
    context.report({
      message: "missing",
      proof,
      severity,
      fixes: [fixFor(context, setting.outcomes, proof)],
    });
  },
});

/** Only where the opposite of the word that is there certainly turns DEBUG off, whatever the project makes of it. */
function turnOffIn(
  { data, file }: LoadedPlace,
  outcomes: readonly Outcome[],
  { variable }: EnvironmentValue,
): Fix | undefined {
  const word = data.word === undefined ? undefined : oppositeOf(data.word);
  if (word === undefined || !isFalseWith(outcomes, variable, word)) return undefined;
  return { ...replaceFix("turnOff", data.value, word, { value: word, file }), id: "turnOff", isForData: true };
}

type Fix = FixOf<typeof debugFailsOpen>;

function fixFor(context: RuleContext, outcomes: readonly Outcome[], proof: Proof): Fix | undefined {
  const assigned = assignedBy(context, proof.outcome);
  if (assigned === undefined || !assigned.binding.unconditional) return undefined;
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
      return replaceFix(
        "flipDefault",
        { file, range: fallback },
        fallback.kind === "Str" ? { text: flipped } : flipped,
      );
    // The default is declared elsewhere, in a scheme; one that is given here counts instead.
    if (fallback === undefined && read.cast === "bool")
      return replaceFix("flipDefault", { file, range: call }, (edit) =>
        edit.readEnvironment(file, read.variable, "bool", "False"),
      );
  }
  return replaceFix("ownVariable", { file, range: expression }, readFromEnvironment("DEBUG", "bool", "False"));
}

/** The opposite of a default that stands for a boolean, as Python or as the text of a literal. */
function flippedText(fallback: Expr): string | undefined {
  if (fallback.kind === "Constant" && typeof fallback.value === "boolean") return fallback.value ? "False" : "True";
  if (fallback.kind === "Int") return fallback.value === 0n ? "1" : "0";
  return fallback.kind === "Str" ? oppositeOf(fallback.value) : undefined;
}
