import type { Range } from "../../base/text";
import { isLive } from "../../syntax/places";

/** Deeper data than anybody writes counts as different: what was remembered is then worked out again. */
const MAX_DEPTH = 100;

/**
 * Whether two answers say the same, about the same places. A place that follows a node through edits is only the same as itself:
 * another one with the same offsets follows another node, and parts from it with the next edit. Functions, steps and what is
 * identified by a number are the same as themselves alone. Errs towards different.
 */
export function isSameAnswer(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || depth > MAX_DEPTH) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a)) return isSameList(a, b as readonly unknown[], depth);
  if (a instanceof Map) return isSameMap(a, b as ReadonlyMap<unknown, unknown>, depth);
  if (a instanceof Set) return isSameList([...a], [...(b as ReadonlySet<unknown>)], depth);
  if (Object.getPrototypeOf(a) !== Object.prototype) return false;
  if (isStep(a) || (isRange(a) && (isLive(a) || !isRange(b) || isLive(b)))) return false;
  return isSameObject(a as Fields, b as Fields, depth);
}

type Fields = Readonly<Record<string, unknown>>;

/** Bindings are found by the step that made them: one of another execution is in none of this one's. */
function isStep(each: object): boolean {
  return "target" in each && "site" in each && "module" in each;
}

function isRange(each: object): each is Range {
  return "start" in each && "end" in each;
}

function isSameList(a: readonly unknown[], b: readonly unknown[], depth: number): boolean {
  return a.length === b.length && a.every((each, index) => isSameAnswer(each, b[index], depth + 1));
}

function isSameMap(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>, depth: number): boolean {
  return isSameList([...a].flat(), [...b].flat(), depth);
}

function isSameObject(a: Fields, b: Fields, depth: number): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isSameAnswer(a[key], b[key], depth + 1));
}
