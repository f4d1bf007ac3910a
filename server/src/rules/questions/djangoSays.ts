import type { CheckedSettings } from "../../django/checks/check";
import { newestRelease, type Release } from "../../django/facts";
import { checkAnswers, deployedScope, inEachWorld, reportsCheck, type CheckScope } from "../../lint/checkWorlds";
import type { RuleContext } from "../../lint/rule";

type Context = RuleContext<never, never>;

/** The releases that are asked where the project's own is not known: the oldest that Django still mends, and the newest. */
const OLDEST: Release = [4, 2];

/** Whether Django would certainly report a check, whatever the environment brings. */
export function reportsAlways(context: Context, id: string): boolean {
  return scopesOf(context).every((scope) => reportsCheck(scope, id) === true);
}

/** What a finding gives as Django's check: the id, unless Django certainly does not report it in some world. */
export function checkUnlessDenied(context: Context, id: string): string {
  const isDenied = scopesOf(context).some((scope) => checkAnswers(scope, id)?.includes(false) === true);
  return isDenied ? "none" : id;
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
  const version = context.project.django?.version;
  const releases = version === undefined ? [OLDEST, newestRelease] : [version];
  return releases.map((django) => deployedScope(context, context.evaluation, context.setting, django));
}
