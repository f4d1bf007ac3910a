import { table } from "../../../base/table";
import { argument, type CallContext, type KnownCall } from "../../program/call";
import { order } from "../../semantics/comparisons";
import { sortedBy } from "./mutators";
import { own } from "../../program/objects";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import { memberItems } from "../../interpreter/structures";
import { NONE, tuple, unknown, type Item, type Value } from "../../values/value";
import { asList, known, source, withResults } from "./iterables";

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
  return own(
    m,
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
    return pure(m, state, operation, [value], compute, { site });
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

/** Built-in functions that compare the items of something. */
export const ORDERING_CALLS: Readonly<Record<string, KnownCall>> = table({
  "builtins.sorted": sorted,
  "builtins.min": extreme(-1),
  "builtins.max": extreme(1),
});
