import { equals } from "../../semantics/operators";
import { bool, type Item, type SequenceValue, type Value } from "../../values/value";

/** Items without repetitions: the first of equal ones stays. */
export function uniqueItems(items: readonly Item[]): readonly Item[] {
  return items.filter((item, index) => items.findIndex((other) => equals(other.value, item.value) === true) === index);
}

export function holds(items: readonly Item[], value: Value): boolean {
  return items.some((item) => equals(item.value, value) === true);
}

/** Methods of sets that make another set of them and other iterables (Python docs, "Set Types"). */
export function combinedSet(
  items: readonly Item[],
  name: string,
  others: readonly (readonly Item[])[],
): readonly Item[] | undefined {
  switch (name) {
    case "union":
      return uniqueItems([...items, ...others.flat()]);
    case "difference":
      return items.filter((item) => !others.some((other) => holds(other, item.value)));
    case "intersection":
      return items.filter((item) => others.every((other) => holds(other, item.value)));
    case "symmetric_difference": {
      const [other = []] = others;
      return others.length === 1
        ? [
            ...items.filter((item) => !holds(other, item.value)),
            ...uniqueItems(other).filter((item) => !holds(items, item.value)),
          ]
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The set after a method that changes it in place; `undefined` for other methods. */
export function changedSet(
  items: readonly Item[],
  name: string,
  others: readonly (readonly Item[])[],
): readonly Item[] | undefined {
  if (name === "update") return combinedSet(items, "union", others);
  return name.endsWith("_update") ? combinedSet(items, name.slice(0, -"_update".length), others) : undefined;
}

/** Questions about two sets. */
export function setQuestion(self: SequenceValue, name: string, other: readonly Item[]): Value | undefined {
  switch (name) {
    case "issubset":
      return bool(self.items.every((item) => holds(other, item.value)));
    case "issuperset":
      return bool(other.every((item) => holds(self.items, item.value)));
    case "isdisjoint":
      return bool(!self.items.some((item) => holds(other, item.value)));
    default:
      return undefined;
  }
}
