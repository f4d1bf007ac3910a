import { MAX_VALUE_DEPTH, MAX_VALUE_SIZE } from "../values/budget";
import { spend } from "../values/fuel";
import type { Machine } from "./machine";
import { inParts } from "../values/leaves";
import { restricted, withoutKnownStretches } from "./restriction";
import type { Assumptions, State } from "./state";
import { weightOf } from "../values/symbolic";
import {
  unknown,
  type ChoiceValue,
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
  /** The decisions on the way here, those of the choices around it included. */
  assumptions: Assumptions;
}

/** The value with all references replaced by their contents: a picture of this moment that later code cannot change. */
export function frozen(m: Machine, state: State, value: Value): Value {
  const walk: FreezeWalk = { inside: [], left: MAX_VALUE_SIZE, changing: 0, assumptions: m.raising.assumed(state) };
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
      const choice = restricted(value, walk.assumptions);
      return choice.kind === "choice" ? frozenChoice(m, state, choice, walk) : frozenPart(m, state, choice, walk);
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
function frozenChoice(m: Machine, state: State, choice: ChoiceValue, walk: FreezeWalk): Value {
  const outer = walk.assumptions;
  spend(2 + outer.size);
  const arm = (part: Value, holds: boolean): Value => {
    if (isLeaf(part)) return part;
    walk.assumptions = new Map(outer).set(choice.test.id, { test: choice.test, holds });
    return frozenPart(m, state, part, walk);
  };
  const [yes, no] = [arm(choice.yes, true), arm(choice.no, false)];
  walk.assumptions = outer;
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
