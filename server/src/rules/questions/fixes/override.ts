import type { FilePath } from "../../../base/path";
import type { EditBuilder } from "../../../lint/edit";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import { assignedBy } from "../assignments/assigned";
import { bindingOf } from "../assignments/bindings";

type Context = RuleContext;

/** A place in which a setting of the module under examination can be given a value. */
export interface Override {
  readonly file: FilePath;
  /** Makes `value` (Python source) the setting's value in that module. */
  readonly write: (edit: EditBuilder, value: string) => void;
}

/**
 * How to give a setting another value in the module that a finding is about: in place of the expression that is written
 * there, else by an assignment of its own. `undefined` where settings are attributes of a class that lacks this one.
 */
export function overrideOf(context: Context, name: string, proof: Proof): Override | undefined {
  const { file, className } = context.module;
  const assigned = assignedBy(context, proof.outcome);
  if (assigned?.file === file) {
    const { expression } = assigned;
    const indent = indentAt(context.source(file)?.text ?? "", expression.start);
    return { file, write: (edit, value) => edit.replace(file, expression, value.replaceAll("\n", `\n${indent}`)) };
  }
  if (className !== undefined) return undefined;
  // A call sets it, which would do so again: `django_heroku.settings(locals())`.
  const isMade = proof.origin?.kind === "assignment" && bindingOf(context.evaluation, proof.outcome) === undefined;
  if (isMade) return undefined;
  return { file, write: (edit, value) => edit.assign(file, name, value) };
}

/** What the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1))?.[0] ?? "";
}
