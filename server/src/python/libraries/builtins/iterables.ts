import { operation } from "../../semantics/operations";
import { unsupported, withArguments, type CallContext, type KnownCall } from "../../program/call";
import { MAX_LOOP_ROUNDS } from "../../values/budget";
import { calleeKey } from "../../interpreter/codeKey";
import { isWithoutEffects } from "../../program/effects";
import { drained, invalidateIterator, isPure, iterator } from "../../interpreter/iterators";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import type { State } from "../../program/state";
import { isNotIterable, iterationItems, memberItems } from "../../interpreter/structures";
import { certaintyOf } from "../../values/symbolic";
import { list, tuple, unknown, type Item, type Value } from "../../values/value";
import { invalidateCall } from "../../interpreter/unfollowed";

/** An argument of a function that iterates over it: iterators are used up. */
export function source(call: CallContext, index = 0): Value | undefined {
  const { machine: m, state, args } = call;
  const given = args.positional[index];
  return given === undefined || args.open ? undefined : drained(state, m.restrict(given, state.assumptions));
}

/** The items of an iterable where all are known to be there, whatever their values. */
export function countedItems(call: CallContext, value: Value): readonly Item[] | undefined {
  const contents = call.machine.contents(call.state, value);
  if (contents.kind === "choice") return undefined;
  const items = iterationItems(call.machine, call.state, contents);
  return items.some((item) => item.spread) || items.length > MAX_LOOP_ROUNDS ? undefined : items;
}

/** A function of one iterable all of whose items are known and concrete. */
export function known(
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
    return pure(
      m,
      state,
      operation,
      [listed, ...rest],
      ([given, second]) => compute(memberItems(m, state, given as Value), second),
      { site },
    );
  };
}

/** A model that can be iterated over as the list of its items; anything else as it is. */
export function asList({ machine: m, state }: CallContext, value: Value): Value {
  return value.kind === "model" ? { kind: "list", items: iterationItems(m, state, value) } : value;
}

/**
 * The result of a function that gives an iterator: it goes through its sources when it is asked itself, and calls `callee`
 * for each item. Throws TypeError for a source that cannot be gone through.
 */
export function lazily(
  call: CallContext,
  sources: readonly Value[],
  callee: Value | undefined,
  give: (later: CallContext) => Value,
): Value {
  const { machine: m, state, frame, site } = call;
  const values = sources.map((value) => m.restrict(value, state.assumptions));
  if (values.some(isNotIterable)) throw new PythonRaise("TypeError", site);
  // Their code would run in turns.
  if (!values.every(isPure) && (values.length > 1 || (callee !== undefined && !isPureCallee(callee)))) {
    for (const value of values) invalidateIterator(value, state);
    if (callee?.kind === "function") invalidateCall(m, state, callee, values, site);
    return unsupported(call, "an iterator over others that run code");
  }
  const invalidate = (at: State): void => {
    for (const value of values) invalidateIterator(value, at);
    if (callee?.kind === "function") invalidateCall(m, at, callee, values, site);
  };
  return iterator(call, {
    sources: values,
    ...(callee === undefined
      ? {}
      : { code: { key: (at) => calleeKey(m, at, frame, callee), isPure: isPureCallee(callee) } }),
    start: (at) => give({ ...call, state: at }),
    invalidate,
  });
}

/** Functions outside the project change nothing that settings see. */
function isPureCallee(callee: Value): boolean {
  if (callee.kind !== "function") return callee.kind === "external" || callee.kind === "none";
  return callee.definition.kind === "Lambda" && isWithoutEffects(callee.definition.body);
}

/** Calls a function for one value. */
export function apply(call: CallContext, callee: Value, values: readonly Value[], state: State): Value {
  return call.machine.call(callee, withArguments({ ...call, state }, values));
}

/**
 * What is made of the items of an iterable by a function for each: now where the items are known, later where the
 * environment decides them. `compute` gets the items and what the function gave for each.
 */
export function withResults(
  call: CallContext,
  name: string,
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
    const inputs = [list(counted.map((item) => item.value)), tuple(results)];
    const make = ([given, outcomes]: readonly Value[]): Value =>
      given?.kind === "list" && outcomes?.kind === "tuple"
        ? compute(
            given.items,
            outcomes.items.map((item) => item.value),
          )
        : unknown("unsupported", name);
    return pure(m, state, operation(`${name} by results`, kindBy(name)), inputs, make, { site });
  }
  const what = operation(`${name} ${calleeKey(m, state, call.frame, asked)}`, kindBy(name));
  const results = asked === undefined ? undefined : resultsLater(call, asked);
  const later = ([given]: readonly Value[]): Value => {
    const { items, answers } = results?.(given as Value) ?? itemsAlone(call, given as Value);
    return compute(items, answers);
  };
  return pure(m, state, what, [value], later, { site });
}

function kindBy(name: string): string {
  return name.startsWith("sorted") ? "sorted by" : name;
}

interface Results {
  readonly items: readonly Item[];
  /** What the function gave for each. */
  readonly answers: readonly Value[];
}

function itemsAlone({ machine: m, state }: CallContext, given: Value): Results {
  const items = memberItems(m, state, given);
  return { items, answers: items.map((item) => item.value) };
}

/**
 * What a function of the project gives for items that the environment decides, one after the other, as the program is
 * now. What it does besides is not followed any further.
 */
export function resultsLater(call: CallContext, callee: Value): (given: Value) => Results {
  const { machine: m, state, site } = call;
  const scratch = state.fork();
  if (callee.kind === "function") invalidateCall(m, state, callee, [], site);
  return (given) =>
    m.raising.aside(() => {
      const at = scratch.fork();
      const items = memberItems(m, at, given);
      return { items, answers: items.map((item) => m.freeze(at, apply(call, callee, [item.value], at))) };
    });
}
