import type { State } from "./state";
import { spend } from "../values/fuel";
import { partsOf } from "../values/leaves";
import { isUnchanging } from "../semantics/types";
import { unknown, type Site, type UnknownValue, type Value } from "../values/value";

/** An unknown that may be one of some objects, or be taken out of them: what is done to it in place may be done to them. */
export function amongst(unknownValue: UnknownValue, values: readonly Value[]): UnknownValue {
  spend(values.length);
  const objects = new Set(values.filter(mayBeShared));
  if (objects.size === 0) return unknownValue;
  // Those that it may be already are reached through itself.
  return { ...unknownValue, mayBe: unknownValue.mayBe === undefined ? [...objects] : [unknownValue, ...objects] };
}

/** Whether a value is, or holds, something that may be changed in place. */
function mayBeShared(value: Value): boolean {
  if (value.kind === "external" || value.kind === "function" || value.kind === "module") return false;
  if (value.kind === "unknown" || value.kind === "opaque") return value.mayBe !== undefined;
  return !isUnchanging(value);
}

/** What objects hold, in place of themselves. */
export function partsOfObjects(state: State, values: readonly Value[]): readonly Value[] {
  return values.map((value) => (value.kind === "reference" ? (state.object(value.id)?.contents ?? value) : value));
}

/** Whether a value holds objects, besides being one itself. */
function holdsObjects(state: State, value: Value): boolean {
  const seen = new Set<Value>();
  const visit = (part: Value, isInside: boolean): boolean => {
    if (part.kind === "reference") {
      const contents = state.object(part.id)?.contents;
      return isInside || (contents !== undefined && visit(contents, false));
    }
    if (seen.has(part)) return false;
    seen.add(part);
    return partsOf(part)?.some((inner) => visit(inner, isInside || part.kind !== "choice")) === true;
  };
  return visit(value, false);
}

/**
 * A value that was computed of values that were frozen: where those hold objects, which of them its lists, dicts and sets are is
 * not followed.
 */
export function withoutObjects(state: State, value: Value, given: readonly Value[], site: Site): Value {
  const holders = given.filter((each) => holdsObjects(state, each));
  if (holders.length === 0) return value;
  const parts = partsOfObjects(state, holders);
  const inside = (part: Value): Value => {
    const isObject = part.kind === "list" || part.kind === "dict" || part.kind === "set" || part.kind === "derived";
    if (!isObject) return within(part);
    return amongst(unknown("unsupported", "an object that has another name, too", site), parts);
  };
  const within = (whole: Value): Value => {
    if (whole.kind === "dict")
      return { kind: "dict", entries: whole.entries.map((entry) => ({ ...entry, value: inside(entry.value) })) };
    if ("items" in whole)
      return { ...whole, items: whole.items.map((item) => ({ ...item, value: inside(item.value) })) };
    return whole.kind === "choice" ? { ...whole, yes: within(whole.yes), no: within(whole.no) } : whole;
  };
  return within(value);
}
