import { MAX_ADDED_ROUNDS } from "./budget";
import type { Course } from "./iterators";
import type { Machine } from "./machine";
import type { State } from "./state";
import type { Item, SequenceValue, Value } from "./value";

/** What comes in a round: an item, nothing more, or, where rounds are not those that were there at first, what is not followed. */
export type NextItem = (state: State, index: number) => Item | "end" | "lost";

/**
 * What a loop or comprehension asks for each round. `items` are those that were there at first. Of a list whose items are
 * known one by one, Python reads the next one when its round begins: it may have grown or shrunk meanwhile.
 */
export function rounds(m: Machine, { iterable, check }: Course, contents: Value, items: readonly Item[]): NextItem {
  if (iterable.kind === "reference" && isPlainList(contents))
    return (next, index) => {
      const now = m.contents(next, iterable);
      if (!isPlainList(now) || index > items.length + MAX_ADDED_ROUNDS) return "lost";
      return now.items[index] ?? "end";
    };
  return (next, index) => (check(next, index) ? (items[index] ?? "end") : "lost");
}

function isPlainList(contents: Value): contents is SequenceValue {
  return contents.kind === "list" && contents.items.every((item) => !item.spread);
}
