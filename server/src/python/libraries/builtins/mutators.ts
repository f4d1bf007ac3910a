import { table } from "../../../base/table";
import type { Expr } from "../../../syntax/ast";
import { standingAt } from "../../../syntax/places";
import { seesGrowth } from "../../interpreter/growing";
import { mutate } from "../../interpreter/mutation";
import { order } from "../../semantics/comparisons";
import { given, withArguments, type CallContext } from "../../program/call";
import { addEntry, mergeDicts, putEntry, requireHashable } from "../../values/dicts";
import type { Mutation } from "../../program/evaluation";
import { equals, findEntry } from "../../semantics/operators";
import { PythonRaise } from "../../values/raise";
import { changedSet, holds } from "./setMethods";
import { iterationItems, memberItems } from "../../interpreter/structures";
import { certaintyOf } from "../../values/symbolic";
import { invalidate } from "../../program/invalidate";
import { amongst } from "../../program/sharing";
import {
  NONE,
  plainItem,
  tuple,
  unknown,
  type DictValue,
  type Entry,
  type Item,
  type ReferenceValue,
  type SequenceValue,
  type Value,
} from "../../values/value";

/** Methods that change their object in place, and how the change is told. */
export const MUTATORS: Readonly<Record<string, Mutation["how"]>> = table({
  append: "append",
  extend: "extend",
  insert: "insert",
  remove: "remove",
  pop: "pop",
  popitem: "pop",
  clear: "clear",
  update: "update",
  setdefault: "setdefault",
  sort: "sort",
  reverse: "sort",
  add: "add",
  discard: "remove",
  difference_update: "update",
  intersection_update: "update",
  symmetric_difference_update: "update",
});

/** A method that changes its object, and what it gives back. */
export function mutator(
  receiver: Extract<Value, { kind: "reference" }>,
  name: string,
  how: Mutation["how"],
  asked: CallContext,
): Value {
  const { machine: m, state, frame, site, node } = asked;
  const call = withoutGrowth(receiver, name, asked);
  const stored = given(asked.args);
  if (node?.func.kind !== "Attribute" || call === undefined) {
    const because = unknown("unsupported", `an object after .${name}()`, site);
    invalidate(m, state, [receiver], amongst(because, stored));
    return amongst(unknown("unsupported", `.${name}()`, site), [receiver]);
  }
  const target = node.func.value;
  const statement = standingAt(node, { kind: "Expr", value: node } as const);
  const result = GIVING.test(name)
    ? m.distribute(
        state,
        [m.contents(state, receiver)],
        ([contents]) =>
          changed(contents as Value, name, call)?.result ??
          amongst(unknown("unsupported", `.${name}()`, site), [contents as Value]),
      )
    : NONE;
  const change = (contents: Value): Value => {
    const done = changed(contents, name, call);
    if (done === undefined) m.raising.noteMayRaise(state, site);
    return done?.contents ?? unknown("unsupported", `an object after .${name}()`, site);
  };
  mutate(m, state, frame, receiver, target, how, statement, change, stored);
  return result;
}

/** Mutators that ask for one item after the other. */
const CONSUMING = /^(?:extend|update|\w+_update)$/;

/** The call with something unknown for items that depend on what has been added before them; `undefined` for such a sort. */
function withoutGrowth(receiver: ReferenceValue, name: string, call: CallContext): CallContext | undefined {
  const { state, frame, site, node } = call;
  const sees = (argument: Expr): boolean => seesGrowth(state, frame, argument, receiver);
  if (name === "sort") return node?.keywords.some(({ value }) => sees(value)) === true ? undefined : call;
  if (!CONSUMING.test(name) || node?.args.some(sees) !== true) return call;
  const items = call.args.positional.map(() => unknown("unsupported", "items that depend on those before them", site));
  return withArguments(call, items);
}

/** Mutators that give something back. */
const GIVING = /^(pop|popitem|setdefault)$/;

interface Change {
  readonly contents: Value;
  readonly result: Value;
}

function changed(contents: Value, name: string, call: CallContext): Change | undefined {
  if (contents.kind === "dict") return dictChange(contents, name, call);
  if (contents.kind === "set") return setChange(contents, name, call);
  return contents.kind === "list" ? listChange(contents, name, call) : undefined;
}

