import type { EntryModule } from "../lint/rule";
import { shownName } from "../python/semantics/describe";
import type { Cast, EnvironmentLibrary, Outcome, Step, Value } from "../python/values/value";
import { libraries } from "../python/libraries";
import { describeGuard } from "../python/semantics/describe";
import { describeValue } from "./describeValue";
import { pythonLiteral } from "./pythonLiteral";
import type { Redactor } from "../lint/redaction/redactor";

/**
 * `known`: certainly this value. `object`: certainly this, but it is or holds an object that no Python literal can write: a class,
 * a function, `timedelta(days=1)`. `environment`: depends on environment variables and on nothing else that is not known.
 * `one-of`: several values, each under its own conditions. `unknown`: cannot be told without running. `unset`: not set.
 */
export type Status = "known" | "object" | "environment" | "one-of" | "unknown" | "unset";

export interface ShownSetting {
  readonly name: string;
  readonly status: Status;
  /** A Python literal; present exactly when the status is `known`. */
  readonly python: string | undefined;
  /** The value held a secret; a mask stands in `python` and in the outcomes. */
  readonly masked: boolean;
  readonly outcomes: readonly ShownOutcome[];
  /** The step that gave the value: the last assignment; `undefined` for a name that was only ever imported from outside. */
  readonly origin: Step | undefined;
  readonly steps: readonly Step[];
}

export interface ShownOutcome {
  readonly status: Status;
  readonly python: string | undefined;
  readonly text: string;
  readonly when: string;
  readonly variables: readonly ShownVariable[];
  readonly causes: readonly string[];
  readonly steps: readonly Step[];
  /** A module outside of the workspace may replace the value here. */
  readonly overridable: Step | undefined;
}

export interface ShownVariable {
  readonly name: string;
  readonly library: EnvironmentLibrary;
  readonly cast: Cast;
  /** The fallback as a Python literal, where there is one and it is known. */
  readonly fallback: string | undefined;
}

/** The settings that Django takes from a module: names in upper case (`name.isupper()` in `django.conf.Settings`), in alphabetical order. */
export function settingsOf(entry: EntryModule, redactor: Redactor | undefined): readonly ShownSetting[] {
  return entry.evaluation.names
    .filter(isSettingName)
    .toSorted()
    .map((name) => shownSetting(name, entry.evaluation.outcomes(name), redactor))
    .filter((setting) => setting.status !== "unset");
}

/** Python's `str.isupper()`: at least one cased character, and none that is lower case. */
export function isSettingName(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase();
}

/** How one setting is shown. Without a redactor, secrets are shown. */
export function shownSetting(name: string, outcomes: readonly Outcome[], redactor: Redactor | undefined): ShownSetting {
  const texts = new Map(outcomes.map((outcome) => [outcome, pythonLiteral(outcome.value)]));
  const merged = mergeEqual(outcomes, texts);
  const shown = merged.map((outcome) => shownOutcome(name, outcome, redactor));
  const status = statusOfAll(shown);
  const steps = merged[0]?.steps ?? [];
  return {
    name,
    status,
    python: status === "known" ? shown[0]?.python : undefined,
    masked: redactor !== undefined && merged.some(({ value }) => redactor.cleanValue(value, name) !== value),
    outcomes: shown,
    origin: originOf(steps),
    steps,
  };
}

/** Several alternatives of which none is known are no answer. */
function statusOfAll(outcomes: readonly ShownOutcome[]): Status {
  const [first, ...others] = outcomes;
  if (first === undefined) return "unset";
  return others.some(({ status }) => status !== first.status || status !== "unknown") ? "one-of" : first.status;
}

/** Outcomes with the same known value are one, whatever leads to them. */
function mergeEqual(outcomes: readonly Outcome[], texts: ReadonlyMap<Outcome, string | undefined>): readonly Outcome[] {
  const seen = new Map<string, Outcome>();
  const merged: Outcome[] = [];
  for (const outcome of outcomes) {
    const text = texts.get(outcome);
    const equal = text === undefined ? undefined : seen.get(text);
    if (equal === undefined) {
      merged.push(outcome);
      if (text !== undefined) seen.set(text, outcome);
    } else merged[merged.indexOf(equal)] = { ...equal, guard: [] };
  }
  return merged.length === 1 && merged[0] !== undefined ? [{ ...merged[0], guard: [] }] : merged;
}

function shownOutcome(name: string, outcome: Outcome, redactor: Redactor | undefined): ShownOutcome {
  const value = redactor === undefined ? outcome.value : redactor.cleanValue(outcome.value, name);
  const clean = (text: string): string => (redactor === undefined ? text : redactor.clean(text));
  const contents = new Contents();
  contents.visit(value, 0);
  const literal = pythonLiteral(value);
  const status = literal === undefined ? contents.status(value) : "known";
  return {
    status,
    python: literal,
    text: clean(describeValue(value)),
    when: clean(describeGuard(outcome.guard)),
    variables: [...contents.variables.values()],
    causes: [...contents.causes].map(clean),
    steps: outcome.steps,
    overridable: outcome.overridable,
  };
}

/** The assignment (or, where there is none, the change) that supplied the value: later imports only carry it. */
function originOf(steps: readonly Step[]): Step | undefined {
  return steps.findLast((step) => step.kind === "assignment") ?? steps.findLast((step) => step.kind !== "import");
}

/** Deeper than any settings value that a person wrote. */
const MAX_DEPTH = 40;

/** What a value is made of: environment variables, alternatives, things that cannot be known. */
class Contents {
  readonly variables = new Map<string, ShownVariable>();
  readonly causes = new Set<string>();
  private hasChoice = false;
  private hasObject = false;

  status(value: Value): Status {
    if (value.kind === "unset") return "unset";
    if (this.causes.size > 0) return "unknown";
    if (this.hasChoice) return "one-of";
    if (this.variables.size > 0) return "environment";
    return this.hasObject ? "object" : "unknown";
  }

  visit(value: Value, depth: number): void {
    if (depth > MAX_DEPTH) return;
    switch (value.kind) {
      case "environment":
        this.variables.set(value.variable, {
          name: value.variable,
          library: value.library,
          cast: value.cast,
          fallback: value.fallback === undefined ? undefined : pythonLiteral(value.fallback),
        });
        if (value.fallback !== undefined) this.visit(value.fallback, depth + 1);
        return;
      case "derived":
        for (const input of value.inputs) this.visit(input, depth + 1);
        return;
      case "choice":
        this.hasChoice = true;
        this.visit(value.yes, depth + 1);
        this.visit(value.no, depth + 1);
        return;
      case "list":
      case "tuple":
      case "set":
      case "frozenset":
        for (const item of value.items) this.visit(item.value, depth + 1);
        return;
      case "dict":
        for (const entry of value.entries) {
          if (entry.key !== undefined) this.visit(entry.key, depth + 1);
          this.visit(entry.value, depth + 1);
        }
        return;
      case "unknown":
        this.causes.add(value.because.text);
        return;
      case "opaque":
        if (libraries.isConstructor(value.callee)) this.hasObject = true;
        else this.causes.add(`object of ${value.callee}`);
        for (const given of [...value.args, ...value.keywords.values()]) this.visit(given, depth + 1);
        return;
      case "external":
        if (libraries.isClass(value.name)) this.hasObject = true;
        else this.causes.add(value.name);
        return;
      case "model":
        this.causes.add(shownName(value));
        return;
      case "module":
      case "function":
      case "class":
        this.hasObject = true;
        return;
      case "reference":
        this.causes.add("an object");
        return;
      default:
    }
  }
}
