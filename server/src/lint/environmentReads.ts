import type { EnvironmentValue, Outcome, Value } from "../python/value";

/** Every read of an environment variable that a value depends on, reads in fallbacks included. */
export function environmentReads(value: Value): readonly EnvironmentValue[] {
  switch (value.kind) {
    case "environment":
      return value.fallback === undefined ? [value] : [value, ...environmentReads(value.fallback)];
    case "derived":
      return value.inputs.flatMap(environmentReads);
    case "choice":
      return [value.test.value, value.yes, value.no].flatMap(environmentReads);
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return value.items.flatMap((item) => environmentReads(item.value));
    case "dict":
      return value.entries.flatMap((entry) => environmentReads(entry.value));
    default:
      return [];
  }
}

/** The variables that decide between outcomes or are read in them, each once and in the order of the source. */
export function variablesOf(outcomes: readonly Outcome[]): readonly string[] {
  const values = outcomes.flatMap((one) => [one.value, ...one.guard.map((decision) => decision.test.value)]);
  const reads = values.flatMap(environmentReads).toSorted((a, b) => a.site.range.start - b.site.range.start);
  return [...new Set(reads.map((read) => read.variable))];
}
