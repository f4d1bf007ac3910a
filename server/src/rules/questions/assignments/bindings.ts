import type { Binding, Evaluation, Mutation } from "../../../python/program/evaluation";
import type { Outcome } from "../../../python/values/value";

/** The binding that supplied an outcome; `undefined` for an unset name or one that no statement alone bound. */
export function bindingOf(evaluation: Evaluation, outcome: Outcome): Binding | undefined {
  const step = outcome.steps.find((one) => one.kind === "assignment");
  return step === undefined ? undefined : evaluation.bindingOf(step);
}

/** The binding of a name that was current when another binding was made. */
export function bindingBefore(evaluation: Evaluation, binding: Binding, name: string): Binding | undefined {
  const bindings = binding.name === name ? evaluation.bindingsNamed(name) : evaluation.bindings;
  return bindings.slice(0, bindings.indexOf(binding)).findLast((one) => one.name === name);
}

const orders = new WeakMap<Evaluation["bindings"], ReadonlyMap<number, number>>();

/** Whether one binding was made after another; one that is told of nowhere was made before all others. */
export function isMadeAfter({ bindings }: Evaluation, later: number, earlier: number | undefined): boolean {
  let order = orders.get(bindings);
  if (order === undefined) orders.set(bindings, (order = new Map(bindings.map(({ id }, index) => [id, index]))));
  return (order.get(later) ?? -1) > (order.get(earlier ?? -1) ?? -1);
}

/** The bindings that supply a name in the end, one for each outcome; `undefined` when one of them is not known. */
export function finalBindings(evaluation: Evaluation, outcomes: readonly Outcome[]): readonly Binding[] | undefined {
  const bindings = outcomes.map((outcome) => bindingOf(evaluation, outcome));
  return bindings.includes(undefined) ? undefined : (bindings as readonly Binding[]);
}

/** The in-place changes that an outcome's value has seen. */
export function mutationsOf(evaluation: Evaluation, outcome: Outcome): readonly Mutation[] {
  return evaluation.mutations.filter((mutation) => outcome.steps.includes(mutation.step));
}
