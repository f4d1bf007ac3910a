import { table } from "../../base/table";
import { unsupported, type CallContext, type Model } from "../program/call";
import type { State } from "../program/state";
import { truthOf } from "../semantics/operators";
import { containsItem, dictItems, iterationItems } from "./structures";
import { freshId, unknown, type DictValue, type Item, type ModelValue, type Value } from "../values/value";

/** Whether what is iterated over is as it was when the check was made, in a later state. */
export type Check = (later: State) => boolean;

interface Parts {
  /** What it iterates over. */
  readonly sources: readonly Value[];
  /** What it runs for each item. */
  readonly code?: Code;
  /** All that it gives, computed in the state in which it is consumed. */
  readonly start: (state: State) => Value;
  /** Invalidates what its code may do. */
  readonly invalidate?: (state: State) => void;
}

interface Code {
  /** See {@link codeKey}. */
  readonly key: (state: State) => string;
  /** Whether it does nothing but giving a value: nobody sees how often it has run, and when. */
  readonly isPure: boolean;
}

/**
 * An iterator, or a view of a dict. It is followed in the expression that makes it only: Python computes an item when it is
 * asked for, in the program as it is then, and who holds an iterator may ask at any time.
 */
interface Iterator extends Model, Parts {}

const ITERATOR = "iterator";

const PLAIN = { name: ITERATOR, more: { isTrue: true } };

/** `as`: how the object is called, and what else it answers. */
export function iterator(
  { machine: m, state, site }: Pick<CallContext, "machine" | "state" | "site">,
  parts: Parts,
  as: { readonly name: string; readonly more: Partial<Model> } = PLAIN,
): Value {
  const isAsAtFirst = watchAll(parts.sources, false)(state);
  const start = (at: State): Value => {
    if (isAsAtFirst(at)) return parts.start(at);
    parts.invalidate?.(at);
    return unsupported({ machine: m, state: at, site }, "an iterator over something that has been changed");
  };
  const model: Iterator = {
    ...parts,
    start,
    key: String(freshId()),
    items: itemsOf(start),
    reaches: parts.sources,
    ...as.more,
  };
  return { kind: "model", name: as.name, model };
}

function itemsOf(start: (state: State) => Value): NonNullable<Model["items"]> {
  return (m, state) => {
    const contents = start(state);
    return contents.kind === "choice"
      ? [{ value: contents, spread: true, site: undefined }]
      : iterationItems(m, state, contents);
  };
}

function iteratorBehind(value: Value): Iterator | undefined {
  return value.kind === "model" && "sources" in value.model ? (value.model as Iterator) : undefined;
}

/** A value as a name, a parameter or an item of something gets it: whoever asks an iterator there gets what is not known. */
export function bound(value: Value): Value {
  if (value.kind === "choice") {
    const [yes, no] = [bound(value.yes), bound(value.no)];
    return yes === value.yes && no === value.no ? value : { ...value, yes, no };
  }
  const model = iteratorBehind(value);
  if (model === undefined) return value;
  const { sources, invalidate = () => undefined } = model;
  const start = (state: State): Value => {
    invalidate(state);
    return unknown("unsupported", "an iterator that is asked after it was made");
  };
  const kept: Iterator = {
    ...{ sources, start, invalidate, key: model.key ?? "", items: itemsOf(start), reaches: sources },
    ...(isView(value) ? {} : PLAIN.more),
  };
  return { ...(value as ModelValue), model: kept };
}

/** What an iterator gives and a view shows; any other value as it is. */
export function drained(state: State, value: Value): Value {
  return iteratorBehind(value)?.start(state) ?? value;
}

/** What somebody iterates over item by item, and whether it is left alone meanwhile. */
export interface Course {
  readonly iterable: Value;
  readonly check: Check;
}

/** Takes all items of a value at once, for code that runs between them. */
export function goThrough(state: State, value: Value): Course {
  const check = watch(value, true)(state);
  return { iterable: drained(state, value), check };
}

