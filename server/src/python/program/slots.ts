import { freshId, UNSET, type Step, type Test, type Value } from "../values/value";
import type { Assumptions } from "./state";
import { spend } from "../values/fuel";

/** What a name is bound to in one world, and how it came to be. */
export interface Bound {
  readonly kind: "bound";
  readonly value: Value;
  readonly steps: readonly Step[];
  /** Id of the binding event; stays the same through star imports. */
  readonly binding: number;
  readonly overridable: Step | undefined;
}

/** The name's binding depends on an undecided test. */
export interface Split {
  readonly kind: "split";
  readonly test: Test;
  readonly yes: Slot | undefined;
  readonly no: Slot | undefined;
}

/** `undefined` in place of a slot: not bound in that world. */
export type Slot = Bound | Split;

/** A new binding of a value, the same in all worlds. */
export function bind(value: Value, steps: readonly Step[] = []): Bound {
  return { kind: "bound", value, steps, binding: freshId(), overridable: undefined };
}

/** Drops the arms that the assumptions exclude. `undefined`: not bound in any remaining world. */
export function restrictSlot(slot: Slot, assumptions: Assumptions): Slot | undefined {
  if (slot.kind === "bound" || assumptions.size === 0) return slot;
  spend(1);
  const decision = assumptions.get(slot.test.id);
  const arm = (part: Slot | undefined): Slot | undefined =>
    part === undefined ? undefined : restrictSlot(part, assumptions);
  if (decision !== undefined) return arm(decision.holds ? slot.yes : slot.no);
  const yes = arm(slot.yes);
  const no = arm(slot.no);
  if (yes === slot.yes && no === slot.no) return slot;
  if (yes === undefined && no === undefined) return undefined;
  return { kind: "split", test: slot.test, yes, no };
}

/** `fresh` where it is bound, else `old`: what a star import or a conditional rebinding leaves behind. */
export function overlaySlot(fresh: Slot, old: Slot | undefined): Slot {
  if (old === undefined || fresh.kind === "bound") return fresh;
  return {
    kind: "split",
    test: fresh.test,
    yes: fresh.yes === undefined ? old : overlaySlot(fresh.yes, old),
    no: fresh.no === undefined ? old : overlaySlot(fresh.no, old),
  };
}

/** Applies a function to every binding of a slot. */
export function mapSlot(slot: Slot, change: (bound: Bound) => Bound): Slot {
  if (slot.kind === "bound") return change(slot);
  spend(1);
  const yes = slot.yes === undefined ? undefined : mapSlot(slot.yes, change);
  const no = slot.no === undefined ? undefined : mapSlot(slot.no, change);
  return yes === slot.yes && no === slot.no ? slot : { kind: "split", test: slot.test, yes, no };
}

/** A slot's bindings as one value; worlds in which it is not bound give `unset`. */
export function slotValue(slot: Slot | undefined): Value {
  if (slot === undefined) return UNSET;
  if (slot.kind === "bound") return slot.value;
  return { kind: "choice", test: slot.test, yes: slotValue(slot.yes), no: slotValue(slot.no) };
}
