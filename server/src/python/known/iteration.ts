import { argument, type CallContext, type KnownCall } from "../call";
import { callValue } from "../calls";
import { MAX_LOOP_ROUNDS } from "../budget";
import { sortedBy } from "../mutators";
import { codeKey } from "../displays";
import { nextLine } from "./files";
import { drained, iteratorOver, nextItem } from "../iterators";
import { binary, order, truthOf } from "../operators";
import { PythonRaise } from "../raise";
import type { State } from "../state";
import { iterationItems, memberItems } from "../structures";
import { certaintyOf, keyOf } from "../symbolic";
import { bool, int, list, NONE, plainItem, tuple, unknown, type Item, type Value } from "../value";

/** An argument of a function that iterates over it: iterators are used up. */
function source(call: CallContext, index = 0): Value | undefined {
  const { machine: m, state, args } = call;
  const given = args.positional[index];
  return given === undefined || args.open ? undefined : drained(m, state, m.restrict(given, state.assumptions));
}

/** The items of an iterable where all are known to be there, whatever their values. */
function countedItems(call: CallContext, value: Value): readonly Item[] | undefined {
  const contents = call.machine.contents(call.state, value);
  if (contents.kind === "choice") return undefined;
  const items = iterationItems(call.machine, call.state, contents);
  return items.some((item) => item.spread) || items.length > MAX_LOOP_ROUNDS ? undefined : items;
}

/** A function of one iterable all of whose items are known and concrete. */
function known(
  operation: string,
  compute: (items: readonly Item[], second: Value | undefined) => Value,
  accepts: readonly string[] = [],
): KnownCall {
  return (call) => {
    const { machine: m, state, site, args } = call;
    const value = source(call);
    const rest = [...args.positional.slice(1), ...accepts.flatMap((name) => args.keywords.get(name) ?? [])];
    if (value === undefined || rest.length > accepts.length) return undefined;
    if ([...args.keywords.keys()].some((name) => !accepts.includes(name))) return undefined;
    const listed = asList(call, value);
    return m.pure(
      state,
      operation,
      [listed, ...rest],
      ([given, second]) => compute(memberItems(m, state, given as Value), second),
      { site },
    );
  };
}

/** A model that can be iterated over as the list of its items; anything else as it is. */
function asList({ machine: m, state }: CallContext, value: Value): Value {
  return value.kind === "model" ? { kind: "list", items: iterationItems(m, state, value) } : value;
}

/** The result of a function that gives an iterator. */
function lazily(call: CallContext, items: readonly Item[]): Value {
  return iteratorOver(call.machine, call.state, { kind: "list", items }, call.site.file);
}

// ------------------------------------------------------------- with functions

/** Calls a function for one value. */
function apply(call: CallContext, callee: Value, values: readonly Value[], state: State): Value {
  return callValue(callee, {
    ...call,
    state,
    args: { positional: values, keywords: new Map(), open: false },
    node: undefined,
  });
}

/** A text that is equal for callables that do the same. */
function calleeKey({ machine: m, state, frame }: CallContext, callee: Value | undefined): string {
  if (callee?.kind !== "function" || callee.definition.kind !== "Lambda")
    return callee === undefined ? "" : keyOf(callee);
  const { file, scopes, definition } = callee;
  return codeKey(m, state, { ...frame, file, scopes, redirected: new Map() }, definition);
}

/**
 * What is made of the items of an iterable by a function for each: now where the items are known, later where the
 * environment decides them. `compute` gets the items and what the function gave for each.
 */
function withResults(
  call: CallContext,
  operation: string,
  callee: Value | undefined,
  value: Value,
  compute: (items: readonly Item[], results: readonly Value[]) => Value,
): Value {
  const { machine: m, state, site } = call;
  const asked = callee?.kind === "none" ? undefined : callee;
  const counted = countedItems(call, value);
  const result = (item: Item, at: State): Value =>
    asked === undefined ? item.value : apply(call, asked, [item.value], at);
  if (counted !== undefined) {
    const results = counted.map((item) => result(item, state));
    const isPlain = results.every((each) => certaintyOf(m.freeze(state, each)) === "concrete");
    if (isPlain)
      return compute(
        counted,
        results.map((each) => m.freeze(state, each)),
      );
    const inputs = tuple(results.map((each) => m.freeze(state, each)));
    const make = ([given]: readonly Value[]): Value =>
      given?.kind === "tuple"
        ? compute(
            counted,
            given.items.map((item) => item.value),
          )
        : unknown("unsupported", operation);
    return m.pure(
      state,
      `${operation} ${keyOf(m.freeze(state, list(counted.map((item) => item.value))))}`,
      [inputs],
      make,
      {
        site,
      },
    );
  }
  const scratch = state.fork();
  const later = ([given]: readonly Value[]): Value =>
    m.aside(() => {
      const items = memberItems(m, scratch, given as Value);
      return compute(
        items,
        items.map((item) => m.freeze(scratch, result(item, scratch.fork()))),
      );
    });
  return m.pure(state, `${operation} ${calleeKey(call, asked)}`, [value], later, { site });
}

