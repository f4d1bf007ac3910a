import { defaultOf } from "../django/facts";
import { truthOf } from "../python/semantics/operators";
import { resolve, resolveTest, type ReadVariable } from "../python/semantics/resolve";
import { unknown, UNSET, type Decision, type Outcome, type Site, type Value } from "../python/values/value";
import { describeGuard, isSetByPlatform, type WorldView } from "./production";
import { dataPlaceOf, type DataPlace } from "../python/values/dataPlaces";
import { environmentReads, variablesOf } from "./environmentReads";
import type { DataSite, EffectiveSetting, Judged, JudgedPart, Proof, VariableSource } from "./setting";

const ALL_UNSET: ReadVariable = () => ({ set: false });

/** What a setting needs to know of where it is asked. */
export interface SettingScope {
  readonly view: WorldView;
  /** The project's Django release, for the defaults. */
  readonly django: readonly [number, number] | undefined;
  /** Where a finding stands while the setting is not set. */
  readonly absentSite: () => Site;
  /** Where a file of settings has a value now. */
  readonly dataSite: (place: DataPlace) => DataSite | undefined;
}

/** A value for which a predicate holds, and the deployment's variables that it took. */
interface Proven {
  readonly value: Value;
  readonly deployed: readonly string[];
}

/** A way to read an outcome: some of its variables are as deployment files set them, or missing. */
interface Reading {
  readonly names: readonly string[];
  readonly known: ReadVariable;
  readonly state: "deployed" | "missing";
}

/** One name's outcomes in an entry module, seen through a view. */
export class EffectiveSettingImpl implements EffectiveSetting {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  readonly isUnset: boolean;
  private readonly scope: SettingScope;
  /** Django's checks ask in every world. */
  private readonly readings: { missing?: readonly Outcome[]; deployed?: readonly Outcome[] } = {};

  constructor(name: string, scope: SettingScope) {
    this.name = name;
    this.scope = scope;
    this.outcomes = this.withoutOverrides(scope.view.outcomes(name));
    this.isUnset = this.outcomes.every((outcome) => outcome.value.kind === "unset" && !mayBeBound(outcome));
  }

  judge(isBad: (value: Value) => boolean): Proof | undefined {
    return this.mustBe(isBad) ?? this.whileMissing(isBad, this.forgettable, this.scope.view.variables);
  }

  judgeParts<Part extends JudgedPart>(badParts: (value: Value) => readonly Part[]): readonly Judged<Part>[] {
    return this.outcomes.flatMap((outcome) => {
      const found = new Map<string, Judged<Part>>();
      for (const reading of this.readingsOf(outcome)) {
        for (const part of this.partsIn(outcome, reading.known, badParts)) {
          const proof = found.has(part.key) ? undefined : this.proofOfPart(outcome, part, { reading, badParts });
          if (proof !== undefined) found.set(part.key, { part, proof });
        }
      }
      return [...found.values()];
    });
  }

  mustBe(holds: (value: Value) => boolean): Proof | undefined {
    const proven = this.outcomes.map((outcome) => this.proven(outcome, holds));
    const first = this.outcomes.findIndex((outcome) => outcome.steps.length > 0);
    const at = first < 0 ? 0 : first;
    const outcome = this.outcomes[at];
    const shown = proven[at];
    if (outcome === undefined || shown === undefined || proven.includes(undefined)) return undefined;
    const overridable = this.outcomes.find((one) => one.overridable !== undefined)?.overridable;
    const deployed = [...new Set(proven.flatMap((one) => one?.deployed ?? []))];
    return this.proof(outcome, shown.value, { overridable, deployed: this.sourcesOf(deployed) });
  }

  certainly(holds: (value: Value) => boolean): boolean {
    return this.mustBe(holds) !== undefined;
  }

  mayBe(holds: (value: Value) => boolean): Proof | undefined {
    for (const outcome of this.outcomes) {
      const proven = this.proven(outcome, holds);
      if (proven !== undefined)
        return this.proofFor(outcome, proven.value, { deployed: this.sourcesOf(proven.deployed) });
    }
    return undefined;
  }

