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
  const same = (one: unknown, other: unknown): boolean => {
    if (Object.is(one, other)) return true;
    if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
    left -= 1;
    if (left < 0 || Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
    if (Array.isArray(one)) return Array.isArray(other) && areSame(one, other);
    if (one instanceof Map) return other instanceof Map && areSame([...one].flat(), [...other].flat());
    // Nodes and their places are known by what they are, wherever they stand.
    if (one instanceof Set || "start" in one) return false;
    if ("target" in other && "site" in other && !isOwn(other as Step)) return false;
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every(
        (key) =>
          Object.hasOwn(other, key) &&
          same((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
      )
    );
  };
  const areSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
    some.length === others.length && some.every((each, index) => same(each, others[index]));
  return same(a, b);
}
