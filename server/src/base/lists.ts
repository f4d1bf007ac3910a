/** Adds items to the end of a list. Not `push(...items)`: arguments stand on the stack, which about 120,000 of them overflow. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

/** The largest of the numbers and `least`; `Math.max` takes them as arguments, see {@link append}. */
export function largest(numbers: Iterable<number>, least: number): number {
  let found = least;
  for (const number of numbers) if (number > found) found = number;
  return found;
}

/** The smallest of the numbers and `most`. */
export function smallest(numbers: Iterable<number>, most: number): number {
  let found = most;
  for (const number of numbers) if (number < found) found = number;
  return found;
}