  whenMissing(holds: (value: Value) => boolean): Proof | undefined {
    return this.whileMissing(
      holds,
      () => true,
      () => undefined,
    );
  }

  proofs(): readonly Proof[] {
    return this.outcomes
      .map((outcome) => this.proofFor(outcome, this.withDefault(outcome)))
      .filter((proof) => proof !== undefined);
  }

  proofOf(outcome: Outcome): Proof | undefined {
    const source = this.sourceOf(outcome);
    return source && this.proofFor(source, this.withDefault(source));
  }

  read(how: "missing" | "deployed"): readonly Outcome[] {
    return (this.readings[how] ??= this.readWith(how === "missing" ? ALL_UNSET : this.scope.view.variables));
  }

  private readWith(read: ReadVariable): readonly Outcome[] {
    return this.outcomes.flatMap((outcome) => {
      if (outcome.guard.some(({ test, holds }) => resolveTest(test, read) === !holds)) return [];
      const guard = outcome.guard.filter(({ test }) => resolveTest(test, read) === undefined);
      return alternatives({ ...outcome, guard, value: resolve(this.withDefault(outcome), read) });
    });
  }

  /** The value for which `holds` is true: as it is, or as production's deployment files make it. */
  private proven(outcome: Outcome, holds: (value: Value) => boolean): Proven | undefined {
    const { view } = this.scope;
    const value = this.withDefault(outcome);
    if (holds(value)) return { value, deployed: [] };
    const resolvedWith = (names: ReadonlySet<string>): readonly Outcome[] => {
      const read: ReadVariable = (name) => (names.has(name) ? view.variables(name) : undefined);
      return alternatives({ ...outcome, value: resolve(value, read) });
    };
    const isProven = (names: ReadonlySet<string>): boolean => {
      const arms = resolvedWith(names);
      return arms.length > 0 && arms.every((one) => holds(one.value));
    };
    const known = variablesOf([outcome]).filter((name) => view.variables(name) !== undefined);
    const deployed = smallest(known, isProven);
    const first = deployed && resolvedWith(deployed)[0];
    return deployed && first && { value: first.value, deployed: [...deployed] };
  }

  /**
   * Proof for what holds while some variables are missing and the others are as `otherwise` says. Only the variables without
   * which it would not hold are named, and never those whose absence turns DEBUG on: that is not production any more.
   */
  private whileMissing(
    holds: (value: Value) => boolean,
    mayMiss: (name: string) => boolean,
    otherwise: ReadVariable,
  ): Proof | undefined {
    const outcomesWith = (missing: ReadonlySet<string>) => this.readWith(withMissing(missing, otherwise));
    const missing = smallest(this.candidates(this.outcomes, mayMiss, otherwise), (names) => {
      const outcomes = outcomesWith(names);
      return outcomes.length > 0 && outcomes.every(({ value }) => holds(value));
    });
    if (missing === undefined || missing.size === 0) return undefined;
    const [first] = outcomesWith(missing);
    const source = first && this.sourceOf(first);
    return first && source && this.proofFor(source, first.value, { missing: [...missing] });
  }

  /** The variables that outcomes depend on and that production may lack with DEBUG still off. */
  private candidates(
    outcomes: readonly Outcome[],
    mayMiss: (name: string) => boolean,
    otherwise: ReadVariable,
  ): readonly string[] {
    const { view } = this.scope;
    const names = variablesOf(outcomes).filter(mayMiss);
    if (this.name === "DEBUG" || names.length === 0) return names;
    if (!view.turnsDebugOn(withMissing(new Set(names), otherwise))) return names;
    const deciding = new Set(variablesOf(view.outcomes("DEBUG")));
    return names.filter((name) => !deciding.has(name));
  }

  /** Whether production can lack a variable: deployment files do not set it, nor do platforms by themselves. */
  private readonly forgettable = (name: string): boolean => !this.scope.view.isDeployed(name) && !isSetByPlatform(name);

