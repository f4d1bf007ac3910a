import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";

/** Whether a value is written in the file of the module under examination. */
export function isSetHere(context: RuleContext, { origin }: Proof): boolean {
  return origin?.site.file === context.module.file;
}

/** Whether a project's only module sets DEBUG itself, so that a value can follow it: `not DEBUG`. */
export function canFollowDebug(context: RuleContext): boolean {
  const { module, evaluation } = context;
  return (
    module.role === "single" &&
    module.className === undefined &&
    evaluation.bindings.some((one) => one.name === "DEBUG" && one.atModuleLevel && one.step.site.file === module.file)
  );
}
