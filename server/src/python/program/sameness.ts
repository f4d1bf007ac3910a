import { isSameData } from "../../base/sameness";
import type { Step } from "../values/value";

/** Larger values are taken for different. */
const MAX_PARTS = 3_000;

/**
 * Whether two values of the evaluator, with all that they hold, are the same but for being other objects: the places of both are of
 * the same nodes, and their identities the same. Functions of ours are the same only where they are one, and so are steps, but for
 * those of `b` that `isOwn` says to stand for others.
 */
export function isSame(a: unknown, b: unknown, isOwn: (step: Step) => boolean): boolean {
  let left = MAX_PARTS;
  return isSameData(a, b, (one, other) => {
    left -= 1;
    if (left < 0) return true;
    if (Array.isArray(one) || one instanceof Map) return false;
    // Nodes and their places are known by what they are, wherever they stand.
    if (one instanceof Set || "start" in one) return true;
    return "target" in other && "site" in other && !isOwn(other as Step);
  });
}
