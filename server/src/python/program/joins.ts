import type { FilePath } from "../../base/path";
import { MAX_ALTERNATIVES, MAX_WEIGHT } from "../values/budget";
import { ForkedMap } from "../values/forkedMap";
import { spend } from "../values/fuel";
import { type Executed, type HeapObject, type PartialModule, type Scope, type State } from "./state";
import { slotValue, type Bound, type Slot, type Split } from "./slots";
import { weightOf } from "../values/symbolic";
import {
  freshId,
  unknown,
  type ChoiceValue,
  type Item,
  type Test,
  type UnknownValue,
  type Value,
} from "../values/value";

/** What two arms have made of a variable: never more alternatives than are followed, since whoever reads it visits each. */
export function joinVariables(test: Test, yes: Value, no: Value): Value {
  if (yes === no) return yes;
  const either: Value = { kind: "choice", test, yes, no };
  return weightOf(either) <= MAX_WEIGHT ? either : tooMany(test, [yes, no]);
}

function tooMany({ site }: Test, values: readonly Value[]): UnknownValue {
  return { ...unknown("budget", "more alternatives than are followed", site), mayBe: values };
}

/** Modules that were executed in one arm only, or in some worlds of either. */
export function joinPartial(test: Test, yes: State, no: State): ForkedMap<FilePath, PartialModule> {
  if (yes.modules.isSame(no.modules) && yes.partial.isSame(no.partial)) return yes.partial.fork();
  const joined = new ForkedMap<FilePath, PartialModule>("partial");
  const files = new Set([yes, no].flatMap((arm) => [...arm.modules.keys(), ...arm.partial.keys()]));
  for (const file of files) {
    const [a, b] = [yes, no].map((arm): Executed => arm.modules.get(file) ?? arm.partial.get(file));
    if (typeof a === "number" && typeof b === "number") continue;
    if (a === b && typeof a === "object") joined.set(file, a);
    else joined.set(file, { test, yes: a, no: b });
  }
  return joined;
}

/** A module executed in both arms, each time anew: what either has left of it. */
export function joinModule(
  joined: State,
  test: Test,
  [yes, scope]: readonly [State, number],
  [no, other]: readonly [State, number],
): number {
  if (scope === other) return scope;
  const whole = freshId();
  joined.addScope(whole);
  const [mine, others] = [new Map(yes.scope(scope)), new Map(no.scope(other))];
  for (const [name, slot] of joinScopes(test, mine, others)) {
    const [a, b] = [mine.get(name), others.get(name)];
    const isSame = a?.kind === "bound" && b?.kind === "bound" && isSamePlain(a.value, b.value);
    joined.setSlot(whole, name, isSame ? a : slot);
  }
  return whole;
}

/** Values that are equal and hold nothing that may change. */
function isSamePlain(a: Value, b: Value): boolean {
  if (a.kind === "none") return b.kind === "none";
  if (a.kind === "external") return b.kind === "external" && a.name === b.name;
  const isPlain = a.kind === "bool" || a.kind === "int" || a.kind === "float" || a.kind === "str" || a.kind === "path";
  return isPlain && a.kind === b.kind && a.value === b.value;
}

/** What names stand for after a test, scope by scope. */
export function joinScopes(test: Test, yes: Scope, no: Scope): Scope {
  spend(yes.size + no.size);
  const joined: Scope = new Map();
  for (const [name, a] of yes) {
    const b = no.get(name);
    joined.set(name, joinSlots(test, a, b));
  }
  for (const [name, b] of no) if (!yes.has(name)) joined.set(name, { kind: "split", test, yes: undefined, no: b });
  return joined;
}

function joinSlots(test: Test, yes: Slot, no: Slot | undefined): Slot {
  if (yes === no) return yes;
  const isSame = yes.kind === "bound" && no?.kind === "bound" && yes.binding === no.binding && yes.value === no.value;
  // The same binding on both sides, in one of which something outside may replace it.
  if (isSame) return { ...yes, overridable: yes.overridable ?? no.overridable };
  const joined: Split = { kind: "split", test, yes, no };
  if (countLeaves(joined) <= MAX_ALTERNATIVES) return joined;
  const first = firstBound(joined);
  const value = tooMany(test, [slotValue(joined)]);
  return { kind: "bound", value, steps: first?.steps ?? [], binding: freshId(), overridable: first?.overridable };
}

function firstBound(slot: Slot | undefined): Bound | undefined {
  return slot?.kind === "split" ? (firstBound(slot.yes) ?? firstBound(slot.no)) : slot;
}

/** An object that either arm may have changed. */
export function joinObjects(test: Test, yes: HeapObject, no: HeapObject): HeapObject {
  spend(2 + yes.steps.length + no.steps.length);
  const steps = [...new Set([...yes.steps, ...no.steps])];
  const contents = joinContents(test, yes.contents, no.contents);
  return { contents, steps, createdIn: yes.createdIn };
}

/** Two lists that differ in one stretch are one list with a stretch that depends: `n` conditional appends stay `n` items. */
function joinContents(test: Test, yes: Value, no: Value): Value {
  if (yes === no) return yes;
  if (yes.kind !== "list" || no.kind !== "list") {
    const either: Value = { kind: "choice", test, yes, no };
    return countLeaves(either) <= MAX_ALTERNATIVES ? either : tooMany(test, [yes, no]);
  }
  const shorter = Math.min(yes.items.length, no.items.length);
  let start = 0;
  while (start < shorter && yes.items[start] === no.items[start]) start += 1;
  let end = 0;
  while (end < shorter - start && yes.items.at(-1 - end) === no.items.at(-1 - end)) end += 1;
  spend(yes.items.length + no.items.length);
  const stretch = (items: readonly Item[]): Value => ({ kind: "list", items: items.slice(start, items.length - end) });
  const value: Value = { kind: "choice", test, yes: stretch(yes.items), no: stretch(no.items) };
  if (weightOf(value) > MAX_WEIGHT) return tooMany(test, [yes, no]);
  const tail = yes.items.slice(yes.items.length - end);
  return { kind: "list", items: [...yes.items.slice(0, start), { value, spread: true, site: undefined }, ...tail] };
}

/** How many ways through its tests something has. Remembered, since what is joined once is joined again. */
function countLeaves(tree: Slot | Value | undefined): number {
  if (tree?.kind !== "split" && tree?.kind !== "choice") return 1;
  const known = LEAVES.get(tree);
  if (known !== undefined) return known;
  spend(4);
  const count = countLeaves(tree.yes) + countLeaves(tree.no);
  LEAVES.set(tree, count);
  return count;
}

const LEAVES = new WeakMap<Split | ChoiceValue, number>();
