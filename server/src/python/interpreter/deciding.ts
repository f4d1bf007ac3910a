import { withoutNegation } from "../semantics/operations";
import { spend } from "../values/fuel";
import type { Machine } from "../program/machine";
import { truthOf } from "../semantics/operators";
import { computeDerived } from "../semantics/resolve";
import type { Assumptions, State } from "../program/state";
import { certaintyOf, keyOf } from "../values/symbolic";
import type { Site, Test, Value } from "../values/value";

/** The truth of a value, as far as it is decided: a tree of the tests that it depends on. */
export type Condition =
  | { readonly kind: "known"; readonly holds: boolean }
  | { readonly kind: "test"; readonly test: Test; readonly yes: Condition; readonly no: Condition };

/** A condition that asks a test first. */
export function combine(test: Test, yes: Condition, no: Condition): Condition {
  if (yes.kind === "known" && no.kind === "known" && yes.holds === no.holds) return yes;
  return { kind: "test", test, yes, no };
}

/** A condition of one test alone. */
export function asOne(test: Test): Condition {
  return { kind: "test", test, yes: { kind: "known", holds: true }, no: { kind: "known", holds: false } };
}

/** After `X == "prod"` was found true, other questions about the same `X` can be computed. */
export function underAssumptions(value: Value, assumptions: Assumptions): Value {
  if (value.kind !== "derived" || assumptions.size === 0) return value;
  const known = new Map<string, Value>();
  for (const { test, holds } of assumptions.values()) {
    const asked = test.value;
    if (!holds || asked.kind !== "derived" || asked.operation.id !== "==") continue;
    const [a, b] = asked.inputs;
    if (a !== undefined && b !== undefined && certaintyOf(b) === "concrete") known.set(keyOf(a), b);
    else if (a !== undefined && b !== undefined && certaintyOf(a) === "concrete") known.set(keyOf(b), a);
  }
  return known.size === 0 ? value : substitute(value, known);
}

function substitute(value: Value, known: ReadonlyMap<string, Value>): Value {
  const found = known.get(keyOf(value));
  if (found !== undefined) return found;
  if (value.kind !== "derived") return value;
  return computeDerived({ ...value, inputs: value.inputs.map((input) => substitute(input, known)) });
}

/** The truth of a value in this state, as a tree of the tests that it depends on. */
export function decide(m: Machine, state: State, value: Value, site: Site, text: string): Condition {
  const restricted = m.restrict(value, state.assumptions);
  if (restricted.kind === "choice") {
    const arm = (holds: boolean): Condition =>
      decide(m, state.assume(restricted.test, holds), holds ? restricted.yes : restricted.no, site, text);
    return combine(restricted.test, arm(true), arm(false));
  }
  spend(2);
  const contents = m.contents(state, restricted);
  if (contents !== restricted) return decide(m, state, contents, site, text);
  const truth = truthOf(restricted);
  if (truth !== undefined) return { kind: "known", holds: truth };
  return decideLeaf(m, state, restricted, site, text);
}

function decideLeaf(m: Machine, state: State, value: Value, site: Site, text: string): Condition {
  const { value: positive, inverted } = withoutNegation(value);
  const given = underAssumptions(positive, state.assumptions);
  const truth = truthOf(given);
  if (truth !== undefined) return { kind: "known", holds: truth !== inverted };
  const test = m.test(positive, site, text, state);
  const decision = state.assumptions.get(test.id);
  if (decision !== undefined) return { kind: "known", holds: decision.holds !== inverted };
  return { kind: "test", test, yes: { kind: "known", holds: !inverted }, no: { kind: "known", holds: inverted } };
}
