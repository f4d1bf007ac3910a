import { addEntry } from "../values/dicts";
import { PythonRaise } from "../values/raise";
import { isSymbolicList } from "../values/symbolic";
import { isSequence } from "./structures";
import { unknown, type Item, type SequenceValue, type Value } from "../values/value";

export interface AssignedItem {
  readonly whole: Item["site"];
  readonly valueSite: Item["site"];
  /** What is assigned to a slice. */
  readonly items: readonly Item[] | undefined;
}

/** Contents after `contents[key] = value`. */
export function withItem(
  contents: Value,
  key: Value,
  value: Value,
  site: Item["site"],
  { whole, valueSite, items }: AssignedItem,
): Value {
  if (contents.kind === "dict") return addEntry(contents, key, value, whole, valueSite);
  if (contents.kind === "list" && key.kind === "opaque" && key.callee === "builtins.slice")
    return withSlice(contents, key.args, items) ?? unknown("unsupported", "a list of which a slice was assigned", site);
  if (isSequence(contents) && (key.kind === "int" || key.kind === "bool")) {
    const index = Number(key.value);
    const at = index < 0 ? contents.items.length + index : index;
    if (contents.items.some((item) => item.spread))
      return unknown("unsupported", "a list of which one item was replaced", site);
    if (contents.items[at] === undefined) throw new PythonRaise("IndexError", site);
    return { kind: contents.kind, items: contents.items.with(at, { value, spread: false, site: whole }) };
  }
  // A dict that the environment decides keeps its unknown entries, and this one comes after them.
  const isDecided = contents.kind === "environment" || contents.kind === "derived";
  if (isDecided && key.kind === "str" && !isSymbolicList(contents)) {
    const open = { key: undefined, value: contents, site: undefined, valueSite: undefined };
    return addEntry({ kind: "dict", entries: [open] }, key, value, whole, valueSite);
  }
  return unknown("unsupported", "an object of which an item was assigned", site);
}

/** A list after `items[lower:upper] = others`; `undefined` for other slices, and where places are not certain. */
export function withSlice(
  list: SequenceValue,
  bounds: readonly Value[],
  others: readonly Item[] | undefined,
): SequenceValue | undefined {
  const [lower, upper, step] = bounds;
  if (others === undefined || step?.kind !== "none" || list.items.some((item) => item.spread)) return undefined;
  const size = list.items.length;
  const place = (bound: Value | undefined, otherwise: number): number | undefined => {
    if (bound?.kind === "none") return otherwise;
    if (bound?.kind !== "int") return undefined;
    return Math.min(Math.max(bound.value < 0n ? size + Number(bound.value) : Number(bound.value), 0), size);
  };
  const [from, to] = [place(lower, 0), place(upper, size)];
  if (from === undefined || to === undefined) return undefined;
  return { kind: "list", items: [...list.items.slice(0, from), ...others, ...list.items.slice(Math.max(to, from))] };
}

export function withoutItem(contents: Value, key: Value, site: Item["site"]): Value {
  if (
    contents.kind === "dict" &&
    contents.entries.every((entry) => entry.key !== undefined) &&
    (key.kind === "str" || key.kind === "int")
  ) {
    const kept = contents.entries.filter((entry) => !(entry.key?.kind === key.kind && entry.key.value === key.value));
    if (kept.length === contents.entries.length) throw new PythonRaise("KeyError", site);
    return { kind: "dict", entries: kept };
  }
  if (contents.kind === "list" && key.kind === "opaque" && key.callee === "builtins.slice") {
    const rest = withSlice(contents, key.args, []);
    if (rest !== undefined) return rest;
  }
  if (contents.kind === "list" && key.kind === "int" && contents.items.every((item) => !item.spread)) {
    const at = key.value < 0n ? contents.items.length + Number(key.value) : Number(key.value);
    if (contents.items[at] === undefined) throw new PythonRaise("IndexError", site);
    return { kind: "list", items: contents.items.toSpliced(at, 1) };
  }
  return unknown("unsupported", "an object of which an item was deleted", site);
}
