/** What stands in a list a second time, with where it stood first. */
export interface Duplicate<T> {
  readonly first: T;
  readonly second: T;
}

/** Each element whose key an earlier one has already, in order. */
export function duplicates<T>(
  elements: readonly T[],
  keyOf: (element: T) => string | undefined,
): readonly Duplicate<T>[] {
  const seen = new Map<string, T>();
  const found: Duplicate<T>[] = [];
  for (const second of elements) {
    const key = keyOf(second);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, second);
    else found.push({ first, second });
  }
  return found;
}
