import { mutate } from "./assign";
import type { CallContext } from "./call";
import { argument } from "./call";
import { addEntry } from "./displays";
import type { Mutation } from "./evaluation";
import { drained } from "./iterators";
import { equals, findEntry, mergeDicts, order, putEntry } from "./operators";
import { PythonRaise } from "./raise";
import { dictItems, isSequence, iterationItems, memberItems } from "./structures";
import { certaintyOf } from "./symbolic";
import {
  int,
  NONE,
  plainItem,
  unknown,
  type DictValue,
  type Entry,
  type Item,
  type SequenceValue,
  type Value,
} from "./value";

const MUTATORS: Readonly<Record<string, Mutation["how"]>> = {
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
};

export function isMutator(name: string): boolean {
  return name in MUTATORS;
}

/** Calls a method of a list, tuple, set or dict. */
export function listMethod(receiver: Value, name: string, given: CallContext): Value {
  const call = withoutIterators(given);
  const { machine: m, state, args, site } = call;
  if (args.open) return unknown("unsupported", `.${name}() with arguments that are not known`, site);
  const how = MUTATORS[name];
  if (how !== undefined && receiver.kind === "reference") return mutator(receiver, name, how, call);
  const contents = m.contents(state, receiver);
  if (contents.kind === "choice")
    return m.distribute(state, [contents], ([leaf]) => listMethod(leaf as Value, name, call));
  if (contents.kind === "dict") {
    const structural = dictMethod(contents, name, call);
    if (structural !== undefined) return structural;
  }
  if (name === "copy" && (contents.kind === "list" || contents.kind === "set"))
    return m.allocate(state, contents, call.frame.file);
  if (contents.kind === "unknown") {
    m.noteMayRaise(state, site);
    return unknown("unsupported", `.${name}() of something unknown`, site);
  }
  const inputs = [contents, ...args.positional];
  return m.pure(
    state,
    `.${name}`,
    inputs,
    ([self, ...rest]) => pureMethod(self as Value, name, rest) ?? unknown("unsupported", `.${name}()`, site),
    { site },
  );
}

/** A call whose iterators among the arguments have been used up: what they give is taken once. */
function withoutIterators(call: CallContext): CallContext {
  const { machine: m, state, args } = call;
  const positional = args.positional.map((value) => drained(m, state, value));
  return { ...call, args: { ...args, positional } };
}

/** Reading methods that keep the identity of what a dict holds. */
function dictMethod(dict: DictValue, name: string, call: CallContext): Value | undefined {
  const { machine: m, state, args, frame } = call;
  switch (name) {
    case "get":
      return getEntry(dict, args.positional[0] ?? NONE, argument(args, 1, "default") ?? NONE, call);
    case "copy":
      return m.allocate(state, dict, frame.file);
    case "items":
      return m.allocate(state, dictItems(dict), frame.file);
    case "keys":
      return m.allocate(state, { kind: "list", items: iterationItems(m, state, dict) }, frame.file);
    case "values": {
      const items = dict.entries.map((entry): Item => ({
        value: entry.value,
        spread: entry.key === undefined,
        site: entry.valueSite,
      }));
      return m.allocate(state, { kind: "list", items }, frame.file);
    }
    default:
      return undefined;
  }
}

function getEntry(dict: DictValue, key: Value, fallback: Value, call: CallContext): Value {
  const { machine: m, state, site } = call;
  return m.distribute(state, [key], ([leaf]) => {
    if (dict.entries.some((entry) => entry.key === undefined))
      return unknown("unsupported", "an item of a dict with unknown keys", site);
    const wanted = leaf as Value;
    if (certaintyOf(wanted) === "concrete") return findEntry(dict, wanted) ?? fallback;
    const compute = ([table, name, otherwise]: readonly Value[]): Value =>
      table?.kind === "dict"
        ? (findEntry(table, name as Value) ?? (otherwise as Value))
        : unknown("unsupported", "dict.get()", site);
    return m.pure(state, "dict.get", [dict, wanted, fallback], compute, { site });
  });
}

