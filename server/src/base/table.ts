/**
 * Entries to be looked up by names that stand in somebody's files. An ordinary object has more than its own: `table["constructor"]`
 * would be a function of JavaScript's.
 */
export function table<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}
