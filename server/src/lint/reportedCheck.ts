import type { CheckedSettings, DjangoCheck } from "../django/checks/check";
import { runChecks } from "../django/checks/check";
import { djangoChecks } from "../django/checks";
import type { FoundView } from "../django/dottedPaths";
import { newestRelease, type Release } from "../django/facts";
import { unknown, UNSET, type Value } from "../python/value";
import type { EffectiveSetting } from "./setting";

/** How many combinations of outcomes are tried before the answer is left open. */
const MAX_WORLDS = 64;

/** Of which settings it is asked what Django reports. */
export interface CheckScope {
  readonly django: Release | undefined;
  readonly setting: (name: string) => EffectiveSetting;
  readonly view: (dotted: string) => FoundView;
  /** What the settings leave under a variable: `Evaluation.exported`. */
  readonly exported: (variable: string) => Value;
}

/**
 * The first of some ids that Django's checks report about a module, as it is deployed. `null`: certainly none of them is;
 * `undefined`: the settings are not known well enough. A combination of outcomes that cannot happen counts like any other.
 */
export function reportedCheck(ids: readonly string[], scope: CheckScope): string | null | undefined {
  const answers = ids.map((id) => ({
    id,
    answer: answerOf(
      djangoChecks.find((check) => check.id === id),
      scope,
    ),
  }));
  const reported = answers.find(({ answer }) => answer === true);
  if (reported !== undefined) return reported.id;
  return answers.every(({ answer }) => answer === false) ? null : undefined;
}

/** Whether a check reports in every world, or in none. */
function answerOf(check: DjangoCheck | undefined, scope: CheckScope): boolean | undefined {
  if (check === undefined) return undefined;
  const worlds = new Worlds(scope);
  const answers = new Set<boolean | undefined>();
  do {
    const { reported, open } = runChecks([check], worlds.settings);
    answers.add(open.length > 0 ? undefined : reported.length > 0);
  } while (answers.size === 1 && !answers.has(undefined) && worlds.next());
  const [first] = answers;
  return answers.size === 1 && worlds.isComplete ? first : undefined;
}

/** Goes through the combinations of the outcomes of the settings that are asked for. */
class Worlds {
  readonly settings: CheckedSettings;
  private readonly values = new Map<string, readonly Value[]>();
  private readonly chosen = new Map<string, number>();
  private seen = 1;

  constructor({ django, setting, view, exported }: CheckScope) {
    const open = (): undefined => undefined;
    this.settings = {
      django: django ?? newestRelease,
      value: (name) => this.valueOf(setting(name)),
      isOverridden: (name) => {
        const isSet = new Set(setting(name).outcomes.map(({ value }) => value.kind !== "unset"));
        return isSet.size === 1 ? isSet.has(true) : undefined;
      },
      ...{ installs: open, isFolder: open, canImport: open, isSubclass: open, tagModules: open, mentions: open },
      view,
      variable: (name) => variableOf(exported(name), name),
    };
  }

  /** Whether nothing was left out. */
  get isComplete(): boolean {
    return this.seen <= MAX_WORLDS;
  }

  /** Goes on to another combination, if there is one. */
  next(): boolean {
    this.seen += 1;
    if (!this.isComplete) return false;
    for (const [name, values] of this.values) {
      const index = ((this.chosen.get(name) ?? 0) + 1) % values.length;
      this.chosen.set(name, index);
      if (index > 0) return true;
    }
    this.seen -= 1;
    return false;
  }

  private valueOf(setting: EffectiveSetting): Value {
    let values = this.values.get(setting.name);
    if (values === undefined) {
      values = setting.read("deployed").map(({ value }) => value);
      this.values.set(setting.name, values);
    }
    return values[this.chosen.get(setting.name) ?? 0] ?? unknown("overwritten", setting.name);
  }
}

/** What the real environment has is not known; a variable that the settings set if it is not set yet counts as set by them. */
function variableOf(exported: Value, name: string): Value {
  if (exported.kind === "none") return UNSET;
  if (exported.kind === "environment") return exported.fallback ?? exported;
  return exported.kind === "unset" ? unknown("environment", name) : exported;
}