function listChange(list: SequenceValue, name: string, call: CallContext): Change | undefined {
  const { items } = list;
  const [first, second] = call.args.positional;
  const done = (changedItems: readonly Item[], result: Value = NONE): Change => ({
    contents: { kind: "list", items: changedItems },
    result,
  });
  const isOpen = items.some((item) => item.spread);
  switch (name) {
    case "append":
      return first === undefined ? undefined : done([...items, plainItem(first, argumentSite(call, 0))]);
    case "extend":
      return first === undefined ? undefined : done([...items, ...extension(first, call)]);
    case "insert":
      return first?.kind === "int" && second !== undefined
        ? inserted(items, Number(first.value), plainItem(second, argumentSite(call, 1)), isOpen)
        : undefined;
    case "remove":
      return first === undefined ? undefined : removed(items, first, call);
    case "pop":
      return isOpen ? undefined : popped(items, first, call);
    case "clear":
      return done([]);
    case "reverse":
      return isOpen ? undefined : done(items.toReversed());
    case "sort":
      return isOpen ? undefined : sorted(items, call);
    default:
      return undefined;
  }
}

/** Where an argument is written. */
function argumentSite(call: CallContext, index: number): Item["site"] {
  const node = call.node?.args[index];
  return node === undefined ? call.site : call.machine.site(call.frame, node);
}

function extension(value: Value, call: CallContext): readonly Item[] {
  const { machine: m, state } = call;
  const restricted = m.restrict(value, state.assumptions);
  if (restricted.kind === "choice")
    return [{ value: m.freeze(state, restricted), spread: true, site: argumentSite(call, 0) }];
  return iterationItems(m, state, restricted).map((item) => ({ ...item, site: item.site ?? argumentSite(call, 0) }));
}

/** `list.insert`: exact at the front and before the first part of unknown length; else its place is not known. */
function inserted(items: readonly Item[], index: number, item: Item, isOpen: boolean): Change | undefined {
  const at = index < 0 ? Math.max(items.length + index, 0) : Math.min(index, items.length);
  if (isOpen && (index < 0 || items.slice(0, at).some((other) => other.spread))) return undefined;
  return { contents: { kind: "list", items: items.toSpliced(at, 0, item) }, result: NONE };
}

function removed(items: readonly Item[], value: Value, call: CallContext): Change | undefined {
  for (const [index, item] of items.entries()) {
    const same = item.spread ? undefined : equals(item.value, value);
    if (same === undefined) return undefined;
    if (same) return { contents: { kind: "list", items: items.toSpliced(index, 1) }, result: NONE };
  }
  throw new PythonRaise("ValueError", call.site);
}

function popped(items: readonly Item[], index: Value | undefined, call: CallContext): Change | undefined {
  if (index !== undefined && index.kind !== "int") return undefined;
  const wanted = index === undefined ? -1 : Number(index.value);
  const at = wanted < 0 ? items.length + wanted : wanted;
  const item = items[at];
  if (item === undefined) throw new PythonRaise("IndexError", call.site);
  return { contents: { kind: "list", items: items.toSpliced(at, 1) }, result: item.value };
}

function sorted(items: readonly Item[], call: CallContext): Change | undefined {
  const { machine: m, state, args } = call;
  const reverse = args.keywords.get("reverse");
  const key = args.keywords.get("key");
  if (args.positional.length > 0 || (reverse !== undefined && reverse.kind !== "bool")) return undefined;
  const keyOfItem = (item: Item): Value => {
    if (key === undefined || key.kind === "none") return m.freeze(state, item.value);
    return m.freeze(state, call.machine.call(key, withArguments(call, [item.value])));
  };
  const keys = items.map(keyOfItem);
  if (keys.some((each) => certaintyOf(each) !== "concrete")) return undefined;
  const result = sortedBy(items, keys, reverse?.kind === "bool" && reverse.value);
  return result === undefined ? undefined : { contents: { kind: "list", items: result }, result: NONE };
}

/** Items in the order of their keys; equal ones keep their order, also in descending order. */
export function sortedBy(
  items: readonly Item[],
  keys: readonly Value[],
  isReversed: boolean,
): readonly Item[] | undefined {
  const indexed = keys.map((key): Item => plainItem(key));
  return sortItems(indexed, isReversed)?.map((each) => items[indexed.indexOf(each)] as Item);
}

