import { operation } from "../../semantics/operations";
import { table } from "../../../base/table";
import { smallest } from "../../../base/lists";
import { argument, unsupported, type CallContext, type KnownCall } from "../../program/call";
import { MAX_LOOP_ROUNDS } from "../../values/budget";
import { nextLine } from "../stdlib/files";
import { calleeKey } from "../../interpreter/codeKey";
import { drained, invalidateIterator, isPure } from "../../interpreter/iterators";
import { binary, truthOf } from "../../semantics/operators";
import { pure } from "../../program/pure";
import { ANY_EXCEPTION, PythonRaise } from "../../values/raise";
import { memberItems } from "../../interpreter/structures";
import { certaintyOf } from "../../values/symbolic";
import { bool, int, list, NONE, plainItem, tuple, unknown, type Item, type Value } from "../../values/value";
import { amongst } from "../../program/sharing";
import { invalidateCall } from "../../interpreter/unfollowed";
import { apply, asList, countedItems, resultsLater, known, lazily, source, withResults } from "./iterables";

const mapped: KnownCall = (call) => {
  const { args } = call;
  const [callee, ...values] = args.positional;
  if (callee === undefined || values.length === 0 || args.open || args.keywords.size > 0) return undefined;
  return lazily(call, values, callee, (later) => mappedItems(later, callee, values.length));
};

function mappedItems(call: CallContext, callee: Value, count: number): Value {
  const { machine: m, state, site } = call;
  const values = Array.from({ length: count }, (_, index) => asList(call, source(call, index + 1) as Value));
  const columns = values.map((value) => countedItems(call, value));
  if (!columns.includes(undefined)) {
    const rows = rowsOf(columns as readonly (readonly Item[])[]);
    return { kind: "list", items: rows.map((row) => plainItem(apply(call, callee, row, state))) };
  }
  const [value] = values;
  if (value === undefined || count > 1 || certaintyOf(m.freeze(state, value)) === "unknown")
    return notFollowed(call, callee, values);
  const mapping = operation(`map ${calleeKey(m, state, call.frame, callee)}`, "map");
  const results = resultsLater(call, callee);
  const later = ([given]: readonly Value[]): Value => {
    const { items, answers } = results(given as Value);
    return { kind: "list", items: items.map((item, index) => ({ ...item, value: answers[index] as Value })) };
  };
  return m.contents(state, pure(m, state, mapping, [value], later, { site, result: "list" }));
}

/** A function that is called for items which are not known. */
function notFollowed({ machine: m, state, site }: CallContext, callee: Value, handed: readonly Value[]): Value {
  m.raising.noteMayRaise(state, site, ANY_EXCEPTION);
  const result = callee.kind === "function" ? invalidateCall(m, state, callee, handed, site) : undefined;
  return amongst(unknown("call", "a function called for items that are not known", site), result?.mayBe ?? handed);
}

const filtered: KnownCall = (call) => {
  const { args } = call;
  const [callee, given, ...others] = args.positional;
  if (callee === undefined || given === undefined || args.open || others.length > 0) return undefined;
  return lazily(call, [given], callee, (later) => filteredItems(later, callee));
};

function filteredItems(call: CallContext, callee: Value): Value {
  const { machine: m, state, site } = call;
  const kept = withResults(call, "filter", callee, asList(call, source(call, 1) as Value), (items, answers) => {
    const truths = answers.map((answer) => truthOf(answer));
    if (truths.includes(undefined)) return unknown("unsupported", "filter()", site);
    return { kind: "list", items: items.filter((_, index) => truths[index] === true) };
  });
  return m.contents(state, kept);
}

// ---------------------------------------------------------- without functions

const enumerate: KnownCall = (call) => {
  const start = argument(call.args, 1, "start");
  const [given] = call.args.positional;
  if (given === undefined || call.args.open || (start !== undefined && start.kind !== "int")) return undefined;
  const first = start === undefined ? 0n : start.value;
  const one = { ...call, args: { ...call.args, positional: [given] } };
  return lazily(one, [given], undefined, (later) => {
    const items = countedItems(later, asList(later, source(later) as Value));
    if (items === undefined) return unsupported(later, "enumerate() of something not known");
    return list(items.map((item, index) => tuple([int(first + BigInt(index)), item.value])));
  });
};

const zip: KnownCall = (call) => {
  const { positional, keywords } = call.args;
  if (call.args.open || [...keywords.keys()].some((name) => name !== "strict")) return undefined;
  return lazily(call, positional, undefined, (later) => {
    const columns = positional.map((_, index) => countedItems(later, asList(later, source(later, index) as Value)));
    if (columns.includes(undefined)) return unsupported(later, "zip() of something not known");
    const strict = keywords.get("strict");
    if (strict !== undefined && truthOf(strict) !== false && new Set(columns.map((column) => column?.length)).size > 1)
      return unsupported(later, "zip() of lists of different lengths");
    return list(rowsOf(columns as readonly (readonly Item[])[]).map(tuple));
  });
};

