import { isSameData } from "../../base/sameness";
import type { Range } from "../../base/text";
import { isLive } from "../../syntax/places";

/**
 * Whether two answers say the same, about the same places. A place that follows a node through edits is only the same as itself:
 * another one with the same offsets follows another node, and parts from it with the next edit. Functions, steps and what is
 * identified by a number are the same as themselves alone. Errs towards different.
 */
export function isSameAnswer(a: unknown, b: unknown): boolean {
  return isSameData(a, b, differ);
}

function differ(a: object, b: object): boolean {
  if (Array.isArray(a) || a instanceof Map || a instanceof Set) return false;
  if (Object.getPrototypeOf(a) !== Object.prototype) return true;
  return isStep(a) || (isRange(a) && (isLive(a) || !isRange(b) || isLive(b)));
}

/** Bindings are found by the step that made them: one of another execution is in none of this one's. */
function isStep(each: object): boolean {
  return "target" in each && "site" in each && "module" in each;
}

function isRange(each: object): each is Range {
  return "start" in each && "end" in each;
}
