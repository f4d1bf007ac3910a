import { certaintyOf, keyOf } from "../../../python/values/symbolic";
import type { Value } from "../../../python/values/value";

/** Whether computing a value again certainly gives another one. */
function differs(before: Value, again: Value): boolean {
  return certaintyOf(before) !== "unknown" && certaintyOf(again) !== "unknown" && keyOf(before) !== keyOf(again);
}

/**
 * Whether some part that would certainly be different now still has its old value in the end: nobody has repaired it in place. Parts
 * that are not known, such as a path in a dict, say nothing of the others.
 */
export function keepsOld(before: Value, again: Value, final: Value): boolean {
  if (before.kind === "dict" && again.kind === "dict" && final.kind === "dict") {
    return before.entries.some((entry) => {
      const key = entry.key === undefined ? undefined : keyOf(entry.key);
      const same = (value: typeof again): Value | undefined =>
        value.entries.findLast((other) => other.key !== undefined && keyOf(other.key) === key)?.value;
      return partKeepsOld(entry.value, same(again), same(final));
    });
  }
  const [old, fresh, last] = [before, again, final].map(itemsOf);
  if (old !== undefined && fresh !== undefined && last !== undefined && old.length === fresh.length) {
    return old.some((value, index) => partKeepsOld(value, fresh[index], last[index]));
  }
  if (!differs(before, again)) return false;
  if (old !== undefined && fresh !== undefined && last !== undefined) return keepsMembers(old, fresh, last);
  return keyOf(before) === keyOf(final);
}

/** Of lists of different lengths: an item that only the old computation gives and that is still there, or the other way round. */
function keepsMembers(old: readonly Value[], fresh: readonly Value[], last: readonly Value[]): boolean {
  const [before, again, final] = [old, fresh, last].map((values) => new Set(values.map(keyOf)));
  const isStillThere = [...(before ?? [])].some((key) => again?.has(key) === false && final?.has(key) === true);
  const isStillMissing = [...(again ?? [])].some((key) => before?.has(key) === false && final?.has(key) === false);
  return isStillThere || (isStillMissing && last.every((value) => certaintyOf(value) !== "unknown"));
}

function itemsOf(value: Value): readonly Value[] | undefined {
  return value.kind === "list" || value.kind === "tuple" ? value.items.map((item) => item.value) : undefined;
}

function partKeepsOld(before: Value, again: Value | undefined, final: Value | undefined): boolean {
  if (again === undefined || final === undefined || keyOf(before) === keyOf(again)) return false;
  return keepsOld(before, again, final);
}
