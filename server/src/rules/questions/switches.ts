import { isFalsy } from "../../lint/effective";
import type { RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";

/** Proof that a switch is certainly off: set to something false, or not set where Django's default is off or there is none. */
export function isOff(context: RuleContext<never, never>, name: string): Proof | undefined {
  return context.setting(name).mustBe((value) => value.kind === "unset" || isFalsy(value));
}

/** Whether a project's only module sets DEBUG itself, so that a value can follow it: `not DEBUG`. */
export function canFollowDebug(context: RuleContext<never, never>): boolean {
  const { module, evaluation } = context;
  return (
    module.role === "single" &&
    module.className === undefined &&
    evaluation.bindings.some((one) => one.name === "DEBUG" && one.atModuleLevel && one.step.site.file === module.file)
  );
}
