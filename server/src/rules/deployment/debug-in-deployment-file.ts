import { isTruthy } from "../../lint/effective";
import { defineRule, siteOf, type FixOf, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { DeployedVariable } from "../../project/model";
import { isFalseWith, oppositeOf } from "../questions/environment/booleans";
import { placesThatTurnOn } from "../questions/environment/turnedOn";
import doc from "./debug-in-deployment-file.md";

export const debugInDeploymentFile = defineRule({
  id: "debug-in-deployment-file",
  category: "deployment",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  djangoChecks: ["security.W018"],
  messages: {
    on: "DEBUG is on in {environment}: {variable} turns it on here for {module}, and visitors see tracebacks, source and settings. Turn it off.",
  },
  fixes: { turnOff: { safety: "unsafe", title: "Set {variable} to {text}" } },
  doc,

  check(context) {
    const proof = context.setting("DEBUG").mustBe(isTruthy);
    if (proof === undefined) return;
    for (const place of placesThatTurnOn(context, proof)) {
      context.report({
        message: "on",
        values: { variable: place.name, environment: place.purpose },
        proof: setAt(proof, place),
        at: siteOf(place.file, place.range),
        fixes: [turnOff(context, place)],
      });
    }
  },
});

/** The same for another place that sets the variable, so that the places of a finding are its own. */
function setAt(proof: Proof, { name, file, range }: DeployedVariable): Proof {
  const site = siteOf(file, range);
  return { ...proof, deployed: proof.deployed.map((one) => (one.variable === name ? { ...one, site } : one)) };
}

/** Only where the word has an opposite, and the settings are off with that. */
function turnOff(
  context: RuleContext,
  { name, file, range }: DeployedVariable,
): FixOf<typeof debugInDeploymentFile> | undefined {
  const written = context.snapshot.text(file)?.slice(range.start, range.end) ?? "";
  const word = [...written.matchAll(/\w+/g)].at(-1);
  const text = word === undefined ? undefined : oppositeOf(word[0]);
  if (word === undefined || text === undefined) return undefined;
  if (!isFalseWith(context.evaluation.outcomes("DEBUG"), name, text)) return undefined;
  const start = range.start + word.index;
  const place = { start, end: start + word[0].length };
  return { id: "turnOff", values: { text }, edit: (edit) => edit.replace(file, place, text) };
}
