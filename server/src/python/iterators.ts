import type { FilePath } from "../base/path";
import { unsupported, type CallContext, type Model } from "./call";
import type { Machine } from "./machine";
import { pure } from "./pure";
import { PythonRaise } from "./raise";
import type { State } from "./state";
import { iterationItems } from "./structures";
import { isSymbolicList } from "./symbolic";
import { list, unknown, type Item, type ReferenceValue, type Value } from "./value";
import { viewed } from "./views";
import { watchOf, type Check, type Watch } from "./watches";

/** What is left of it stands on the heap as a list, or as something symbolic that will be one. */
export interface Iterator extends Model {
  readonly rest: ReferenceValue;
  readonly start: (state: State) => Value;
  readonly watch: Watch;
}

const ITERATOR = "iterator";

/** Stands for the contents of an iterator that has not been asked for anything. */
const PENDING: Value = { kind: "opaque", callee: "iterator", args: [], keywords: new Map(), id: 0, site: undefined };

/** Stands for what is left of an iterator that has been asked: known as long as what it reads does not change. */
interface Remainder extends Model {
  readonly contents: Value;
  readonly check: Check;
}

/**
 * An iterator. `start` computes what it gives from the beginning: when it is first asked, in the state of that moment.
 * `watch` is for what it goes on reading.
 */
export function pendingIterator(
  m: Machine,
  state: State,
  file: FilePath,
  start: (state: State) => Value,
  watch: Watch,
): Value {
  const rest = m.allocate(state, PENDING, file) as ReferenceValue;
  const model: Iterator = {
    rest,
    isTrue: true,
    key: String(rest.id),
    start,
    watch,
    items: (_, at) => itemsOf(m, at, drain(m, at, model)),
  };
  return { kind: "model", name: ITERATOR, model };
}

function iteratorBehind(value: Value): Iterator | undefined {
  return value.kind === "model" && value.name === ITERATOR ? (value.model as Iterator) : undefined;
}

/** What an iterator still gives, taken out of it, and what a view shows; any other value as it is. */
export function drained(m: Machine, state: State, value: Value): Value {
  const model = iteratorBehind(value);
  return model === undefined ? viewed(m, state, value) : drain(m, state, model);
}

/** What somebody goes through item by item, and whether what is still to come is left alone meanwhile. */
export interface Course {
  readonly iterable: Value;
  readonly check: Check;
}

/** Takes all items of a value at once, for code that runs between them. */
export function goThrough(m: Machine, state: State, value: Value): Course {
  const check = watchOf(m, value)(state);
  const model = iteratorBehind(value);
  if (model === undefined) return { iterable: viewed(m, state, value), check };
  const iterable = drain(m, state, model);
  // Who asks the same iterator meanwhile takes items away. What is left when the code leaves early is not followed.
  const taken = unknown("unsupported", "what is left of an iterator that is gone through");
  m.updateObject(state, model.rest.id, (object) => ({ ...object, contents: taken }));
  return { iterable, check: (next, index) => next.object(model.rest.id)?.contents === taken && check(next, index) };
}

function drain(m: Machine, state: State, model: Iterator): Value {
  const put = (contents: Value): void => m.updateObject(state, model.rest.id, (object) => ({ ...object, contents }));
  const left = m.contents(state, model.rest);
  if (left !== PENDING) {
    put(list([]));
    return leftOf(state, left);
  }
  // Code that runs now and asks the iterator, too, gets what is not followed.
  put(unknown("unsupported", "what is left of an iterator"));
  const contents = model.start(state);
  put(list([]));
  return contents;
}

function remainderBehind(left: Value): Remainder | undefined {
  return left.kind === "model" && "check" in left.model ? (left.model as Remainder) : undefined;
}

