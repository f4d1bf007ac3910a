import { freshId } from "../../python/values/value";

const numbers = new WeakMap<object, number>();

/** Questions about an object are told apart by a number of it. */
export function numberOf(object: object): number {
  let number = numbers.get(object);
  if (number === undefined) numbers.set(object, (number = freshId()));
  return number;
}