function rowsOf(columns: readonly (readonly Item[])[]): readonly (readonly Value[])[] {
  const size =
    columns.length === 0
      ? 0
      : smallest(
          columns.map((column) => column.length),
          Infinity,
        );
  return Array.from({ length: size }, (_, row) => columns.map((column) => column[row]?.value as Value));
}

const range: KnownCall = (call) => {
  const numbers = call.args.positional.map((value) => (value.kind === "int" ? Number(value.value) : undefined));
  if (numbers.includes(undefined) || call.args.open) return undefined;
  const [a = 0, b, c = 1] = numbers as number[];
  const [from, to] = b === undefined ? [0, a] : [a, b];
  if (c === 0) throw new PythonRaise("ValueError", call.site);
  const size = Math.max(Math.ceil((to - from) / c), 0);
  if (size > MAX_LOOP_ROUNDS) return undefined;
  const items = Array.from({ length: size }, (_, index) => plainItem(int(from + index * c)));
  return { kind: "model", name: "range()", model: rangeModel(items, [from, to, c]) };
};

/** A range is no list: it is shown and compared otherwise, but iterated over and indexed alike. */
function rangeModel(items: readonly Item[], [from, to, step]: readonly [number, number, number]): object {
  const whole: Value = { kind: "list", items };
  return {
    key: `${from},${to},${step}`,
    isTrue: items.length > 0,
    items: () => items,
    subscript: (key: Value) => (key.kind === "int" ? items.at(Number(key.value))?.value : undefined),
    contains: (item: Value) =>
      item.kind === "int"
        ? bool(whole.items.some(({ value }) => value.kind === "int" && value.value === item.value))
        : undefined,
  };
}

const reversed: KnownCall = (call) => {
  if (call.args.open || call.args.positional.length !== 1) return undefined;
  return lazily(call, call.args.positional, undefined, reversedItems);
};

function reversedItems(call: CallContext): Value {
  const { machine: m, state, site } = call;
  const value = source(call) as Value;
  const counted = countedItems(call, asList(call, value));
  if (counted !== undefined) return { kind: "list", items: counted.toReversed() };
  const compute = ([given]: readonly Value[]): Value => ({
    kind: "list",
    items: memberItems(m, state, given as Value).toReversed(),
  });
  return m.contents(state, pure(m, state, "reversed", [value], compute, { site, result: "list" }));
}

/** `iter()` and `next()`: iterators are not followed item by item. */
const oneByOne: KnownCall = (call) => {
  for (const value of call.args.positional) invalidateIterator(value, call.state);
  return unsupported(call, "an item of an iterator");
};

/** `any` (`wanted` true) and `all` (`wanted` false), which ask for no item behind the one that decides. */
function anyOrAll(name: string, wanted: boolean): KnownCall {
  const whole = known(name, (items) => some(items, wanted));
  return (call) => {
    const [given] = call.args.positional;
    if (given?.kind !== "model" || asksForAll(call, given, wanted)) return whole(call);
    invalidateIterator(given, call.state);
    return unsupported(call, `${name}() of what code gives`);
  };
}

/** Whether it makes no difference that the items behind the one that decides are computed, too: tried apart. */
function asksForAll({ machine: m, state }: CallContext, given: Value, wanted: boolean): boolean {
  const contents = m.silently(() => m.attempt(() => drained(state.fork(), given)));
  if (contents instanceof PythonRaise) return false;
  const items = contents.kind === "list" ? contents.items : undefined;
  const decides = items?.findIndex(({ value, spread }) => spread || truthOf(value) !== !wanted);
  return isPure(given) || decides === -1 || (decides !== undefined && decides + 1 === items?.length);
}

function some(items: readonly Item[], wanted: boolean): Value {
  const truths = items.map((item) => truthOf(item.value));
  if (truths.includes(wanted)) return bool(wanted);
  return truths.includes(undefined) ? unknown("unsupported", "truth of an item") : bool(!wanted);
}

/** Built-in functions that go through the items of something. */
export const ITERATION_CALLS: Readonly<Record<string, KnownCall>> = table({
  "builtins.reversed": reversed,
  "builtins.enumerate": enumerate,
  "builtins.zip": zip,
  "builtins.range": range,
  "builtins.map": mapped,
  "builtins.filter": filtered,
  "builtins.any": anyOrAll("any", true),
  "builtins.all": anyOrAll("all", false),
  "builtins.sum": known(
    "sum",
    (items, start) => items.reduce<Value>((total, item) => binary("+", total, item.value), start ?? int(0)),
    ["start"],
  ),
  "builtins.iter": oneByOne,
  "builtins.next": (call) => {
    const [iterator, fallback] = call.args.positional;
    const line = iterator === undefined ? undefined : nextLine(iterator, fallback, call);
    if (line !== undefined) return line;
    return oneByOne(call);
  },
  "builtins.slice": (call) => {
    const [a = NONE, b, c = NONE] = call.args.positional;
    const args = b === undefined ? [NONE, a, c] : [a, b, c];
    return { kind: "opaque", callee: "builtins.slice", args, keywords: new Map(), id: 0, site: call.site };
  },
});
