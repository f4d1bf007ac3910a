import type { CheckedSettings } from "../../../django/checks/check";
import { deployedScope, inEachWorld, possibleReleases, reportsCheck, type CheckScope } from "../../../lint/checkWorlds";
import type { RuleContext } from "../../../lint/rule";

type Context = RuleContext;

/** Whether Django would certainly report a check, whatever the environment brings. */
export function reportsAlways(context: Context, id: string): boolean {
  return scopesOf(context).every((scope) => reportsCheck(scope, id) === true);
}

/** Whether a predicate holds of the settings in each world and release. */
export function holdsAlways(context: Context, holds: (settings: CheckedSettings) => boolean | undefined): boolean {
  const answers = askEverywhere(context, holds);
  return answers.length > 0 && answers.every((answer) => answer === true);
}

/** What is asked of the settings, in each world and release; nothing where there are too many worlds. */
export function askEverywhere<T>(context: Context, ask: (settings: CheckedSettings) => T): readonly T[] {
  const answers = scopesOf(context).map((scope) => inEachWorld(scope, ask));
  return answers.includes(undefined) ? [] : answers.flatMap((each) => each ?? []);
}

/** The module under each release that the project may use. */
function scopesOf(context: Context): readonly CheckScope[] {
  return possibleReleases(context.project).map((django) =>
    deployedScope(context, context.evaluation, context.setting, django),
  );
}
