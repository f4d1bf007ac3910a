import type { CheckReport } from "../django/checks/check";
import type { Release } from "../django/release";
import { refusalOf } from "../django/loading";
import type { Evaluation, Failure } from "../python/program/evaluation";
import { resolve, resolveTest, type ReadVariable } from "../python/semantics/resolve";
import { str, unknown, UNSET, type Site, type Value } from "../python/values/value";
import { checkReport, inEachWorld, type CheckScope } from "./checkWorlds";
import type { CodeScope } from "./codeScope";
import { ProjectCode } from "./projectCode";

/** What Django makes of a module in one environment, as far as that depends on settings alone. */
export interface Parity extends CheckReport {
  /** The exception with which the module does not load; then nothing is checked. */
  readonly raises: Raised | undefined;
}

export interface Raised {
  readonly exception: string;
  /** Django's own words, where it is Django that refuses the settings. */
  readonly message: string | undefined;
  /** Where the module itself raises it. */
  readonly site: Site | undefined;
}

/**
 * What `manage.py check --deploy` says about a module in one environment: whatever our rules make of it, their severities
 * and the roles that they look at. `SILENCED_SYSTEM_CHECKS` is not looked at.
 *
 * @param read the environment; `undefined` for a variable that is not known leaves open what depends on it
 */
export function djangoParity(code: CodeScope, evaluation: Evaluation, read: ReadVariable, django: Release): Parity {
  const failure = importFailure(evaluation, read);
  const scope = scopeIn(code, evaluation, read, django);
  const raises = failure === undefined ? refusal(scope) : { ...failure, message: undefined };
  return raises === undefined ? { ...checkReport(scope), raises } : { reported: [], open: [], raises };
}

/** The first exception that nothing catches when the module is imported; `undefined` where that is not certain. */
export function importFailure(evaluation: Evaluation, read: ReadVariable): Failure | undefined {
  for (const failure of evaluation.failures) {
    const answers = failure.guard.map(({ test, holds }) => {
      const truth = resolveTest(test, read);
      return truth === undefined ? undefined : truth === holds;
    });
    if (answers.includes(false)) continue;
    // An exception of a class that is not known counts as no answer.
    return answers.includes(undefined) || failure.exception.startsWith("*") ? undefined : failure;
  }
  return evaluation.failure;
}

/** What Django certainly raises when it loads the settings. */
function refusal(scope: CheckScope): Raised | undefined {
  const answers = inEachWorld(scope, refusalOf) ?? [];
  const [first] = answers;
  if (first === undefined || first === null) return undefined;
  const isSame = answers.every((each) => each?.exception === first.exception && each.message === first.message);
  return isSame ? { ...first, site: undefined } : undefined;
}

function scopeIn(code: CodeScope, evaluation: Evaluation, read: ReadVariable, django: Release): CheckScope {
  return {
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
  };
}

/** A variable once the settings have run. */
function variableIn(exported: Value, name: string, read: ReadVariable): Value {
  if (exported.kind === "none") return UNSET;
  if (exported.kind !== "unset") return resolve(exported, read);
  const state = read(name);
  if (state === undefined) return unknown("environment", name);
  return state.set ? str(state.text) : UNSET;
}