/** Whether what is left of an iterator, in any world, still is what it was when it was first asked. */
function checkOf(left: Value): Check {
  if (left.kind !== "choice") return remainderBehind(left)?.check ?? (() => true);
  const checks = [checkOf(left.yes), checkOf(left.no)];
  return (state, index) => checks.every((check) => check(state, index));
}

/** What is left of an iterator that has been asked. */
function leftOf(state: State, left: Value): Value {
  if (left.kind === "choice") {
    const [yes, no] = [leftOf(state, left.yes), leftOf(state, left.no)];
    return yes === left.yes && no === left.no ? left : { ...left, yes, no };
  }
  const isOpen = left === PENDING;
  const remainder = remainderBehind(left);
  if (isOpen || remainder?.check(state, 0) === false)
    return unknown("unsupported", "what is left of an iterator that reads what has been changed");
  return remainder === undefined ? left : remainder.contents;
}

function itemsOf(m: Machine, state: State, contents: Value): readonly Item[] {
  return contents.kind === "choice"
    ? [{ value: contents, spread: true, site: undefined }]
    : iterationItems(m, state, contents);
}

/** `next(iterator, fallback)`; `undefined` for what is no iterator, or one of which the first item is not known. */
export function nextItem(iterator: Value, fallback: Value | undefined, call: CallContext): Value | undefined {
  const model = iteratorBehind(iterator);
  if (model === undefined) return undefined;
  const { machine: m, state, site } = call;
  const left = m.contents(state, model.rest);
  const check = left === PENDING ? model.watch(state) : checkOf(left);
  const contents = left === PENDING ? started(model, check, call) : leftOf(state, left);
  return m.perAlternative(state, contents, (inner, leaf) => {
    const put = (others: Value): void =>
      m.updateObject(inner, model.rest.id, (object) => ({ ...object, contents: others }));
    const items = leaf.kind === "list" || leaf.kind === "tuple" ? leaf.items : undefined;
    const [first, ...others] = items ?? [];
    if (first?.spread === true || items === undefined) return firstOfSymbolic(m, inner, leaf, fallback, put, site);
    const remainder: Remainder = { contents: { kind: "list", items: others }, check };
    put({ kind: "model", name: "what is left of an iterator", model: remainder });
    if (first !== undefined) return first.value;
    if (fallback === undefined) throw new PythonRaise("StopIteration", site);
    return fallback;
  });
}

/** What an iterator gives that is asked for one item. What computing the others does has not happened yet. */
function started({ start }: Iterator, check: Check, { machine: m, state, site }: CallContext): Value {
  const trial = state.fork();
  const contents = m.attempt(() => start(trial));
  if (!(contents instanceof PythonRaise) && (check(trial, 0) || isAtMostOne(contents))) {
    state.become(trial);
    return contents;
  }
  state.giveUpChanges(trial, unknown("unsupported", "what an iterator has done so far", site));
  return unsupported({ machine: m, state, site }, "an item of an iterator that does more than giving it");
}

function isAtMostOne(contents: Value): boolean {
  return contents.kind === "list" && contents.items.length < 2 && contents.items.every((item) => !item.spread);
}

function firstOfSymbolic(
  m: Machine,
  state: State,
  contents: Value,
  fallback: Value | undefined,
  put: (left: Value) => void,
  site: CallContext["site"],
): Value {
  put(unknown("unsupported", "what is left of an iterator", site));
  if (!isSymbolicList(contents) && contents.kind !== "list") return unknown("unsupported", "result of next()", site);
  const given = fallback === undefined ? [] : [fallback];
  return pure(
    m,
    state,
    "next",
    [m.freeze(state, contents), ...given],
    ([whole, otherwise]) => {
      const first = whole?.kind === "list" ? whole.items[0] : undefined;
      if (first?.spread === true) return unknown("unsupported", "result of next()", site);
      if (first === undefined && otherwise === undefined) throw new PythonRaise("StopIteration", site);
      return first?.value ?? (otherwise as Value);
    },
    { site },
  );
}