  /** The readings of one outcome, the most certain first. */
  private readingsOf(outcome: Outcome): readonly Reading[] {
    const { view } = this.scope;
    const deployed = variablesOf([outcome]).filter((name) => view.variables(name) !== undefined);
    const missing = this.candidates([outcome], this.forgettable, view.variables);
    const asWritten: Reading = { names: [], known: () => undefined, state: "deployed" };
    return [
      asWritten,
      ...(deployed.length === 0 ? [] : [{ names: deployed, known: view.variables, state: "deployed" as const }]),
      ...(missing.length === 0
        ? []
        : [{ names: missing, known: withMissing(new Set(missing), view.variables), state: "missing" as const }]),
    ];
  }

  /** The bad parts that an outcome has in all alternatives that variables leave open. */
  private partsIn<Part extends JudgedPart>(
    outcome: Outcome,
    read: ReadVariable,
    badParts: (value: Value) => readonly Part[],
  ): readonly Part[] {
    const arms = alternatives({ ...outcome, value: resolve(this.withDefault(outcome), read) });
    const [first = [], ...others] = arms.map(({ value }) => badParts(value));
    return first.filter(({ key }) => others.every((parts) => parts.some((one) => one.key === key)));
  }

  private proofOfPart<Part extends JudgedPart>(
    outcome: Outcome,
    part: Part,
    { reading, badParts }: { readonly reading: Reading; readonly badParts: (value: Value) => readonly Part[] },
  ): Proof | undefined {
    const { view } = this.scope;
    const isDeployed = reading.state === "deployed";
    const readWith = (names: ReadonlySet<string>): ReadVariable =>
      isDeployed ? (name) => (names.has(name) ? view.variables(name) : undefined) : withMissing(names, view.variables);
    const names = smallest(reading.names, (some) =>
      this.partsIn(outcome, readWith(some), badParts).some(({ key }) => key === part.key),
    );
    if (names === undefined) return undefined;
    const read = readWith(names);
    // The same variable that has to be missing may be what this outcome happens by.
    if (outcome.guard.some(({ test, holds }) => resolveTest(test, read) === !holds)) return undefined;
    const value = resolve(this.withDefault(outcome), read);
    const used = [...names];
    if (!isDeployed) return this.proofFor(outcome, value, { missing: used });
    return this.proofFor(outcome, value, { deployed: this.sourcesOf(used), missing: this.missingFor(outcome) });
  }

  /** The variables that have to be missing for an outcome to happen at all, where that is what it takes. */
  private missingFor(outcome: Outcome): readonly string[] {
    const { variables } = this.scope.view;
    const open = outcome.guard.filter(({ test }) => resolveTest(test, variables) === undefined);
    if (open.length === 0) return [];
    const names = this.candidates([{ ...outcome, value: UNSET, guard: open }], this.forgettable, variables);
    const missing = smallest(names, (some) =>
      open.every(({ test, holds }) => resolveTest(test, withMissing(some, variables)) === holds),
    );
    return [...(missing ?? [])];
  }

  /**
   * dynaconf lets a variable replace each setting, which hardly anybody does for most: one that no deployment file sets does not
   * count. That dynaconf may replace the setting is known of the outcome.
   */
  private withoutOverrides(outcomes: readonly Outcome[]): readonly Outcome[] {
    const reads = outcomes
      .flatMap(({ value }) => environmentReads(value))
      .filter(({ library }) => library === "dynaconf");
    const names = new Set(reads.map(({ variable }) => variable).filter((one) => !this.scope.view.isDeployed(one)));
    if (names.size === 0) return outcomes;
    const read = withMissing(names, () => undefined);
    return outcomes.flatMap((outcome) => {
      if (outcome.guard.some(({ test, holds }) => resolveTest(test, read) === !holds)) return [];
      const guard = outcome.guard.filter(({ test }) => resolveTest(test, read) === undefined);
      return [{ ...outcome, guard, value: resolve(outcome.value, read) }];
    });
  }

