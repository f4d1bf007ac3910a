import { MAX_VALUE_SIZE } from "../values/budget";
import { compare } from "../semantics/comparisons";
import { spend } from "../values/fuel";
import type { Model } from "../program/call";
import { callContext } from "../program/call";
import type { Frame, Machine } from "../program/machine";
import { decide, type Condition } from "./deciding";
import { equals, isIn } from "../semantics/operators";
import { pure } from "../program/pure";
import { amongst } from "../program/sharing";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { certaintyOf, isMachineFact, isSymbolicList } from "../values/symbolic";
import {
  bool,
  str,
  tuple,
  unknown,
  type DictValue,
  type Entry,
  type Item,
  type SequenceValue,
  type Site,
  type Value,
} from "../values/value";
import { sliceValue } from "../program/slices";

const NOT_ITERABLE: ReadonlySet<Value["kind"]> = new Set(["none", "bool", "int", "float", "function", "module"]);

/** Whether going through a value certainly raises TypeError. A path does not: `environ.Path` takes an index. */
export function isNotIterable({ kind }: Value): boolean {
  return NOT_ITERABLE.has(kind);
}

/** The members of a value in any order: {@link iterationItems} where the order makes no difference. */
export function memberItems(m: Machine, state: State, value: Value): readonly Item[] {
  const contents = m.contents(state, value);
  return contents.kind === "set" || contents.kind === "frozenset" ? contents.items : iterationItems(m, state, contents);
}

/**
 * The items that a value gives when iterated; a part that is not known is an item with `spread`. The order of a set
 * differs from run to run.
 */
export function iterationItems(m: Machine, state: State, value: Value): readonly Item[] {
  const contents = m.contents(state, value);
  if (isNotIterable(contents)) throw new PythonRaise("TypeError");
  switch (contents.kind) {
    case "list":
    case "tuple":
      return contents.items;
    case "set":
    case "frozenset":
      return contents.items.length < 2 ? contents.items : [{ value: contents, spread: true, site: undefined }];
    case "dict":
      spend(contents.entries.length);
      return contents.entries.map((entry) => ({
        value: entry.key ?? entry.value,
        spread: entry.key === undefined,
        site: entry.site,
      }));
    case "str":
      if (contents.value.length > MAX_VALUE_SIZE)
        return [{ value: unknown("budget", "the characters of a very long text"), spread: true, site: undefined }];
      spend(contents.value.length);
      return [...contents.value].map((character) => ({ value: str(character), spread: false, site: undefined }));
    case "class":
      return m.libraries.classItems(contents, state) ?? [{ value: contents, spread: true, site: undefined }];
    case "model": {
      const items = (contents.model as Model).items?.(m, state);
      return items ?? [{ value: contents, spread: true, site: undefined }];
    }
    default:
      return [{ value: contents, spread: true, site: undefined }];
  }
}

export function isSequence(value: Value): value is SequenceValue {
  return value.kind === "list" || value.kind === "tuple" || value.kind === "set" || value.kind === "frozenset";
}

/**
 * `a + b` for lists and tuples, keeping the identity of what they hold; `undefined` for other types.
 * A list read from the environment becomes a spread item, so that the known items stay known.
 */
export function concatenate(m: Machine, state: State, a: Value, b: Value, site: Site): Value | undefined {
  const left = m.contents(state, a);
  const right = m.contents(state, b);
  const isList = left.kind === "list" || right.kind === "list" || isSymbolicList(left) || isSymbolicList(right);
  const isTuple = [left, right].every((part) => part.kind === "tuple" || certaintyOf(part) === "unknown");
  if (!isList && !(isTuple && (left.kind === "tuple" || right.kind === "tuple"))) return undefined;
  const kind = isList ? "list" : "tuple";
  const parts = [left, right].map((part): readonly Item[] | undefined => {
    if (part.kind === kind) return part.items;
    if (part.kind === "choice" || isSymbolicList(part) || certaintyOf(part) === "unknown")
      return [{ value: part, spread: true, site: undefined }];
    // Of the machine: `sys.path`, `sys.argv`.
    return part.kind === "environment" || part.kind === "derived" || part.kind === "external"
      ? [{ value: part, spread: true, site: undefined }]
      : undefined;
  });
  const [first, second] = parts;
  if (first === undefined || second === undefined) {
    if (isSequence(left) || isSequence(right)) throw new PythonRaise("TypeError", site);
    return undefined;
  }
  if (first.length + second.length > MAX_VALUE_SIZE) return unknown("budget", "a very long list", site);
  spend((first.length + second.length) / 4);
  const joined: SequenceValue = { kind, items: [...first, ...second] };
  return kind === "list" ? m.allocate(state, joined, site.file) : joined;
}

