import { djangoChecks } from "../django/checks";
import { runChecks, type CheckedSettings, type CheckReport } from "../django/checks/check";
import { defaultOf, newestRelease } from "../django/facts";
import type { Release } from "../django/release";
import type { DjangoProject } from "../project/model";
import type { Evaluation } from "../python/program/evaluation";
import { unknown, UNSET, type Guard, type Outcome, type Value } from "../python/values/value";
import type { CodeScope } from "./codeScope";
import { ProjectCode } from "./projectCode";
import type { EffectiveSetting } from "./setting";

/** More worlds than this are not told apart: the question then has no answer. */
const MAX_WORLDS = 64;

/** Whose settings are looked at, and through which glasses. */
export interface CheckScope {
  readonly django: Release;
  /** A name's possible outcomes; what is known of the environment is already worked in. */
  readonly outcomes: (name: string) => readonly Outcome[];
  /** What the settings leave under a variable: `Evaluation.exported`. */
  readonly variable: (name: string) => Value;
  readonly code: ProjectCode;
}

/** A module as it is deployed: variables that the deployment files set are worked in, the others stay open. */
export function deployedScope(
  code: CodeScope,
  evaluation: Evaluation,
  setting: (name: string) => EffectiveSetting,
  django: Release,
): CheckScope {
  return {
    django,
    outcomes: (name) => setting(name).read("deployed"),
    variable: (name) => variableOf(evaluation.exported(name), name),
    code: new ProjectCode(code),
  };
}

/** What the real environment has is not known; a variable that the settings set if it is not set yet counts as set by them. */
function variableOf(exported: Value, name: string): Value {
  if (exported.kind === "none") return UNSET;
  if (exported.kind === "environment") return exported.fallback ?? exported;
  return exported.kind === "unset" ? unknown("environment", name) : exported;
}

/**
 * Puts a question to the settings in every world: each combination of the undecided tests on which the asked settings depend,
 * and of alternatives that no test tells apart. `undefined` where there are too many.
 */
export function inEachWorld<T>(scope: CheckScope, ask: (settings: CheckedSettings) => T): readonly T[] | undefined {
  const answers: T[] = [];
  let choices: readonly Choice[] = [];
  for (;;) {
    const world = new World(scope, choices);
    const answer = ask(world.settings);
    if (world.isPossible) answers.push(answer);
    if (answers.length > MAX_WORLDS) return undefined;
    const next = followingChoices(world.choices);
    if (next === undefined) return answers;
    choices = next;
  }
}

/** What Django's checks report in every world; open is what they report in some only, or may report. */
export function checkReport(scope: CheckScope): CheckReport {
  const ids = [...new Set(djangoChecks.map(({ id }) => id))].toSorted();
  const answers = new Map(ids.map((id) => [id, reportsCheck(scope, id)]));
  const answered = (wanted: boolean | undefined): readonly string[] => ids.filter((id) => answers.get(id) === wanted);
  return { reported: answered(true), open: answered(undefined) };
}

/**
 * The first of some ids that Django reports in every world. `null`: certainly none of them in any; `undefined`: that is not
 * known.
 */
export function reportedCheck(scope: CheckScope, ids: readonly string[]): string | null | undefined {
  const answers = ids.map((id) => reportsCheck(scope, id));
  const reported = ids[answers.indexOf(true)];
  if (reported !== undefined) return reported;
  return answers.every((answer) => answer === false) ? null : undefined;
}

/** Whether Django reports a check in every world (true), in none (false), or nobody knows. */
export function reportsCheck(scope: CheckScope, id: string): boolean | undefined {
  const answers = checkAnswers(scope, id);
  const [first] = answers ?? [];
  return answers?.every((answer) => answer === first) === true ? first : undefined;
}

/** Whether Django certainly does not report a check in some world. */
export function isDenied(scope: CheckScope, id: string): boolean {
  return checkAnswers(scope, id)?.includes(false) === true;
}

/** The oldest release that Django still mends. */
const OLDEST: Release = [4, 2];

/** The releases that a project may run on; where its own is not known, the oldest and the newest stand for all. */
export function possibleReleases({ django }: Pick<DjangoProject, "django">): readonly Release[] {
  return django === undefined ? [OLDEST, newestRelease] : [django.version];
}

