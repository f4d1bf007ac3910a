import { unsupported, type CallContext, type Model } from "../program/call";
import type { Machine } from "../program/machine";
import { pure } from "../program/pure";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { iterationItems } from "./structures";
import { isSymbolicList } from "../values/symbolic";
import { freshId, unknown, type Item, type ModelValue, type Value } from "../values/value";
import { viewed } from "../program/call";

/** Whether what is gone through is as it was when the check was made, in a later state. */
export type Check = (later: State) => boolean;

/**
 * An iterator. It is followed in the expression that makes it only: Python computes an item when it is asked for, in the
 * program as it is then, and who holds an iterator may ask at any time.
 */
interface Iterator extends Model {
  /** What it gives from the beginning, computed in the state in which it is asked. */
  readonly start: (state: State) => Value;
  /** Whether what it reads is left alone. */
  readonly watch: (state: State) => Check;
  /** Gives up what its code may do. */
  readonly giveUp: (state: State) => void;
  /** It has a name, or stands in something: what it gives is not known. */
  readonly isBound?: true;
}

const ITERATOR = "iterator";

export function iterator(parts: Pick<Iterator, "start" | "watch" | "giveUp">): Value {
  const model: Iterator = { ...parts, isTrue: true, key: String(freshId()), items: items(parts) };
  return { kind: "model", name: ITERATOR, model };
}

function items({ start }: Pick<Iterator, "start">): NonNullable<Model["items"]> {
  return (m, state) => {
    const contents = start(state);
    return contents.kind === "choice"
      ? [{ value: contents, spread: true, site: undefined }]
      : iterationItems(m, state, contents);
  };
}

function iteratorBehind(value: Value): Iterator | undefined {
  return value.kind === "model" && value.name === ITERATOR ? (value.model as Iterator) : undefined;
}

/** A value as a name, a parameter or an item of something gets it: whoever asks an iterator there gets what is not known. */
export function bound(value: Value): Value {
  if (value.kind === "choice") {
    const [yes, no] = [bound(value.yes), bound(value.no)];
    return yes === value.yes && no === value.no ? value : { ...value, yes, no };
  }
  const model = iteratorBehind(value);
  if (model === undefined || model.isBound) return value;
  const start = (state: State): Value => {
    model.giveUp(state);
    return unknown("unsupported", "an iterator that is asked after it was made");
  };
  const kept: Iterator = { ...model, start, isBound: true, items: items({ start }) };
  return { ...(value as ModelValue), model: kept };
}

/** What an iterator gives, and what a view shows; any other value as it is. */
export function drained(m: Machine, state: State, value: Value): Value {
  return iteratorBehind(value)?.start(state) ?? viewed(m, state, value);
}

/** What somebody goes through item by item, and whether it is left alone meanwhile. */
export interface Course {
  readonly iterable: Value;
  readonly check: Check;
}

/** Takes all items of a value at once, for code that runs between them. */
export function goThrough(m: Machine, state: State, value: Value): Course {
  const check = watchOf(value)(state);
  return { iterable: drained(m, state, value), check };
}

/** What going through a value depends on. */
export function watchOf(value: Value): (state: State) => Check {
  return (state) => {
    switch (value.kind) {
      case "choice": {
        const checks = [watchOf(value.yes)(state), watchOf(value.no)(state)];
        return (later) => checks.every((check) => check(later));
      }
      case "reference": {
        const contents = state.object(value.id)?.contents;
        return (later) => later.object(value.id)?.contents === contents;
      }
      case "model": {
        const { view, watch } = value.model as Model & Partial<Iterator>;
        return view === undefined ? (watch?.(state) ?? (() => true)) : watchOf(view.of)(state);
      }
      default:
        return () => true;
    }
  };
}

/** `next(iterator, fallback)`; `undefined` for what is no iterator, or one of which the first item is not known. */
export function nextItem(given: Value, fallback: Value | undefined, call: CallContext): Value | undefined {
  const model = iteratorBehind(given);
  if (model === undefined) return undefined;
  const { machine: m, state, site } = call;
  return m.perAlternative(state, started(model, call), (inner, leaf) => {
    const [first] = leaf.kind === "list" || leaf.kind === "tuple" ? leaf.items : [];
    if (first?.spread === true || (leaf.kind !== "list" && leaf.kind !== "tuple"))
      return firstOfSymbolic(m, inner, leaf, fallback, site);
    if (first !== undefined) return first.value;
    if (fallback === undefined) throw new PythonRaise("StopIteration", site);
    return fallback;
  });
}

/** What an iterator gives that is asked for one item: what computing the others does never happens. */
function started(model: Iterator, { machine: m, state, site }: CallContext): Value {
  const check = model.watch(state);
  const trial = state.fork();
  const contents = m.attempt(() => model.start(trial));
  if (!(contents instanceof PythonRaise) && (check(trial) || isAtMostOne(contents))) {
    state.become(trial);
    return contents;
  }
  model.giveUp(state);
  return unsupported({ machine: m, state, site }, "an item of an iterator that does more than giving it");
}

function isAtMostOne(contents: Value): boolean {
  return contents.kind === "list" && contents.items.length < 2 && contents.items.every((item: Item) => !item.spread);
}

function firstOfSymbolic(
  m: Machine,
  state: State,
  contents: Value,
  fallback: Value | undefined,
  site: CallContext["site"],
): Value {
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

/** What asking an iterator would do may happen, now or later. */
export function giveUpIterator(value: Value, state: State): void {
  if (value.kind === "choice") for (const arm of [value.yes, value.no]) giveUpIterator(arm, state);
  else iteratorBehind(value)?.giveUp(state);
}
