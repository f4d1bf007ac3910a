import { isTruthy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { placesThatTurnOn } from "../questions/environment/turnedOn";
import { readFromEnvironment, rewriteFix, setFix } from "../questions/fixes/settingFixes";
import doc from "./debug-enabled.md";

/**
 * Only certain values are reported: what the environment decides is the business of `debug-fails-open`, and what a deployment file
 * turns on that of `debug-in-deployment-file`.
 */
export const debugEnabled = defineRule({
  id: "debug-enabled",
  category: "security",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  djangoChecks: ["security.W018"],
  messages: {
    here: "DEBUG is True in {module}, which runs in {environment}: visitors see tracebacks, source and settings. Set it to False.",
    inherited:
      "DEBUG is still True in {module}, which runs in {environment}: it gets this value and nothing turns it off. Set it to False there.",
    assumed:
      "DEBUG is True: if {module} is deployed, visitors see tracebacks, source and settings. Read it from the environment, off by default.",
    deployed:
      "DEBUG is on in {module}, which runs in {environment}: visitors see tracebacks, source and settings. Turn it off where {variable} is set.",
  },
  fixes: {
    turnOff: { safety: "unsafe", title: "Set DEBUG = False" },
    readEnvironment: { safety: "unsafe", title: "Read DEBUG from the environment, off by default" },
    turnOffHere: { safety: "unsafe", title: "Set DEBUG = False in {module}" },
  },
  doc,

  check(context) {
    const proof = context.setting("DEBUG").mustBe(isTruthy);
    if (proof === undefined) return;
    if (placesThatTurnOn(context, proof).length > 0) return;
    const [source] = proof.deployed;
    // The source reads the variable already.
    if (source !== undefined)
      return context.report({ message: "deployed", values: { variable: source.variable }, proof });
    if (proof.data !== undefined) {
      const message = context.isConfirmed ? "here" : "assumed";
      return context.report({ message, proof, fixes: [setFix(context, "turnOff", proof, "False")] });
    }
    const isLocal = proof.site.file === context.module.file;
    context.report({
      message: !context.isConfirmed ? "assumed" : isLocal ? "here" : "inherited",
      proof,
      fixes: isLocal ? fixesHere(context, proof) : [setFix(context, "turnOffHere", proof, "False")],
    });
  },
});

/** A literal is what can be replaced; anything else that is certainly true is written in a way of its own. */
function fixesHere(context: RuleContext, proof: Proof) {
  const turnOff = rewriteFix(context, "turnOff", proof, "False", LITERALS);
  const readEnvironment = rewriteFix(context, "readEnvironment", proof, readDebug, LITERALS);
  return context.isConfirmed ? [turnOff, readEnvironment] : [readEnvironment, turnOff];
}

const LITERALS = ["Constant", "Int", "Str"] as const;
const readDebug = readFromEnvironment("DEBUG", "bool", "False");