const sorted: KnownCall = (call) => {
  const reverse = argument(call.args, -1, "reverse");
  const key = argument(call.args, -1, "key");
  const value = source(call);
  if (value === undefined || (reverse !== undefined && reverse.kind !== "bool")) return undefined;
  const isReversed = reverse?.kind === "bool" && reverse.value;
  const operation = isReversed ? "sorted descending" : "sorted";
  if (key === undefined || key.kind === "none")
    return known(
      operation,
      (items) =>
        sortedList(
          items,
          items.map((item) => item.value),
          isReversed,
        ),
      ["reverse"],
    )({
      ...call,
      args: { positional: [value], keywords: new Map(), open: false },
    });
  const { machine: m, state } = call;
  return m.own(
    state,
    withResults(call, operation, key, asList(call, value), (items, keys) => sortedList(items, keys, isReversed)),
    call.site.file,
  );
};

/** The items in the order of their keys as a list. */
function sortedList(items: readonly Item[], keys: readonly Value[], isReversed: boolean): Value {
  const result = sortedBy(items, keys, isReversed);
  return result === undefined
    ? unknown("unsupported", "an order that is not certain")
    : { kind: "list", items: result };
}

function extreme(sign: number): KnownCall {
  return (call) => {
    const { machine: m, state, args, site } = call;
    if (args.open || [...args.keywords.keys()].some((name) => name !== "key" && name !== "default")) return undefined;
    const first = source(call);
    if (first === undefined) return undefined;
    const value = args.positional.length === 1 ? asList(call, first) : tuple(args.positional);
    const operation = sign < 0 ? "min" : "max";
    const fallback = args.keywords.get("default");
    const choose = (items: readonly Item[], keys: readonly Value[]): Value => best(items, keys, sign, fallback, call);
    const key = args.keywords.get("key");
    if (key !== undefined || fallback !== undefined) return withResults(call, operation, key, value, choose);
    const compute = ([given]: readonly Value[]): Value => {
      const items = memberItems(m, state, given as Value);
      return choose(
        items,
        items.map((item) => item.value),
      );
    };
    return m.pure(state, operation, [value], compute, { site });
  };
}

function best(
  items: readonly Item[],
  keys: readonly Value[],
  sign: number,
  fallback: Value | undefined,
  { site }: CallContext,
): Value {
  const [first] = items;
  if (first === undefined && fallback === undefined) throw new PythonRaise("ValueError", site);
  if (first === undefined) return fallback as Value;
  let at = 0;
  for (let index = 1; index < items.length; index += 1) {
    const difference = order(keys[index] as Value, keys[at] as Value);
    if (difference === undefined || Number.isNaN(difference))
      return unknown("unsupported", "an order that is not certain");
    if (Math.sign(difference) === sign) at = index;
  }
  return items[at]?.value ?? NONE;
}

const mapped: KnownCall = (call) => {
  const { machine: m, state, args, site } = call;
  const [callee, ...sources] = args.positional;
  if (callee === undefined || sources.length === 0 || args.open || args.keywords.size > 0) return undefined;
  const values = sources.map((_, index) => asList(call, source(call, index + 1) as Value));
  const columns = values.map((value) => countedItems(call, value));
  if (!columns.includes(undefined)) {
    const rows = rowsOf(columns as readonly (readonly Item[])[]);
    return lazily(
      call,
      rows.map((row) => plainItem(apply(call, callee, row, state))),
    );
  }
  const [value] = values;
  if (value === undefined || values.length > 1) return undefined;
  const scratch = state.fork();
  const later = ([given]: readonly Value[]): Value =>
    m.aside(() => ({
      kind: "list",
      items: iterationItems(m, scratch, given as Value).map((item) => ({
        ...item,
        value: m.freeze(scratch, apply(call, callee, [item.value], scratch.fork())),
      })),
    }));
  const result = m.pure(state, `map ${calleeKey(call, callee)}`, [value], later, { site, result: "list" });
  return iteratorOver(m, state, m.contents(state, result), site.file);
};

const filtered: KnownCall = (call) => {
  const { machine: m, state, args, site } = call;
  const [callee] = args.positional;
  const value = source(call, 1);
  if (callee === undefined || value === undefined) return undefined;
  const kept = withResults(call, "filter", callee, asList(call, value), (items, answers) => {
    const truths = answers.map((answer) => truthOf(answer));
    if (truths.includes(undefined)) return unknown("unsupported", "filter()", site);
    return { kind: "list", items: items.filter((_, index) => truths[index] === true) };
  });
  return iteratorOver(m, state, m.contents(state, kept), site.file);
};