  /** What deployment files and the configuration say, and not what this product takes for granted. */
  private sourcesOf(all: readonly string[]): readonly VariableSource[] {
    const variables = all.filter((variable) => this.scope.view.isDeployed(variable));
    return variables.map((variable) => ({ variable, site: this.scope.view.sourceOf(variable) }));
  }

  /** The outcome that one of {@link read} was made of. */
  private sourceOf({ steps, overridable }: Outcome): Outcome | undefined {
    return this.outcomes.find((one) => one.steps === steps && one.overridable === overridable);
  }

  private withDefault(outcome: Outcome): Value {
    const { value, overridable } = outcome;
    if (mayBeBound(outcome)) return unknown("call", "a call that gets hold of the settings", overridable?.site);
    return value.kind === "unset" ? (defaultOf(this.name, this.scope.django) ?? value) : value;
  }

  dataOf(value: Value): DataSite | undefined {
    const place = dataPlaceOf(value);
    return place && this.scope.dataSite(place);
  }

  /** The proof about one outcome alone. */
  private proofFor(outcome: Outcome, value: Value, more: Partial<Proof> = {}): Proof | undefined {
    const when = describeGuard(outcome.guard, this.scope.view);
    return this.proof(outcome, value, { overridable: outcome.overridable, when, ...more });
  }

  private proof(outcome: Outcome, value: Value, more: Partial<Proof>): Proof | undefined {
    const origin = outcome.steps.findLast((step) => step.kind === "assignment") ?? outcome.steps.at(-1);
    // A finding has to stand where somebody can act.
    if (origin?.isGeneric === true) return undefined;
    const isSet = outcome.value.kind !== "unset";
    const data = this.dataOf(value);
    const written = isSet && origin !== undefined ? { file: origin.site.file, range: origin.target } : undefined;
    return {
      setting: this.name,
      outcome,
      value,
      steps: isSet ? outcome.steps : [],
      origin: isSet ? origin : undefined,
      site: data?.key ?? written ?? this.scope.absentSite(),
      data,
      overridable: undefined,
      when: "",
      deployed: [],
      missing: [],
      ...more,
    };
  }
}

function withMissing(missing: ReadonlySet<string>, otherwise: ReadVariable): ReadVariable {
  return (name) => (missing.has(name) ? { set: false } : otherwise(name));
}

/** Above this many variables all of them are named: each is tried, and each trial costs an evaluation. */
const MAX_TRIED = 20;

/**
 * Some of the names with which something holds and without any of which it does not; `undefined` where it does not hold with
 * all of them.
 */
function smallest(
  names: readonly string[],
  holds: (names: ReadonlySet<string>) => boolean,
): ReadonlySet<string> | undefined {
  if (!holds(new Set(names))) return undefined;
  if (names.length > MAX_TRIED) return new Set(names);
  let needed = names;
  for (const name of names) {
    const others = needed.filter((one) => one !== name);
    if (holds(new Set(others))) needed = others;
  }
  return new Set(needed);
}

/** A hook that got hold of the names may have bound the setting: that it is absent is not known. */
function mayBeBound({ value, overridable }: Outcome): boolean {
  return value.kind === "unset" && overridable?.isHook === true;
}

/** Splits an outcome whose value is a choice at the top into one outcome for each alternative. */
function alternatives(outcome: Outcome): readonly Outcome[] {
  const { value } = outcome;
  if (value.kind !== "choice") return [outcome];
  const arm = (holds: boolean): readonly Outcome[] => {
    const known = outcome.guard.find((decision) => decision.test.id === value.test.id);
    if (known !== undefined && known.holds !== holds) return [];
    const decision: Decision = { test: value.test, holds };
    const guard = known === undefined ? [...outcome.guard, decision] : outcome.guard;
    return alternatives({ ...outcome, guard, value: holds ? value.yes : value.no });
  };
  return [...arm(true), ...arm(false)];
}

/** Whether a value is certainly true, as Python's `if` has it. */
export function isTruthy(value: Value): boolean {
  return truthOf(value) === true;
}

/** Whether a value is certainly false, as Python's `if` has it. */
export function isFalsy(value: Value): boolean {
  return truthOf(value) === false;
}
