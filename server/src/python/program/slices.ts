import { spend } from "../values/fuel";
import type { Machine } from "./machine";
import { pure } from "./pure";
import { PythonRaise } from "../values/raise";
import type { State } from "./state";
import { certaintyOf } from "../values/symbolic";
import { str, unknown, type Site, type Value } from "../values/value";

/** `container[lower:upper:step]`: a new list or tuple of the same objects. */
export function sliceValue(m: Machine, state: State, container: Value, bounds: readonly Value[], site: Site): Value {
  const result = container.kind === "list" ? "list" : undefined;
  const isCounted =
    (container.kind === "list" || container.kind === "tuple") && container.items.every((item) => !item.spread);
  // What is in the slice is the same objects as in the whole.
  if (isCounted) spend(container.items.length / 2);
  if (isCounted && bounds.every((bound) => certaintyOf(bound) === "concrete")) {
    const [lower, upper, step] = bounds as readonly [Value, Value, Value];
    const items = sliceRange(lower, upper, step)(container.items);
    return result === "list" ? m.allocate(state, { kind: "list", items }, site.file) : { kind: "tuple", items };
  }
  return pure(
    m,
    state,
    "slice",
    [container, ...bounds],
    ([value, lower, upper, step]) => {
      const range = sliceRange(lower as Value, upper as Value, step as Value);
      if (value?.kind === "str") return str(range([...value.value]).join(""));
      if (value?.kind === "list" || value?.kind === "tuple") return { kind: value.kind, items: range(value.items) };
      return unknown("unsupported", "a slice", site);
    },
    { site, result },
  );
}

/** Python's `sequence[lower:upper:step]`. */
export function sliceRange(lower: Value, upper: Value, step: Value): <T>(items: readonly T[]) => readonly T[] {
  const numeric = (value: Value): number | undefined => {
    if (value.kind === "none") return undefined;
    if (value.kind !== "int" && value.kind !== "bool") throw new PythonRaise("TypeError");
    return Number(value.value);
  };
  const by = numeric(step) ?? 1;
  if (by === 0) throw new PythonRaise("ValueError");
  return (items) => {
    const size = items.length;
    const clamp = (value: number | undefined, otherwise: number, low: number, high: number): number =>
      value === undefined ? otherwise : Math.min(Math.max(value < 0 ? value + size : value, low), high);
    const from = by > 0 ? clamp(numeric(lower), 0, 0, size) : clamp(numeric(lower), size - 1, -1, size - 1);
    const to = by > 0 ? clamp(numeric(upper), size, 0, size) : clamp(numeric(upper), -1, -1, size - 1);
    const taken = [];
    for (let i = from; by > 0 ? i < to : i > to; i += by) taken.push(items[i] as (typeof items)[number]);
    return taken;
  };
}