/** `container[key]`, one level deep: what is stored is given as it is, so that changes to it are seen. */
export function subscriptValue(m: Machine, state: State, frame: Frame, object: Value, key: Value, site: Site): Value {
  return m.distribute(state, [object, key], ([container, index]) => {
    const contents = m.contents(state, container as Value);
    if (contents.kind === "choice") return subscriptValue(m, state, frame, contents, index as Value, site);
    const item = subscriptLeaf(m, state, frame, contents, index as Value, site);
    if (item.kind === "unknown") m.raising.noteMayRaise(state, site);
    return item;
  });
}

function subscriptLeaf(m: Machine, state: State, frame: Frame, container: Value, key: Value, site: Site): Value {
  if (key.kind === "opaque" && key.callee === "builtins.slice") return sliceValue(m, state, container, key.args, site);
  if (container.kind === "external") {
    const known = m.libraries.subscript(container.name, key, callContext(m, state, frame, site));
    if (known !== undefined) return known;
    if (!isMachineFact(container.name)) return { kind: "external", name: `${container.name}[]`, site };
  }
  if (container.kind === "model") {
    return (
      (container.model as Model).subscript?.(key, callContext(m, state, frame, site)) ??
      unknown("call", `an item of ${container.name}`, site)
    );
  }
  if (container.kind === "class" && key.kind === "str") {
    const member = m.libraries.classAttribute(container, key.value, callContext(m, state, frame, site));
    if (member !== undefined) return member;
  }
  if (container.kind === "dict" && certaintyOf(key) === "concrete") return entryValue(container, key, site);
  const chosen = container.kind === "dict" ? chosenEntry(m, state, container, key, site) : undefined;
  if (chosen !== undefined) return chosen;
  if (isSequence(container) && (key.kind === "int" || key.kind === "bool")) {
    const item = itemAt(container, Number(key.value));
    if (item !== undefined) return item;
  }
  return pure(m, state, "subscript", [container, key], ([a, b]) => pureSubscript(a as Value, b as Value, site), {
    site,
  });
}

/** More entries than this are not told apart one by one. */
const MAX_CHOSEN = 12;

/**
 * `dict[key]` with a key from the environment, where the dict holds objects that have to stay themselves: a choice of them.
 */
function chosenEntry(m: Machine, state: State, dict: DictValue, key: Value, site: Site): Value | undefined {
  const { entries } = dict;
  if (certaintyOf(key) !== "symbolic" || entries.length === 0 || entries.length > MAX_CHOSEN) return undefined;
  if (entries.some((entry) => entry.key === undefined || certaintyOf(entry.key) !== "concrete")) return undefined;
  if (!entries.some(({ value }) => isObject(value))) return undefined;
  const keys = entries.map((entry) => entry.key as Value);
  const present = pure(m, state, "in", [key, tuple(keys)], ([a, b]) => compare("in", a as Value, b as Value), { site });
  const isThere = decide(m, state, present, site, "a key of the dict");
  if (isThere.kind === "test") m.raising.noteRaiseWhen(state, isThere.test, false, "KeyError", site);
  else if (!isThere.holds) throw new PythonRaise("KeyError", site);
  // What follows is for the worlds in which the key is there: it is the last one where it is none of the others.
  const [last, ...others] = entries.toReversed() as [Entry, ...Entry[]];
  return others.reduce<Value>((rest, entry) => {
    const same = pure(m, state, "==", [key, entry.key as Value], ([a, b]) => compare("==", a as Value, b as Value), {
      site,
    });
    const pick = (condition: Condition): Value =>
      condition.kind === "known"
        ? condition.holds
          ? entry.value
          : rest
        : m.choose(condition.test, pick(condition.yes), pick(condition.no));
    return pick(decide(m, state, same, site, "a key of the dict"));
  }, last.value);
}

