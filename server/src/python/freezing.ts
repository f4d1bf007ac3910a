import { MAX_VALUE_DEPTH, MAX_VALUE_SIZE } from "./budget";
import type { Machine } from "./machine";
import type { State } from "./state";
import { unknown, type Entry, type Item, type Value } from "./value";

/** Where a freeze stands: the objects around it, and how much more it may hold. */
interface FreezeWalk {
  readonly inside: number[];
  left: number;
}

/** The value with all references replaced by their contents: a picture of this moment that later code cannot change. */
export function frozen(m: Machine, state: State, value: Value): Value {
  return frozenPart(m, state, value, { inside: [], left: MAX_VALUE_SIZE });
}

function frozenPart(m: Machine, state: State, value: Value, walk: FreezeWalk): Value {
  walk.left -= 1;
  if (walk.inside.length > MAX_VALUE_DEPTH || walk.left < 0)
    return unknown("budget", "a value that is not followed to its end");
  switch (value.kind) {
    case "reference": {
      if (walk.inside.includes(value.id)) return unknown("budget", "a value that holds itself");
      return inside(value.id, walk, () => frozenPart(m, state, m.contents(state, value), walk));
    }
    case "choice": {
      const restricted = m.restrict(value, state.assumptions);
      if (restricted.kind !== "choice") return frozenPart(m, state, restricted, walk);
      const [yes, no] = [frozenPart(m, state, restricted.yes, walk), frozenPart(m, state, restricted.no, walk)];
      return { kind: "choice", test: restricted.test, yes, no };
    }
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return inside(0, walk, () => freezeSequence(value.kind, value.items, (item) => frozenPart(m, state, item, walk)));
    case "dict":
      return inside(0, walk, () => ({
        kind: "dict",
        entries: value.entries.map((entry) => freezeEntry(entry, (inner) => frozenPart(m, state, inner, walk))),
      }));
    default:
      return value;
  }
}

function inside(id: number, walk: FreezeWalk, give: () => Value): Value {
  walk.inside.push(id);
  const given = give();
  walk.inside.pop();
  return given;
}

function freezeSequence(
  kind: "list" | "tuple" | "set" | "frozenset",
  items: readonly Item[],
  inner: (value: Value) => Value,
): Value {
  const frozen = items.map((item) => {
    const value = inner(item.value);
    return value === item.value ? item : { ...item, value };
  });
  return { kind, items: frozen };
}

function freezeEntry(entry: Entry, inner: (value: Value) => Value): Entry {
  const value = inner(entry.value);
  return value === entry.value ? entry : { ...entry, value };
}
