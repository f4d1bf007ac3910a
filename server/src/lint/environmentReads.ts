import type { EnvironmentValue, Outcome, Value } from "../python/values/value";

/** Every read of an environment variable that a value depends on, reads in fallbacks included, each once. */
export function environmentReads(value: Value): readonly EnvironmentValue[] {
  return readsIn(value, false);
}

/** As {@link environmentReads}, with what keys of dicts and objects that are not modelled were made of. */
export function allEnvironmentReads(value: Value): readonly EnvironmentValue[] {
  return readsIn(value, true);
}

function readsIn(value: Value, inObjects: boolean): readonly EnvironmentValue[] {
  const reads: EnvironmentValue[] = [];
  const seen = new Set<Value>();
  // Values share parts, and tests most of all: each is looked at once.
  const visit = (part: Value): void => {
    if (seen.has(part)) return;
    seen.add(part);
    switch (part.kind) {
      case "environment":
        reads.push(part);
        if (part.fallback !== undefined) visit(part.fallback);
        return;
      case "derived":
        return part.inputs.forEach(visit);
      case "choice":
        return [part.test.value, part.yes, part.no].forEach(visit);
      case "list":
      case "tuple":
      case "set":
      case "frozenset":
        for (const item of part.items) visit(item.value);
        return;
      case "dict":
        for (const entry of part.entries) {
          if (inObjects && entry.key !== undefined) visit(entry.key);
          visit(entry.value);
        }
        return;
      case "opaque":
        if (inObjects) [...part.args, ...part.keywords.values()].forEach(visit);
        return;
      default:
    }
  };
  visit(value);
  return reads;
}

/** The variables that decide between outcomes or are read in them, each once and in the order of the source. */
export function variablesOf(outcomes: readonly Outcome[]): readonly string[] {
  const values = outcomes.flatMap((one) => [one.value, ...one.guard.map((decision) => decision.test.value)]);
  const reads = values
    .flatMap((value) => environmentReads(value))
    .toSorted((a, b) => a.site.range.start - b.site.range.start);
  return [...new Set(reads.map((read) => read.variable))];
}
