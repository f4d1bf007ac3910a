import { argument, type CallContext, type KnownCall } from "../call";
import { MAX_LOOP_ROUNDS } from "../budget";
import { nextLine } from "./files";
import { iteratorOver, nextItem } from "../iterators";
import { binary, truthOf } from "../operators";
import { PythonRaise } from "../raise";
import { iterationItems, memberItems } from "../structures";
import { certaintyOf } from "../symbolic";
import { bool, int, list, NONE, plainItem, tuple, unknown, type Item, type Value } from "../value";
import { apply, asList, calleeKey, countedItems, known, lazily, source, withResults } from "./iterables";

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
