import { MAX_VALUE_DEPTH, MAX_VALUE_SIZE } from "../values/budget";
import { spend } from "../values/fuel";
import type { Machine } from "./machine";
import { inParts } from "../values/leaves";
import { restricted, withoutKnownStretches } from "./restriction";
import type { State } from "./state";
import { weightOf } from "../values/symbolic";
import {
  unknown,
  type ChoiceValue,
  type Decision,
  type DictValue,
  type OpaqueValue,
  type SequenceValue,
  type UnknownValue,
  type Value,
} from "../values/value";

/** Where a freeze stands: the objects around it, and how much more it may hold. */
interface FreezeWalk {
  readonly inside: number[];
  left: number;
  /** How many parts were met that other states see otherwise. */
  changing: number;
  /** The decisions on the way here, once there was a choice: each adds itself for a while. */
  assumptions: Map<number, Decision> | undefined;
}

/** The value with all references replaced by their contents: a picture of this moment that later code cannot change. */
export function frozen(m: Machine, state: State, value: Value): Value {
  if (isLeaf(value)) return value;
  const walk: FreezeWalk = { inside: [], left: MAX_VALUE_SIZE, changing: 0, assumptions: undefined };
  const picture = frozenPart(m, state, value, walk);
  return walk.left < 0 ? unknown("budget", "a very large value") : picture;
}

/** Containers that hold nothing but constants: frozen as they are. */
const CONSTANT = new WeakSet<Value>();

function frozenPart(m: Machine, state: State, value: Value, walk: FreezeWalk): Value {
  walk.left -= 1;
  if (walk.left < 0) return value;
  if (walk.inside.length > MAX_VALUE_DEPTH) return unknown("budget", "a value that is nested too deeply");
  switch (value.kind) {
    case "reference": {
      spend(2);
      walk.changing += 1;
      if (walk.inside.includes(value.id)) return unknown("budget", "a value that holds itself");
      return inside(value.id, walk, () => frozenPart(m, state, m.contents(state, value), walk));
    }
    case "choice": {
      walk.changing += 1;
      walk.assumptions ??= new Map(m.raising.assumed(state));
      const choice = restricted(value, walk.assumptions);
      if (choice.kind !== "choice") return frozenPart(m, state, choice, walk);
      return frozenChoice(m, state, choice, walk, walk.assumptions);
    }
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
    case "dict":
      return frozenContainer(m, state, value, walk);
    case "unknown":
    case "opaque":
      return withoutAliases(value);
    default:
      return value;
  }
}

/** What a value may be besides matters to the running program only. */
function withoutAliases(value: UnknownValue | OpaqueValue): Value {
  if (value.mayBe === undefined) return value;
  const frozenOnce = WITHOUT_ALIASES.get(value) ?? { ...value };
  delete (frozenOnce as { mayBe?: unknown }).mayBe;
  WITHOUT_ALIASES.set(value, frozenOnce);
  return frozenOnce;
}

const WITHOUT_ALIASES = new WeakMap<Value, Value>();

/** Each arm as it is in its own worlds. */
function frozenChoice(
  m: Machine,
  state: State,
  choice: ChoiceValue,
  walk: FreezeWalk,
  assumptions: Map<number, Decision>,
): Value {
  spend(2);
  const arm = (part: Value, holds: boolean): Value => {
    if (isLeaf(part)) return part;
    assumptions.set(choice.test.id, { test: choice.test, holds });
    return frozenPart(m, state, part, walk);
  };
  const [yes, no] = [arm(choice.yes, true), arm(choice.no, false)];
  assumptions.delete(choice.test.id);
  return yes === choice.yes && no === choice.no ? choice : { ...choice, yes, no };
}

function isLeaf(value: Value): boolean {
  return (
    value.kind !== "reference" &&
    value.kind !== "choice" &&
    value.kind !== "dict" &&
    !("items" in value) &&
    !("mayBe" in value)
  );
}

/** What holds no references comes back as it is, with all that is remembered of it. */
function frozenContainer(m: Machine, state: State, value: SequenceValue | DictValue, walk: FreezeWalk): Value {
  if (CONSTANT.has(value)) {
    walk.left -= weightOf(value);
    return value;
  }
  const before = walk.changing;
  spend(2 + ("items" in value ? value.items.length : value.entries.length));
  const result = withoutKnownStretches(
    inside(0, walk, () => inParts(value, (part) => frozenPart(m, state, part, walk))),
  );
  if (result === value && walk.changing === before) CONSTANT.add(value);
  return result;
}

function inside(id: number, walk: FreezeWalk, give: () => Value): Value {
  walk.inside.push(id);
  const given = give();
  walk.inside.pop();
  return given;
}
