/** Deeper data than anybody writes counts as different. */
const MAX_DEPTH = 100;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether two pieces of data are the same with all that they hold: lists, maps and sets in their order, objects of one kind field by
 * field. `differ` is given each pair of objects that are not one: where it answers true, they differ whatever they hold.
 */
export function isSameData(a: unknown, b: unknown, differ: (a: object, b: object) => boolean, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || depth > MAX_DEPTH) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b) || differ(a, b)) return false;
  const areSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
    some.length === others.length && some.every((each, index) => isSameData(each, others[index], differ, depth + 1));
  if (Array.isArray(a)) return areSame(a, b as readonly unknown[]);
  if (a instanceof Map) return areSame([...a].flat(), [...(b as ReadonlyMap<unknown, unknown>)].flat());
  if (a instanceof Set) return areSame([...a], [...(b as ReadonlySet<unknown>)]);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameData((a as Fields)[key], (b as Fields)[key], differ, depth + 1))
  );
}
