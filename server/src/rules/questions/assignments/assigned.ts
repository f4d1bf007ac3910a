import type { FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import type { EffectiveSetting, Proof } from "../../../lint/setting";
import type { Binding } from "../../../python/program/evaluation";
import type { Outcome } from "../../../python/values/value";
import type { Expr } from "../../../syntax/ast";
import { bindingOf } from "./bindings";

/** The expression that gives a setting its value, where one assignment to that name alone does. */
export interface Assigned {
  readonly file: FilePath;
  readonly expression: Expr;
  readonly binding: Binding;
}

/** `NAME = expression` behind an outcome; `undefined` for unpacking, augmented assignments and several targets. */
export function assignedBy(context: RuleContext, outcome: Outcome): Assigned | undefined {
  const binding = bindingOf(context.evaluation, outcome);
  if (binding?.expression === undefined) return undefined;
  const { statement, expression } = binding;
  const isPlain =
    (statement.kind === "Assign" && statement.targets.length === 1 && statement.targets[0]?.kind === "Name") ||
    (statement.kind === "AnnAssign" && statement.target.kind === "Name");
  return isPlain ? { file: binding.step.site.file, expression, binding } : undefined;
}

/** The proof that a setting is what it is: where it is written and how it gets into the module, of whatever value. */
export function provenanceOf(context: RuleContext, name: string): Proof | undefined {
  return context.setting(name).mayBe(() => true);
}

/** Whether a setting is set in every outcome; which branches of two settings go together is not looked at. */
export function isAlwaysSet(setting: EffectiveSetting): boolean {
  const proofs = setting.proofs();
  return proofs.length > 0 && proofs.every(({ origin }) => origin !== undefined);
}

/**
 * Whether `try: from .secret import NAME` names a module that the workspace does not have: where a machine has one of its
 * own, its value counts, and what the handler does is for all the others.
 */
export function mayBeImported(context: RuleContext, name: string): boolean {
  return context.evaluation.imports.some(
    ({ result, guarded, statement }) =>
      result === "missing" &&
      guarded &&
      statement.kind === "ImportFrom" &&
      statement.names !== "*" &&
      statement.names.some((alias) => (alias.asname ?? alias.name) === name),
  );
}
