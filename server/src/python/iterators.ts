import type { FilePath } from "../base/path";
import type { CallContext, Model } from "./call";
import type { Machine } from "./machine";
import { PythonRaise } from "./raise";
import type { State } from "./state";
import { iterationItems } from "./structures";
import { isSymbolicList } from "./symbolic";
import { list, unknown, type Item, type ReferenceValue, type Value } from "./value";

/** An iterator: what is left of it stands on the heap as a list, or as something symbolic that will be one. */
export interface Iterator extends Model {
  readonly rest: ReferenceValue;
  /** A generator runs nothing before it is asked: this gives all its items. */
  readonly start?: (state: State) => Value;
}

const ITERATOR = "iterator";

/** Stands for the contents of a generator that has not been asked for anything. */
const PENDING: Value = { kind: "opaque", callee: "generator", args: [], keywords: new Map(), id: 0, site: undefined };

/** An iterator over some contents. */
export function iteratorOver(m: Machine, state: State, contents: Value, file: FilePath): Value {
  return iterator(m, m.allocate(state, contents, file) as ReferenceValue, undefined);
}

/** An iterator whose contents are computed when it is first asked. */
export function pendingIterator(m: Machine, state: State, file: FilePath, start: (state: State) => Value): Value {
  return iterator(m, m.allocate(state, PENDING, file) as ReferenceValue, start);
}

function iterator(m: Machine, rest: ReferenceValue, start: ((state: State) => Value) | undefined): Value {
  const model: Iterator = {
    rest,
    isTrue: true,
    key: String(rest.id),
    ...(start === undefined ? {} : { start }),
    items: (_, at) => itemsOf(m, at, drain(m, at, model)),
  };
  return { kind: "model", name: ITERATOR, model };
}

/** What an iterator still gives, taken out of it; any other value as it is. */
export function drained(m: Machine, state: State, value: Value): Value {
  return value.kind === "model" && value.name === ITERATOR ? drain(m, state, value.model as Iterator) : value;
}

/** What is left, computed now where nothing has been asked before. */
function contentsOf(m: Machine, state: State, { rest, start }: Iterator): Value {
  const contents = m.contents(state, rest);
  if (contents.kind !== "choice") return contents === PENDING && start !== undefined ? start(state) : contents;
  return holdsPending(contents) ? unknown("unsupported", "what is left of a generator") : contents;
}

function holdsPending(value: Value): boolean {
  return value.kind === "choice" ? holdsPending(value.yes) || holdsPending(value.no) : value === PENDING;
}

function drain(m: Machine, state: State, model: Iterator): Value {
  const { rest } = model;
  const contents = contentsOf(m, state, model);
  m.updateObject(state, rest.id, (object) => ({ ...object, contents: list([]) }));
  return contents;
}

function itemsOf(m: Machine, state: State, contents: Value): readonly Item[] {
  return contents.kind === "choice"
    ? [{ value: contents, spread: true, site: undefined }]
    : iterationItems(m, state, contents);
}

/** `next(iterator, fallback)`; `undefined` for what is no iterator, or one of which the first item is not known. */
export function nextItem(iterator: Value, fallback: Value | undefined, call: CallContext): Value | undefined {
  if (iterator.kind !== "model" || iterator.name !== ITERATOR) return undefined;
  const { machine: m, state, site } = call;
  const { rest } = iterator.model as Iterator;
  return m.perAlternative(state, contentsOf(m, state, iterator.model as Iterator), (inner, contents) => {
    const put = (left: Value): void => m.updateObject(inner, rest.id, (object) => ({ ...object, contents: left }));
    const items = contents.kind === "list" || contents.kind === "tuple" ? contents.items : undefined;
    const [first, ...others] = items ?? [];
    if (first?.spread === true || items === undefined) return firstOfSymbolic(m, inner, contents, fallback, put, site);
    put({ kind: "list", items: others });
    if (first !== undefined) return first.value;
    if (fallback === undefined) throw new PythonRaise("StopIteration", site);
    return fallback;
  });
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
  return m.pure(
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
