import { isTruthy } from "../../lint/effective";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { aboutSetting } from "../questions/settingReport";
import doc from "./debug-enabled.md";

type Messages = "here" | "inherited" | "assumed";
type Fixes = "turnOff" | "readEnvironment" | "turnOffHere";

/** Only certain values are reported: what the environment decides is the business of `debug-fails-open`. */
export const debugEnabled = defineRule<Messages, Fixes>({
  id: "debug-enabled",
  category: "security",
  severity: "error",
  audience: "production",
  djangoChecks: ["security.W018"],
  messages: {
    here: "DEBUG is True in {module}, which runs in {environment}: visitors see tracebacks, source and settings. Set it to False.",
    inherited:
      "DEBUG is still True in {module}, which runs in {environment}: it gets this value and nothing turns it off. Set it to False there.",
    assumed:
      "DEBUG is True: if {module} is deployed, visitors see tracebacks, source and settings. Read it from the environment, off by default.",
  },
  fixes: {
    turnOff: { safety: "unsafe", title: "Set DEBUG = False" },
    readEnvironment: { safety: "unsafe", title: "Read DEBUG from the environment, off by default" },
    turnOffHere: { safety: "unsafe", title: "Set DEBUG = False in {module}" },
  },
  onByDefault: true,
  doc,

  check(context) {
    const proof = context.setting("DEBUG").mustBe(isTruthy);
    if (proof === undefined) return;
    const isLocal = proof.site.file === context.module.file;
    context.report({
      ...aboutSetting(context, "DEBUG", proof),
      message: !context.isConfirmed ? "assumed" : isLocal ? "here" : "inherited",
      severity: context.isConfirmed ? "error" : "warning",
      fixes: isLocal ? fixesHere(context, proof) : [turnOffThere(context)],
    });
  },
});

function fixesHere(context: RuleContext<Messages, Fixes>, proof: Proof): readonly ReportedFix<Fixes>[] {
  const file = context.module.file;
  // A literal is what can be replaced; anything else that is certainly true is written in a way of its own.
  const literal = literalOf(context, proof);
  if (literal === undefined) return [];
  const turnOff: ReportedFix<Fixes> = { id: "turnOff", edit: (edit) => edit.replace(file, literal, "False") };
  const readEnvironment: ReportedFix<Fixes> = {
    id: "readEnvironment",
    edit: (edit) =>
      edit.replace(file, literal, edit.readEnvironment(file, edit.variable({ path: ["DEBUG"] }), "bool", "False")),
  };
  return context.isConfirmed ? [turnOff, readEnvironment] : [readEnvironment, turnOff];
}

function literalOf(context: RuleContext<Messages, Fixes>, proof: Proof) {
  const binding = context.evaluation.bindings.findLast(
    (one) =>
      one.name === "DEBUG" &&
      one.step.site.range.start === proof.origin?.site.range.start &&
      one.step.site.file === proof.site.file,
  );
  const expression = binding?.expression;
  return expression?.kind === "Constant" || expression?.kind === "Int" || expression?.kind === "Str"
    ? expression
    : undefined;
}

function turnOffThere(context: RuleContext<Messages, Fixes>): ReportedFix<Fixes> {
  return {
    id: "turnOffHere",
    values: { module: context.module.name },
    edit: (edit) => edit.assign(context.module.file, "DEBUG", "False"),
  };
}
