import { environmentReads } from "../../../lint/environmentReads";
import type { RuleContext } from "../../../lint/rule";
import type { EnvironmentValue } from "../../../python/values/value";

/** The variables that values of settings depend on, in any entry module; only by reads that count. */
export function variablesRead(
  { entries }: RuleContext,
  counts: (read: EnvironmentValue) => boolean = () => true,
): ReadonlySet<string> {
  const values = entries.flatMap(({ evaluation }) =>
    evaluation.names.flatMap((name) => evaluation.outcomes(name).map(({ value }) => value)),
  );
  return new Set(
    values
      .flatMap(environmentReads)
      .filter(counts)
      .map(({ variable }) => variable),
  );
}
