import type { State } from "./state";
import { partsOf } from "../values/leaves";
import { unknown, type Site, type Value } from "../values/value";

/** Whether a value holds objects, besides being one itself. */
export function holdsObjects(state: State, value: Value): boolean {
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
 * A value that was computed of frozen ones that hold objects: which of them its lists, dicts and sets are is not followed.
 */
export function withoutObjects(value: Value, site: Site): Value {
  const inside = (part: Value): Value => {
    const isObject = part.kind === "list" || part.kind === "dict" || part.kind === "set" || part.kind === "derived";
    return isObject ? unknown("unsupported", "an object that has another name, too", site) : within(part);
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