/** Whether Django reports a check, world by world; `undefined` for too many. */
function checkAnswers(scope: CheckScope, id: string): readonly (boolean | undefined)[] | undefined {
  const checks = djangoChecks.filter((check) => check.id === id);
  return inEachWorld(scope, (settings) => {
    const { reported, open } = runChecks(checks, settings);
    return reported.length > 0 ? true : open.length > 0 ? undefined : false;
  });
}

/** One point at which worlds part: which of some ways was taken. */
interface Choice {
  readonly taken: number;
  readonly ways: number;
  /** The test that was decided; `undefined` for alternatives that no test tells apart. */
  readonly test: number | undefined;
}

/** The choices of the next world, depth first; `undefined` after the last. */
function followingChoices(choices: readonly Choice[]): readonly Choice[] | undefined {
  const last = choices.findLastIndex(({ taken, ways }) => taken + 1 < ways);
  const choice = choices[last];
  return choice === undefined ? undefined : [...choices.slice(0, last), { ...choice, taken: choice.taken + 1 }];
}

/** One world: takes the given choices, and the first way wherever more have to be made. */
class World {
  readonly choices: Choice[];
  readonly settings: CheckedSettings;
  /** False when a setting turns out to have no outcome in this combination. */
  isPossible = true;
  private made = 0;
  private readonly decided = new Map<number, boolean>();
  private readonly chosen = new Map<string, Outcome | undefined>();
  private readonly scope: CheckScope;

  constructor(scope: CheckScope, choices: readonly Choice[]) {
    this.scope = scope;
    this.choices = [...choices];
    const { code, django, variable } = scope;
    const value = (name: string): Value => this.value(name);
    this.settings = {
      django,
      value,
      isOverridden: (name) => {
        const outcome = this.outcome(name);
        return outcome === undefined || outcome.value.kind === "unknown" ? undefined : outcome.value.kind !== "unset";
      },
      installs: (app) => code.installs(value("INSTALLED_APPS"), app),
      isFolder: (path) => code.isFolder(path),
      canImport: (dotted) => code.canImport(dotted),
      isSubclass: (dotted, base) => code.isSubclass(dotted, base),
      tagModules: (entry) => code.tagModules(entry),
      mentions: (text) => code.mentions(text),
      view: (dotted) => code.view(dotted),
      variable,
    };
  }

  private value(name: string): Value {
    const outcome = this.outcome(name);
    if (outcome === undefined) return unknown("overwritten", `${name}, which has no value in this combination`);
    return outcome.value.kind === "unset" ? (defaultOf(name, this.scope.django) ?? outcome.value) : outcome.value;
  }

  private outcome(name: string): Outcome | undefined {
    if (this.chosen.has(name)) return this.chosen.get(name);
    const outcome = this.choose(this.scope.outcomes(name));
    this.chosen.set(name, outcome);
    if (outcome === undefined) this.isPossible = false;
    return outcome;
  }

  /** Decides tests until one outcome is left, then takes the alternatives inside of it. */
  private choose(outcomes: readonly Outcome[]): Outcome | undefined {
    const left = outcomes.filter(({ guard }) => guard.every((one) => this.decided.get(one.test.id) !== !one.holds));
    const open = left.flatMap(({ guard }) => guard).find(({ test }) => !this.decided.has(test.id));
    if (open !== undefined) {
      this.decided.set(open.test.id, this.take(2, open.test.id) === 0);
      return this.choose(left);
    }
    const one = left.length > 1 ? left[this.take(left.length, undefined)] : left[0];
    return one?.value.kind === "choice" ? this.choose(alternativesOf(one, one.value)) : one;
  }

  private take(ways: number, test: number | undefined): number {
    const choice = this.choices[this.made] ?? { taken: 0, ways, test };
    this.choices[this.made] = choice;
    this.made += 1;
    return choice.taken;
  }
}

function alternativesOf(outcome: Outcome, { test, yes, no }: Extract<Value, { kind: "choice" }>): readonly Outcome[] {
  const guarded = (holds: boolean): Guard => [...outcome.guard, { test, holds }];
  return [
    { ...outcome, guard: guarded(true), value: yes },
    { ...outcome, guard: guarded(false), value: no },
  ];
}
