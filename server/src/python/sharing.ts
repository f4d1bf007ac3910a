import type { State } from "./state";
import { keyOf } from "./symbolic";
import { unknown, type ReferenceValue, type Site, type Value } from "./value";

/**
 * The objects that the inputs of an operation hold, by what they contain: a result that is computed of frozen values has
 * copies of them in their place. `undefined`: several objects look the same.
 */
export type SharedParts = ReadonlyMap<string, ReferenceValue | undefined>;

/** The objects inside of some values, not those that the values themselves are. */
export function sharedParts(state: State, values: readonly Value[], freeze: (value: Value) => Value): SharedParts {
  const parts = new Map<string, ReferenceValue | undefined>();
  const seen = new Set<number>();
  const choices = new Set<Value>();
  const visit = (value: Value, isInside: boolean): void => {
    switch (value.kind) {
      case "reference": {
        if (seen.has(value.id)) return;
        seen.add(value.id);
        if (isInside) {
          const key = keyOf(freeze(value));
          parts.set(key, parts.has(key) ? undefined : value);
        }
        const contents = state.object(value.id)?.contents;
        if (contents !== undefined) visit(contents, isInside);
        return;
      }
      case "choice":
        // Alternatives share parts.
        if (choices.has(value)) return;
        choices.add(value);
        visit(value.yes, isInside);
        visit(value.no, isInside);
        return;
      case "list":
      case "tuple":
      case "set":
      case "frozenset":
        for (const item of value.items) visit(item.value, true);
        return;
      case "dict":
        for (const entry of value.entries) visit(entry.value, true);
        return;
      default:
    }
  };
  for (const value of values) visit(value, false);
  return parts;
}

/** A computed value with the objects themselves in place of their copies; what may be one of several is unknown. */
export function relinked(value: Value, parts: SharedParts, isCertain: boolean, site: Site): Value {
  if (parts.size === 0) return value;
  const inside = (part: Value): Value => {
    switch (part.kind) {
      case "list":
      case "dict":
      case "set": {
        const key = keyOf(part);
        const found = parts.get(key);
        if (found !== undefined) return found;
        if (parts.has(key) || !isCertain) return unknown("unsupported", "an object that has another name, too", site);
        return within(part);
      }
      case "derived":
      case "environment":
        return parts.has(keyOf(part))
          ? (parts.get(keyOf(part)) ?? unknown("unsupported", "an object that has another name, too", site))
          : part;
      default:
        return within(part);
    }
  };
  const within = (whole: Value): Value => {
    if (whole.kind === "dict")
      return { kind: "dict", entries: whole.entries.map((entry) => ({ ...entry, value: inside(entry.value) })) };
    if (whole.kind === "list" || whole.kind === "tuple" || whole.kind === "set" || whole.kind === "frozenset")
      return { kind: whole.kind, items: whole.items.map((item) => ({ ...item, value: inside(item.value) })) };
    if (whole.kind === "choice") return { ...whole, yes: inside(whole.yes), no: inside(whole.no) };
    return whole;
  };
  return within(value);
}