/** What iterating over a value depends on, with the code that it runs or without. */
function watch(value: Value, isOfCode: boolean): (state: State) => Check {
  return (state) => {
    if (value.kind === "choice") return watchAll([value.yes, value.no], isOfCode)(state);
    if (value.kind === "reference") {
      const contents = state.object(value.id)?.contents;
      return (later) => later.object(value.id)?.contents === contents;
    }
    const { sources = [], code } = iteratorBehind(value) ?? {};
    const check = watchAll(sources, isOfCode)(state);
    if (!isOfCode || code === undefined) return check;
    const key = code.key(state);
    return (later) => check(later) && code.key(later) === key;
  };
}

function watchAll(values: readonly Value[], isOfCode: boolean): (state: State) => Check {
  return (state) => {
    const checks = values.map((value) => watch(value, isOfCode)(state));
    return (later) => checks.every((check) => check(later));
  };
}

/** Whether iterating over a value runs no code that does more than giving values. */
export function isPure(value: Value): boolean {
  if (value.kind === "choice") return isPure(value.yes) && isPure(value.no);
  const { sources = [], code } = iteratorBehind(value) ?? {};
  return code?.isPure !== false && sources.every(isPure);
}

/** What asking an iterator would do may happen, now or later. */
export function invalidateIterator(value: Value, state: State): void {
  if (value.kind === "choice") for (const arm of [value.yes, value.no]) invalidateIterator(arm, state);
  else iteratorBehind(value)?.invalidate?.(state);
}

// -------------------------------------------------------------------- views

/** What `dict.items()`, `dict.keys()` and `dict.values()` show, as lists. */
const SHOWN: Readonly<Record<string, (dict: DictValue) => Value>> = table({
  items: dictItems,
  keys: (dict) => parts(dict, (entry) => entry.key ?? entry.value, "site"),
  values: (dict) => parts(dict, (entry) => entry.value, "valueSite"),
});

function parts(
  dict: DictValue,
  part: (entry: DictValue["entries"][number]) => Value,
  site: "site" | "valueSite",
): Value {
  const items = dict.entries.map((entry): Item => ({
    value: part(entry),
    spread: entry.key === undefined,
    site: entry[site],
  }));
  return { kind: "list", items };
}

/** `dict.items()` and its kin (Python docs, "Dictionary view objects"); `undefined` for other methods, and for what is no dict in any world. */
export function dictView(receiver: Value, name: string, call: CallContext): Value | undefined {
  const { machine: m, state, args } = call;
  const show = SHOWN[name];
  const contents = m.contents(state, receiver);
  if (show === undefined || args.positional.length + args.keywords.size > 0 || !mayBeDict(contents)) return undefined;
  const start = (at: State): Value => shown(m.contents(at, receiver), show);
  const isTrue = truthOf(contents);
  const more: Partial<Model> = {
    ...(isTrue === undefined ? {} : { isTrue }),
    contains: (item, at) => containsItem(m, at.state, at.frame, item, start(at.state), at.site),
  };
  return iterator(call, { sources: [receiver], start }, { name: `dict.${name}()`, more });
}

/** Whether a value is a view of a dict, and no iterator. */
export function isView(value: Value): boolean {
  return iteratorBehind(value) !== undefined && (value as ModelValue).name !== ITERATOR;
}

/** Whether it is a dict in some world: a list has no such methods, and of what is not known nothing is seen. */
function mayBeDict(contents: Value): boolean {
  if (contents.kind === "choice") return mayBeDict(contents.yes) || mayBeDict(contents.no);
  return contents.kind === "dict";
}

function shown(contents: Value, show: (dict: DictValue) => Value): Value {
  if (contents.kind === "choice") return { ...contents, yes: shown(contents.yes, show), no: shown(contents.no, show) };
  return contents.kind === "dict" ? show(contents) : unknown("unsupported", "a view of a dict that is not known");
}
