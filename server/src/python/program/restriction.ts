import { spend } from "../values/fuel";
import type { Assumptions } from "./state";
import type { Item, SequenceValue, Test, Value } from "../values/value";

/** Whether no assumption changes a value. Errs towards no. */
export function isCertain(value: Value): boolean {
  return value.kind === "list" ? CERTAIN.has(value) : value.kind !== "choice";
}

/**
 * A value without the arms of choices that the assumptions exclude, and a list with the stretches that they decide. `bits`: of
 * the tests ({@link bitOf}) among them that are new since the value was last restricted.
 */
export function restricted(value: Value, assumptions: Assumptions, bits = -1): Value {
  if (assumptions.size === 0) return value;
  if (value.kind === "list") return restrictedList(value, assumptions);
  return value.kind === "choice" ? restrictParts(value, assumptions, new Map(), bits) : value;
}

/** A bit that stands for a test, and for others. */
export function bitOf({ id }: Test): number {
  return 1 << (id % 32);
}

/** The bits of all tests that decide which value a choice is. */
function bitsOf(value: Value): number {
  if (value.kind === "list") return -1;
  if (value.kind !== "choice") return 0;
  const known = BITS.get(value);
  if (known !== undefined) return known;
  spend(1);
  const bits = bitOf(value.test) | bitsOf(value.yes) | bitsOf(value.no);
  BITS.set(value, bits);
  return bits;
}

const BITS = new WeakMap<Value, number>();

/** Lists of which no stretch depends on a test. */
const CERTAIN = new WeakSet<Value>();

function restrictedList(list: SequenceValue, assumptions: Assumptions): SequenceValue {
  if (CERTAIN.has(list)) return list;
  spend(1 + list.items.length / 4);
  if (!list.items.some(({ spread, value }) => spread && value.kind === "choice")) {
    CERTAIN.add(list);
    return list;
  }
  let isChanged = false;
  const items = list.items.map((item): Item => {
    if (!item.spread || item.value.kind !== "choice") return item;
    const value = restrictParts(item.value, assumptions, new Map(), -1);
    if (value !== item.value) isChanged = true;
    return { ...item, value };
  });
  return isChanged ? withoutKnownStretches({ kind: "list", items }) : list;
}

/** A list or tuple in which stretches that have become certain are items like others. */
export function withoutKnownStretches<T extends Value>(value: T): T | SequenceValue {
  if (value.kind !== "list" && value.kind !== "tuple") return value;
  if (!value.items.some(isKnownStretch)) return value;
  return {
    kind: value.kind,
    items: value.items.flatMap((item) =>
      isKnownStretch(item) ? (withoutKnownStretches(item.value) as SequenceValue).items : [item],
    ),
  };
}

function isKnownStretch({ spread, value }: Item): boolean {
  return spread && (value.kind === "list" || value.kind === "tuple");
}

/** Arms share parts: each is restricted once. */
function restrictParts(value: Value, assumptions: Assumptions, done: Map<Value, Value>, bits: number): Value {
  if (value.kind === "list") return restrictedList(value, assumptions);
  if (value.kind !== "choice" || (bits & bitsOf(value)) === 0) return value;
  const known = done.get(value);
  if (known !== undefined) return known;
  spend(2);
  const decision = assumptions.get(value.test.id);
  let result: Value;
  if (decision !== undefined) result = restrictParts(decision.holds ? value.yes : value.no, assumptions, done, bits);
  else {
    const yes = restrictParts(value.yes, assumptions, done, bits);
    const no = restrictParts(value.no, assumptions, done, bits);
    result =
      yes === value.yes && no === value.no ? value : yes === no ? yes : { kind: "choice", test: value.test, yes, no };
  }
  done.set(value, result);
  return result;
}
