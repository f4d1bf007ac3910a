import { environmentReads } from "../../../lint/environmentReads";
import type { RuleContext } from "../../../lint/rule";
import type { EnvironmentValue } from "../../../python/values/value";

/** The reads of variables that values of settings depend on, in any entry module. */
export function readsOfSettings({ entries }: RuleContext): readonly EnvironmentValue[] {
  return entries.flatMap(({ evaluation }) =>
    evaluation.names.flatMap((name) => evaluation.outcomes(name).flatMap(({ value }) => environmentReads(value))),
  );
}

/** The variables that values of settings depend on, in any entry module; only by reads that count. */
export function variablesRead(
  context: RuleContext,
  counts: (read: EnvironmentValue) => boolean = () => true,
): ReadonlySet<string> {
  const reads = readsOfSettings(context).filter(counts);
  return new Set(reads.map(({ variable }) => variable));
}