/** Items in ascending order; `undefined` where a comparison is not certain. Throws TypeError for a mix of types. */
function sortItems(items: readonly Item[], isReversed = false): readonly Item[] | undefined {
  let isCertain = true;
  const result = items.toSorted((a, b) => {
    const sign = order(a.value, b.value);
    if (sign === undefined || Number.isNaN(sign)) isCertain = false;
    return (sign ?? 0) * (isReversed ? -1 : 1);
  });
  return isCertain ? result : undefined;
}

function setChange(set: SequenceValue, name: string, call: CallContext): Change | undefined {
  const { machine: m, state, args, site } = call;
  const given = args.positional.map((value) => m.freeze(state, value));
  if (certaintyOf(set) !== "concrete" || given.some((value) => certaintyOf(value) !== "concrete")) return undefined;
  const done = (items: readonly Item[]): Change => ({ contents: { kind: "set", items }, result: NONE });
  if (name === "clear") return done([]);
  if (name.endsWith("update")) {
    const whole = changedSet(
      set.items,
      name,
      given.map((value) => memberItems(m, state, value)),
    );
    return whole === undefined ? undefined : done(whole);
  }
  const [first] = given;
  if (first === undefined) return undefined;
  requireHashable(first);
  const without = set.items.filter((item) => equals(item.value, first) !== true);
  switch (name) {
    case "add":
      return done(holds(set.items, first) ? set.items : [...set.items, plainItem(first)]);
    case "discard":
      return done(without);
    case "remove":
      if (without.length === set.items.length) throw new PythonRaise("KeyError", site);
      return done(without);
    default:
      return undefined;
  }
}

function dictChange(dict: DictValue, name: string, call: CallContext): Change | undefined {
  const [first, second] = call.args.positional;
  const done = (contents: Value, result: Value = NONE): Change => ({ contents, result });
  switch (name) {
    case "update":
      return done(updated(dict, call));
    case "setdefault":
      return first === undefined ? undefined : defaulted(dict, first, second ?? NONE, call);
    case "clear":
      return done({ kind: "dict", entries: [] });
    case "pop":
      return first === undefined ? undefined : poppedEntry(dict, first, second, call);
    case "popitem":
      return poppedItem(dict, call);
    default:
      return undefined;
  }
}

function updated(dict: DictValue, call: CallContext): Value {
  const { machine: m, state, args, site } = call;
  let result = dict;
  for (const value of args.positional) {
    const contents = m.contents(state, value);
    if (contents.kind === "dict") result = mergeDicts(result, contents);
    else {
      // Pairs, or something that is not known.
      const open = contents.kind === "environment" || contents.kind === "derived" || contents.kind === "unknown";
      const given = open ? m.freeze(state, contents) : unknown("unsupported", "entries that are given as pairs", site);
      result = putEntry(result, { key: undefined, value: given, site, valueSite: site });
    }
  }
  for (const [key, value] of args.keywords) result = addEntry(result, { kind: "str", value: key }, value, site);
  return result;
}

function defaulted(dict: DictValue, key: Value, value: Value, call: CallContext): Change | undefined {
  if (certaintyOf(key) !== "concrete" || isOpen(dict)) return undefined;
  const present = findEntry(dict, key);
  if (present !== undefined) return { contents: dict, result: present };
  return { contents: addEntry(dict, key, value, call.site), result: value };
}

function poppedEntry(dict: DictValue, key: Value, fallback: Value | undefined, call: CallContext): Change | undefined {
  if (certaintyOf(key) !== "concrete" || isOpen(dict)) return undefined;
  const present = findEntry(dict, key);
  if (present === undefined && fallback === undefined) throw new PythonRaise("KeyError", call.site);
  const entries = dict.entries.filter((entry: Entry) => entry.key === undefined || equals(entry.key, key) !== true);
  return { contents: { kind: "dict", entries }, result: present ?? fallback ?? NONE };
}

/** `popitem()` takes the entry that was put in last. */
function poppedItem(dict: DictValue, { site, args }: CallContext): Change | undefined {
  if (isOpen(dict) || args.positional.length > 0 || args.keywords.size > 0) return undefined;
  const last = dict.entries.at(-1);
  if (last?.key === undefined) throw new PythonRaise("KeyError", site);
  return { contents: { kind: "dict", entries: dict.entries.slice(0, -1) }, result: tuple([last.key, last.value]) };
}

function isOpen(dict: DictValue): boolean {
  return dict.entries.some((entry) => entry.key === undefined);
}
