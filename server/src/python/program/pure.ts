import { MAX_VALUE_SIZE } from "../values/budget";
import { failuresOf } from "../semantics/exceptions";
import type { Machine } from "./machine";
import { own } from "./objects";
import { operation } from "../semantics/operations";
import { bounded, computeDerived } from "../semantics/resolve";
import { amongst, partsOfObjects, withoutObjects } from "./sharing";
import { isUnchanging } from "../semantics/types";
import type { State } from "./state";
import { certaintyOf, isSymbolicList, keyOf, weightOf } from "../values/symbolic";
import { unknown, type DerivedValue, type Operation, type Site, type Value } from "../values/value";

/** The operations of a type of value that make its result certain to be a new mutable object. */
export type ResultType = "list" | "dict" | "set" | undefined;

/** An operation that is computed of frozen values. */
interface PureOperation {
  readonly operation: Operation;
  readonly compute: (inputs: readonly Value[]) => Value;
  readonly site: Site;
  readonly result?: ResultType;
}

/**
 * A pure operation: computed on concrete inputs, kept as a derived value on inputs that depend on the environment,
 * unknown otherwise. A list, dict or set that comes out is a new object of the running program. `what`: the operation, or
 * the name of one.
 */
export function pure(
  m: Machine,
  state: State,
  what: string | Operation,
  inputs: readonly Value[],
  compute: (inputs: readonly Value[]) => Value,
  where: { readonly site: Site; readonly result?: ResultType },
): Value {
  const pureOperation = { operation: typeof what === "string" ? operation(what) : what, compute, ...where };
  return m.distribute(state, inputs, (leaves) => {
    const frozen = leaves.map((leaf) => m.freeze(state, leaf));
    return pureOfFrozen(m, state, pureOperation, frozen, leaves);
  });
}

/** `given`: the inputs before they were frozen. */
function pureOfFrozen(
  m: Machine,
  state: State,
  what: PureOperation,
  inputs: readonly Value[],
  given: readonly Value[],
): Value {
  if (inputs.some((value) => value.kind === "choice"))
    return m.distribute(state, inputs, (frozen) => pureOfFrozen(m, state, what, frozen, given));
  const { operation, compute, site } = what;
  const derived: DerivedValue = { kind: "derived", operation, inputs, compute, site };
  const computed = inputs.every((input) => certaintyOf(input) === "concrete")
    ? m.raising.aside(() => bounded(() => compute(inputs), site))
    : identified(m, derived, computeDerived(derived));
  if (computed.kind === "derived" && weightOf(computed) > MAX_VALUE_SIZE)
    return unknown("budget", "a value that is computed in too many steps", site);
  if (computed.kind === "derived") noteFailures(m, state, computed, site);
  if (computed.kind === "unknown") {
    noteMayFail(m, state, derived);
    return isUnchanging(derived) ? computed : amongst(computed, partsOfObjects(state, given));
  }
  const value = withoutObjects(state, computed, given, site);
  if (value.kind === "derived" && (what.result !== undefined || isSymbolicList(value)))
    return m.allocate(state, value, site.file);
  return own(m, state, value, site.file);
}

/** An operation on something unknown gives another unknown: the same one for the same operation. */
function identified(m: Machine, derived: DerivedValue, result: Value): Value {
  if (result.kind !== "unknown") return result;
  return m.sameUnknown(`${keyOf(derived)} since ${m.unknownSince}`, () => ({
    kind: "unknown",
    because: result.because,
    id: 0,
  }));
}

/** What is not modelled, or computed of something unknown, may raise whatever its operation raises. */
function noteMayFail(m: Machine, state: State, derived: DerivedValue): void {
  for (const exception of m.raising.isCaught() ? derived.operation.raises(derived.inputs) : [])
    m.raising.noteMayRaise(state, derived.site, exception);
}

/** What is computed of the environment may raise for some of its texts: whether it does is a test of its own. */
export function noteFailures(m: Machine, state: State, value: DerivedValue, site: Site): void {
  const decided = m.raising.decided(state);
  if (decided === undefined) return;
  for (const { exception, fails } of failuresOf(value, decided))
    m.raising.noteRaiseWhen(state, m.test(fails, site, "the conversion fails"), true, exception, site);
}
