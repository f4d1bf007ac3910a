import { append } from "../../base/lists";
import { spend } from "./fuel";
import {
  type ChoiceValue,
  type DictValue,
  type Entry,
  type Item,
  type SequenceValue,
  type UnknownValue,
  type Value,
} from "./value";

/** Gives values with changed leaves. Parts are shared by many: each is visited once. */
export function inLeaves(leaf: (value: Value) => Value): (value: Value) => Value {
  const done = new Map<Value, Value>();
  const change = (value: Value): Value => {
    if (value.kind !== "choice" && value.kind !== "dict" && !("items" in value)) return leaf(value);
    const known = done.get(value);
    if (known !== undefined) return known;
    spend(2);
    const changed = inParts(value, change);
    done.set(value, changed);
    return changed;
  };
  return change;
}

/** Whether a value is made of others of which one is such a leaf. Remembered for each part, since values do not change. */
export function holdsLeaf(isSuch: (leaf: Value) => boolean): (value: Value) => boolean {
  const known = new WeakMap<Value, boolean>();
  const holds = (value: Value): boolean => {
    const remembered = known.get(value);
    if (remembered !== undefined) return remembered;
    spend(2);
    const found = partsOf(value)?.some(holds) ?? isSuch(value);
    known.set(value, found);
    return found;
  };
  return holds;
}

/** What a value is made of; `undefined` for one that is made of no others. */
export function partsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === "choice") return [value.yes, value.no];
  if (value.kind === "dict") return value.entries.map((entry) => entry.value);
  return "items" in value ? value.items.map((item) => item.value) : undefined;
}

export function inParts(value: ChoiceValue | DictValue | SequenceValue, change: (part: Value) => Value): Value {
  if (value.kind === "choice") {
    const [yes, no] = [change(value.yes), change(value.no)];
    return yes === value.yes && no === value.no ? value : { ...value, yes, no };
  }
  const inner = <T extends Item | Entry>(part: T): T => {
    const changed = change(part.value);
    return changed === part.value ? part : { ...part, value: changed };
  };
  if (value.kind === "dict") {
    const entries = value.entries.map(inner);
    return entries.every((entry, index) => entry === value.entries[index]) ? value : { ...value, entries };
  }
  const items = value.items.map(inner);
  return items.every((item, index) => item === value.items[index]) ? value : { ...value, items };
}

/** What is looked through for a cause. */
const MAX_SEARCHED = 40;

/** Something unknown among values or in what they hold. */
export function firstUnknown(values: readonly Value[]): UnknownValue | undefined {
  const open = values.slice(0, MAX_SEARCHED);
  for (let at = 0; at < open.length; at += 1) {
    const value = open[at] as Value;
    if (value.kind === "unknown") return value;
    append(open, (partsOf(value) ?? []).slice(0, Math.max(MAX_SEARCHED - open.length, 0)));
  }
  return undefined;
}