// ---------------------------------------------------------- without functions

const enumerate: KnownCall = (call) => {
  const start = argument(call.args, 1, "start");
  const value = source(call);
  if (value === undefined || (start !== undefined && start.kind !== "int")) return undefined;
  const items = countedItems(call, asList(call, value));
  if (items === undefined) return unknown("unsupported", "enumerate() of something not known", call.site);
  const first = start === undefined ? 0n : start.value;
  return lazily(
    call,
    items.map((item, index) => plainItem(tuple([int(first + BigInt(index)), item.value]))),
  );
};

const zip: KnownCall = (call) => {
  const { positional, keywords } = call.args;
  if (call.args.open || [...keywords.keys()].some((name) => name !== "strict")) return undefined;
  const columns = positional.map((_, index) => countedItems(call, asList(call, source(call, index) as Value)));
  if (columns.includes(undefined)) return unknown("unsupported", "zip() of something not known", call.site);
  const strict = keywords.get("strict");
  if (strict !== undefined && truthOf(strict) !== false && new Set(columns.map((column) => column?.length)).size > 1)
    return unknown("unsupported", "zip() of lists of different lengths", call.site);
  return lazily(
    call,
    rowsOf(columns as readonly (readonly Item[])[]).map((row) => plainItem(tuple(row))),
  );
};

function rowsOf(columns: readonly (readonly Item[])[]): readonly (readonly Value[])[] {
  const size = columns.length === 0 ? 0 : Math.min(...columns.map((column) => column.length));
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
  const { machine: m, state, site } = call;
  const value = source(call);
  if (value === undefined) return undefined;
  const counted = countedItems(call, asList(call, value));
  if (counted !== undefined) return lazily(call, counted.toReversed());
  const result = m.pure(
    state,
    "reversed",
    [value],
    ([given]) =>
      list(
        memberItems(m, state, given as Value)
          .toReversed()
          .map((item) => item.value),
      ),
    {
      site,
      result: "list",
    },
  );
  return iteratorOver(m, state, m.contents(state, result), site.file);
};

/** `iter(x)`; iterators are their own. */
const iter: KnownCall = (call) => {
  const { machine: m, state, site, args } = call;
  const [given] = args.positional;
  if (given === undefined || args.positional.length > 1) return undefined;
  if (given.kind === "model" && "rest" in given.model) return given;
  const contents = m.contents(state, given);
  return contents.kind === "unknown" ? undefined : iteratorOver(m, state, listOf(call, contents), site.file);
};

function listOf({ machine: m, state }: CallContext, contents: Value): Value {
  if (contents.kind === "choice" || certaintyOf(contents) === "symbolic") return contents;
  return { kind: "list", items: iterationItems(m, state, contents) };
}

/** `any` (`wanted` true) and `all` (`wanted` false). */
function some(items: readonly Item[], wanted: boolean): Value {
  const truths = items.map((item) => truthOf(item.value));
  if (truths.includes(wanted)) return bool(wanted);
  return truths.includes(undefined) ? unknown("unsupported", "truth of an item") : bool(!wanted);
}

/** Built-in functions that go through the items of something. */
export const ITERATION_CALLS: Readonly<Record<string, KnownCall>> = {
  "builtins.sorted": sorted,
  "builtins.reversed": reversed,
  "builtins.enumerate": enumerate,
  "builtins.zip": zip,
  "builtins.range": range,
  "builtins.map": mapped,
  "builtins.filter": filtered,
  "builtins.any": known("any", (items) => some(items, true)),
  "builtins.all": known("all", (items) => some(items, false)),
  "builtins.sum": known(
    "sum",
    (items, start) => items.reduce<Value>((total, item) => binary("+", total, item.value), start ?? int(0)),
    ["start"],
  ),
  "builtins.min": extreme(-1),
  "builtins.max": extreme(1),
  "builtins.iter": iter,
  "builtins.next": (call) => {
    const [iterator, fallback] = call.args.positional;
    const line = iterator === undefined ? undefined : nextLine(iterator, fallback, call);
    if (line !== undefined) return line;
    return iterator === undefined ? undefined : nextItem(iterator, fallback, call);
  },
  "builtins.slice": (call) => {
    const [a = NONE, b, c = NONE] = call.args.positional;
    const args = b === undefined ? [NONE, a, c] : [a, b, c];
    return { kind: "opaque", callee: "builtins.slice", args, keywords: new Map(), id: 0, site: call.site };
  },
};
