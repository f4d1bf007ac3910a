import type { CheckReport } from "../django/checks/check";
import type { Release } from "../django/facts";
import type { Evaluation } from "../python/evaluation";
import { resolve, resolveTest, type ReadVariable } from "../python/resolve";
import { str, unknown, UNSET, type Value } from "../python/value";
import { checkReport } from "./checkWorlds";
import { ProjectCode, type CodeScope } from "./projectCode";

/**
 * What `manage.py check --deploy` reports about a module in one environment, as far as that depends on settings alone:
 * whatever our rules make of it, their severities and the roles that they look at. `SILENCED_SYSTEM_CHECKS` is not looked at.
 *
 * @param read the environment; `undefined` for a variable that is not known leaves open what depends on it
 */
export function djangoParity(
  code: CodeScope,
  evaluation: Evaluation,
  read: ReadVariable,
  django: Release,
): CheckReport {
  return checkReport({
    django,
    outcomes: (name) =>
      evaluation
        .outcomes(name)
        .filter(({ guard }) => guard.every(({ test, holds }) => resolveTest(test, read) !== !holds))
        .map((outcome) => ({
          ...outcome,
          guard: outcome.guard.filter(({ test }) => resolveTest(test, read) === undefined),
          value: resolve(outcome.value, read),
        })),
    variable: (name) => variableIn(evaluation.exported(name), name, read),
    code: new ProjectCode(code),
  });
}

/** A variable once the settings have run. */
function variableIn(exported: Value, name: string, read: ReadVariable): Value {
  if (exported.kind === "none") return UNSET;
  if (exported.kind !== "unset") return resolve(exported, read);
  const state = read(name);
  if (state === undefined) return unknown("environment", name);
  return state.set ? str(state.text) : UNSET;
}
