import { append } from "../../base/lists";
import type { Dict, List, SetDisplay, Tuple } from "../../syntax/ast";
import { MAX_VALUE_SIZE } from "../values/budget";
import { bound } from "./iterators";
import type { Frame, Machine } from "../program/machine";
import { DictBuilder } from "../values/dicts";
import type { State } from "../program/state";
import { isSequence, iterationItems, memberItems } from "./structures";
import { certaintyOf, weightOf } from "../values/symbolic";
import { invalidateExpression } from "./unfollowed";
import { unknown, type DictValue, type Item, type SequenceValue, type Site, type Value } from "../values/value";

/** A part of a list, tuple or set display whose expression has been evaluated. */
interface SequencePart {
  /** For `*value` its items at that moment, as a list in each world. */
  readonly value: Value;
  readonly isSpread: boolean;
  readonly site: Site;
}

/** `[a, *b]`, `(a, b)`, `{a, b}`. */
export function sequenceDisplay(m: Machine, state: State, frame: Frame, node: List | Tuple | SetDisplay): Value {
  if (node.elts.length > MAX_VALUE_SIZE) return tooLong(m, state, frame, node);
  const members = node.kind === "Set" ? memberItems : iterationItems;
  const taken = (value: Value): Value =>
    m.perAlternative(state, value, (inner, leaf) => {
      const contents = m.contents(inner, leaf);
      return contents.kind === "choice" ? contents : { kind: "list", items: members(m, inner, leaf) };
    });
  const parts = node.elts.map((element): SequencePart => {
    const site = m.site(frame, element);
    if (element.kind !== "Starred") return { value: bound(m.evaluate(state, frame, element)), isSpread: false, site };
    return { value: taken(m.evaluate(state, frame, element.value)), isSpread: true, site };
  });
  return arrange(m, state, frame, node, parts, []);
}

/** Adds the parts in their order. Where worlds unpack different lists with objects inside, each gets a list of its own. */
function arrange(
  m: Machine,
  state: State,
  frame: Frame,
  node: List | Tuple | SetDisplay,
  parts: readonly SequencePart[],
  start: readonly Item[],
): Value {
  const items = [...start];
  for (const [index, { value: given, isSpread, site }] of parts.entries()) {
    const value = isSpread ? m.restrict(given, state.assumptions) : given;
    if (!isSpread) items.push({ value, spread: false, site });
    else if (value.kind !== "choice")
      append(
        items,
        iterationItems(m, state, value).map((item) => ({ ...item, site: item.site ?? site })),
      );
    else if (holdsObjects(m, state, value))
      return m.perAlternative(state, value, (inner, leaf) => {
        const rest = [{ value: leaf, isSpread, site }, ...parts.slice(index + 1)];
        return arrange(m, inner, frame, node, rest, items);
      });
    else items.push({ value: m.freeze(state, value), spread: true, site });
  }
  if (node.kind === "Tuple") return boundedTuple({ kind: "tuple", items }, m.site(frame, node));
  return m.allocate(state, node.kind === "List" ? { kind: "list", items } : uniqueSet(items), frame.file);
}

/** A tuple may share parts with others without end. */
function boundedTuple(tuple: SequenceValue, site: Site): Value {
  return weightOf(tuple) > MAX_VALUE_SIZE ? unknown("budget", "a very large value", site) : tuple;
}

/** What a display does that has more items than are followed. */
function tooLong(m: Machine, state: State, frame: Frame, node: List | Tuple | SetDisplay | Dict): Value {
  return invalidateExpression(m, state, frame, node, "budget");
}

/** A set keeps the first of equal items; an item that is not concrete is kept as it is. */
export function uniqueSet(items: readonly Item[]): Value {
  const keys = new DictBuilder();
  const rest: Item[] = [];
  for (const item of items) {
    if (item.spread || certaintyOf(item.value) !== "concrete") rest.push(item);
    else keys.put({ key: item.value, value: item.value, site: item.site, valueSite: item.site });
  }
  const unique = keys.dict.entries.map((entry): Item => ({ value: entry.value, spread: false, site: entry.site }));
  return { kind: "set", items: [...unique, ...rest] };
}

/** A part of a dict display whose expressions have been evaluated; without a key for `**value`. */
interface DictPart {
  readonly key: Value | undefined;
  readonly value: Value;
  readonly site: Site;
  readonly valueSite: Site;
}

/** `{key: value, **other}`. */
export function dictDisplay(m: Machine, state: State, frame: Frame, node: Dict): Value {
  if (node.items.length > MAX_VALUE_SIZE) return tooLong(m, state, frame, node);
  const parts = node.items.map((item): DictPart => ({
    key: item.key === undefined ? undefined : m.evaluate(state, frame, item.key),
    value: unpacked(m, state, m.evaluate(state, frame, item.value), item.key === undefined),
    site: m.site(frame, item),
    valueSite: m.site(frame, item.value),
  }));
  return assemble(m, state, frame, parts, { kind: "dict", entries: [] });
}

/** What `**value` unpacks is read before the expressions behind it are computed. */
function unpacked(m: Machine, state: State, value: Value, isSpread: boolean): Value {
  const contents = isSpread ? m.contents(state, value) : bound(value);
  return contents.kind === "dict" || !isSpread ? contents : value;
}

/** Adds the parts in their order. Where worlds unpack different dicts with objects inside, each world gets a dict of its own. */
function assemble(m: Machine, state: State, frame: Frame, parts: readonly DictPart[], start: DictValue): Value {
  const result = new DictBuilder(start);
  for (const [index, { key, value, site, valueSite }] of parts.entries()) {
    if (key !== undefined) {
      result.add(key, value, site, valueSite);
      continue;
    }
    const contents = m.contents(state, value);
    if (contents.kind === "dict") {
      for (const entry of contents.entries) result.put(entry);
    } else if (contents.kind === "choice" && holdsObjects(m, state, contents)) {
      const [before, rest] = [result.dict, parts.slice(index + 1)];
      return m.perAlternative(state, contents, (inner, leaf) =>
        assemble(m, inner, frame, [{ key, value: leaf, site, valueSite }, ...rest], before),
      );
    } else {
      // Whatever is no mapping raises an exception.
      m.raising.noteMayRaise(state, site, "TypeError");
      result.put({ key: undefined, value: m.freeze(state, value), site, valueSite });
    }
  }
  return m.allocate(state, result.dict, frame.file);
}

/** Whether some alternative has lists, dicts or other objects inside: a copy shares them, so it cannot be frozen. */
function holdsObjects(m: Machine, state: State, value: Value): boolean {
  if (value.kind === "choice") return holdsObjects(m, state, value.yes) || holdsObjects(m, state, value.no);
  const contents = value.kind === "reference" ? m.contents(state, value) : value;
  if (contents.kind === "choice") return holdsObjects(m, state, contents);
  if (contents.kind === "dict") return contents.entries.some((entry) => isObject(entry.value));
  return isSequence(contents) && contents.items.some((item) => isObject(item.value));
}

function isObject(value: Value): boolean {
  return value.kind === "reference" || (value.kind === "choice" && (isObject(value.yes) || isObject(value.no)));
}
