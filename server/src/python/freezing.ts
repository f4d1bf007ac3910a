import { MAX_VALUE_DEPTH, MAX_VALUE_SIZE } from "./budget";
import type { Machine } from "./machine";
import { inParts } from "./leaves";
import type { State } from "./state";
import { unknown, type Value } from "./value";

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
      return inParts(restricted, (part) => frozenPart(m, state, part, walk));
    }
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
    case "dict":
      // What holds no references comes back as it is, with all that is remembered of it.
      return inside(0, walk, () => inParts(value, (part) => frozenPart(m, state, part, walk)));
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
