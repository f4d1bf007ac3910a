import { environmentReads } from "../../../lint/environmentReads";
import type { RuleContext } from "../../../lint/rule";
import type { EnvironmentValue } from "../../../python/values/value";

/** The reads of variables that values of settings depend on, in these entry modules. */
export function readsOfSettings(context: RuleContext, entries = context.entries): readonly EnvironmentValue[] {
  return context.inEachName(entries, (name, { evaluation }) =>
    evaluation.outcomes(name).flatMap(({ value }) => environmentReads(value)),
  );
}

/** The variables that values of settings depend on, in these entry modules; only by reads that count. */
export function variablesRead(
  context: RuleContext,
  counts: (read: EnvironmentValue) => boolean,
  entries = context.entries,
): ReadonlySet<string> {
  const reads = readsOfSettings(context, entries).filter(counts);
  return new Set(reads.map(({ variable }) => variable));
}