/** Reading methods of concrete values. */
function pureMethod(self: Value, name: string, args: readonly Value[]): Value | undefined {
  const [first] = args;
  if (self.kind === "dict" && name === "get") return findEntry(self, first ?? NONE) ?? args[1] ?? NONE;
  if (!isSequence(self)) return undefined;
  switch (name) {
    case "index": {
      const at = self.items.findIndex((item) => first !== undefined && equals(item.value, first) === true);
      if (at < 0) throw new PythonRaise("ValueError");
      return int(at);
    }
    case "count":
      return int(self.items.filter((item) => first !== undefined && equals(item.value, first) === true).length);
    case "union":
      return {
        kind: self.kind,
        items: uniqueItems([...self.items, ...args.flatMap((arg) => (isSequence(arg) ? arg.items : []))]),
      };
    case "difference":
      return {
        kind: self.kind,
        items: self.items.filter((item) => !args.some((arg) => isSequence(arg) && holds(arg, item.value))),
      };
    case "intersection":
      return {
        kind: self.kind,
        items: self.items.filter((item) => args.every((arg) => isSequence(arg) && holds(arg, item.value))),
      };
    default:
      return undefined;
  }
}

function holds(sequence: SequenceValue, value: Value): boolean {
  return sequence.items.some((item) => equals(item.value, value) === true);
}

function uniqueItems(items: readonly Item[]): readonly Item[] {
  return items.filter((item, index) => items.findIndex((other) => equals(other.value, item.value) === true) === index);
}

// ------------------------------------------------------------------ mutation

/** A method that changes its object, and what it gives back. */
function mutator(
  receiver: Extract<Value, { kind: "reference" }>,
  name: string,
  how: Mutation["how"],
  call: CallContext,
): Value {
  const { machine: m, state, frame, site, node } = call;
  if (node?.func.kind !== "Attribute") return unknown("unsupported", `.${name}()`, site);
  const target = node.func.value;
  const statement = { kind: "Expr", value: node, start: node.start, end: node.end } as const;
  const result = GIVING.test(name)
    ? m.distribute(
        state,
        [m.contents(state, receiver)],
        ([contents]) => changed(contents as Value, name, call)?.result ?? unknown("unsupported", `.${name}()`, site),
      )
    : NONE;
  mutate(m, state, frame, receiver, target, how, statement, (contents) => {
    const change = changed(contents, name, call);
    if (change === undefined) m.noteMayRaise(state, site);
    if (change === undefined) return unknown("unsupported", `an object after .${name}()`, site, contents);
    return change.contents;
  });
  return result;
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
      return isOpen || call.args.keywords.size > 0 ? undefined : sorted(items);
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

function sorted(items: readonly Item[]): Change | undefined {
  const result = sortItems(items);
  return result === undefined ? undefined : { contents: { kind: "list", items: result }, result: NONE };
}

/** Items in ascending order; `undefined` where a comparison is not certain. Throws TypeError for a mix of types. */
export function sortItems(items: readonly Item[], isReversed = false): readonly Item[] | undefined {
  let isCertain = true;
  const result = items.toSorted((a, b) => {
    const sign = order(a.value, b.value);
    if (sign === undefined || Number.isNaN(sign)) isCertain = false;
    return (sign ?? 0) * (isReversed ? -1 : 1);
  });
  return isCertain ? result : undefined;
}

function setChange(set: SequenceValue, name: string, call: CallContext): Change | undefined {
  const [first] = call.args.positional;
  if (
    first === undefined ||
    certaintyOf(call.machine.freeze(call.state, first)) !== "concrete" ||
    certaintyOf(set) !== "concrete"
  )
    return undefined;
  const without = set.items.filter((item) => equals(item.value, first) !== true);
  switch (name) {
    case "add":
      return {
        contents: { kind: "set", items: holds(set, first) ? set.items : [...set.items, plainItem(first)] },
        result: NONE,
      };
    case "discard":
      return { contents: { kind: "set", items: without }, result: NONE };
    case "remove":
      if (!holds(set, first)) throw new PythonRaise("KeyError", call.site);
      return { contents: { kind: "set", items: without }, result: NONE };
    case "update":
      return {
        contents: { kind: "set", items: uniqueItems([...set.items, ...memberItems(call.machine, call.state, first)]) },
        result: NONE,
      };
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
    else result = putEntry(result, { key: undefined, value: m.freeze(state, contents), site, valueSite: site });
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

function isOpen(dict: DictValue): boolean {
  return dict.entries.some((entry) => entry.key === undefined);
}
