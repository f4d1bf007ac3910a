import { defaultOf } from "../django/facts";
import type { Redactor } from "../lint/redaction/redactor";
import type { Outcome, Step } from "../python/values/value";
import { shownSetting, type ShownSetting } from "./effectiveSettings";
import type { Environment } from "./environments";

/** Environments that get the same of a setting. */
export interface ValueGroup {
  readonly environments: readonly Environment[];
  /** What they get, Django's default where they do not set it. Secrets are masked. */
  readonly shown: ShownSetting;
  readonly outcomes: readonly Outcome[];
  /** No module sets it. */
  readonly isDefault: boolean;
  /** The step that gave the value; `undefined` where no module of the workspace did. */
  readonly step: Step | undefined;
}

/** What values depend on beside the evaluations. */
export interface ValueContext {
  readonly redactor: Redactor;
  /** The project's Django release, for the defaults. */
  readonly django: readonly [number, number] | undefined;
}

/** What environments get of a setting, equal ones together, in their order. */
export function valueGroups(
  environments: readonly Environment[],
  setting: string,
  context: ValueContext,
): readonly ValueGroup[] {
  const groups = new Map<string, { environments: Environment[]; first: Effective }>();
  for (const environment of environments) {
    const own = effective(environment.entry.evaluation.outcomes(setting), setting, context);
    const known = groups.get(own.fingerprint);
    if (known === undefined) groups.set(own.fingerprint, { environments: [environment], first: own });
    else {
      known.environments.push(environment);
      // Where one of them writes what another gets by default, people want to be led to where it is written.
      if (known.first.isDefault) known.first = own;
    }
  }
  return [...groups.values()].map(({ environments: own, first }) => ({
    environments: own,
    shown: first.shown,
    outcomes: first.outcomes,
    isDefault: first.isDefault,
    step: first.shown.steps.findLast(({ kind }) => kind !== "import"),
  }));
}

interface Effective {
  readonly shown: ShownSetting;
  readonly outcomes: readonly Outcome[];
  readonly isDefault: boolean;
  readonly fingerprint: string;
}

/** Kept while the outcomes are the same objects, which they are as long as what they were told from is. */
const known = new WeakMap<readonly Outcome[], { readonly context: ValueContext; readonly effective: Effective }>();

function effective(outcomes: readonly Outcome[], setting: string, context: ValueContext): Effective {
  const before = known.get(outcomes);
  if (before?.context.redactor === context.redactor && before.context.django?.join() === context.django?.join())
    if (before.effective.shown.name === setting) return before.effective;
  const fallback = defaultOf(setting, context.django);
  const used =
    fallback === undefined
      ? outcomes
      : outcomes.map((each) => (each.value.kind === "unset" ? { ...each, value: fallback } : each));
  const shown = shownSetting(setting, used, context.redactor);
  const isDefault = outcomes.every(({ value }) => value.kind === "unset");
  const found = { shown, outcomes: used, isDefault, fingerprint: fingerprintOf(shown) };
  known.set(outcomes, { context, effective: found });
  return found;
}

/** Two settings with the same one are the same value; secrets that are masked are told apart by where they are set. */
export function fingerprintOf(setting: ShownSetting | undefined): string {
  if (setting === undefined) return "";
  const values = setting.outcomes.map((outcome) => `${outcome.text} if ${outcome.when}`).join("\n");
  const place = setting.masked && setting.origin !== undefined ? setting.origin : undefined;
  return place === undefined ? values : `${values} ${place.site.file}:${place.target.start}`;
}