function isObject({ kind }: Value): boolean {
  return kind === "reference" || kind === "function" || kind === "class" || kind === "model" || kind === "module";
}

/** The value under a key: unknown where an entry of unknown keys may have replaced it. */
function entryValue(dict: DictValue, key: Value, site: Site): Value {
  for (const entry of dict.entries.toReversed()) {
    if (entry.key === undefined)
      return amongst(unknown("unsupported", "an item of a dict with unknown keys", site), [dict]);
    if (equals(entry.key, key) === true) return entry.value;
  }
  throw new PythonRaise("KeyError", site);
}

/** The item at an index where no spread item makes its place uncertain; throws IndexError where there is certainly none. */
function itemAt(sequence: SequenceValue, index: number): Value | undefined {
  const { items } = sequence;
  const at = index < 0 ? items.length + index : index;
  const between = index < 0 ? items.slice(Math.max(at, 0)) : items.slice(0, at + 1);
  if (between.some((item) => item.spread)) return undefined;
  const found = items[at];
  if (found !== undefined) return found.value;
  if (items.some((item) => item.spread)) return undefined;
  throw new PythonRaise("IndexError");
}

function pureSubscript(container: Value, key: Value, site: Site): Value {
  if (container.kind === "str" && key.kind === "int") {
    const characters = [...container.value];
    const found = characters.at(Number(key.value));
    if (found === undefined) throw new PythonRaise("IndexError", site);
    return str(found);
  }
  if (container.kind === "dict") return entryValue(container, key, site);
  if (isSequence(container) && key.kind === "int")
    return itemAt(container, Number(key.value)) ?? unknown("unsupported", "an item", site);
  if (
    container.kind === "none" ||
    container.kind === "int" ||
    container.kind === "bool" ||
    isSequence(container) ||
    container.kind === "str"
  ) {
    throw new PythonRaise("TypeError", site);
  }
  return unknown("unsupported", "a subscript", site);
}

/** `item in container` where the container's own form decides; `undefined`: the plain comparison does. */
export function containsItem(
  m: Machine,
  state: State,
  frame: Frame,
  item: Value,
  container: Value,
  site: Site,
): Value | undefined {
  if (container.kind === "external")
    return m.libraries.contains(container.name, item, callContext(m, state, frame, site));
  if (container.kind === "model")
    return (container.model as Model).contains?.(item, callContext(m, state, frame, site));
  if (item.kind === "str" || item.kind === "int") {
    const contents = m.freeze(state, container);
    if (isSequence(contents) || contents.kind === "dict") {
      const certain = isIn(item, contents);
      if (certain !== undefined) return bool(certain);
      if (isSequence(contents)) return isInStretches(m, state, item, contents);
    }
  }
  return undefined;
}

/** `item in list` where stretches of the list depend on tests: decided for each alternative of them. */
function isInStretches(m: Machine, state: State, item: Value, list: SequenceValue): Value | undefined {
  const stretches = list.items.filter((other) => other.spread).map((other) => other.value);
  if (stretches.length === 0 || !stretches.every((value) => value.kind === "choice")) return undefined;
  const fixed: SequenceValue = { ...list, items: list.items.filter((other) => !other.spread) };
  if (isIn(item, fixed) === undefined) return undefined;
  return m.distribute(state, stretches, (leaves) => {
    const answers = leaves.map((leaf) => isIn(item, leaf));
    if (answers.includes(true)) return bool(true);
    return answers.includes(undefined) ? unknown("unsupported", "whether a list has an item") : bool(false);
  });
}

/** `dict.items()` as a list of pairs, in order. */
export function dictItems(dict: DictValue): SequenceValue {
  return {
    kind: "list",
    items: dict.entries.map((entry) => ({
      value: entry.key === undefined ? entry.value : tuple([entry.key, entry.value]),
      spread: entry.key === undefined,
      site: entry.site,
    })),
  };
}
