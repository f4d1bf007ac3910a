import { defaultOf } from "../django/facts";
import { truthOf } from "../python/semantics/operators";
import { resolve, resolveTest, type ReadVariable } from "../python/semantics/resolve";
import type { Decision, Outcome, Site, Value } from "../python/values/value";
import { describeGuard, type WorldView } from "./production";
import { variablesOf } from "./environmentReads";
import type { EffectiveSetting, Proof, VariableSource } from "./setting";

const ALL_UNSET: ReadVariable = () => ({ set: false });

/** What a setting needs to know of where it is asked. */
export interface SettingScope {
  readonly view: WorldView;
  /** The project's Django release, for the defaults. */
  readonly django: readonly [number, number] | undefined;
  /** Where a finding about an unset setting stands. */
  readonly headSite: Site;
}

/** A value for which a predicate holds, and the deployment's variables that it took. */
interface Proven {
  readonly value: Value;
  readonly deployed: readonly VariableSource[];
}

/** One name's outcomes in an entry module, seen through a view. */
export class EffectiveSettingImpl implements EffectiveSetting {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  readonly isUnset: boolean;
  private readonly scope: SettingScope;

  constructor(name: string, scope: SettingScope) {
    this.name = name;
    this.scope = scope;
    this.outcomes = scope.view.outcomes(name);
    this.isUnset = this.outcomes.every((outcome) => outcome.value.kind === "unset");
  }

  judge(isBad: (value: Value) => boolean): Proof | undefined {
    const { view } = this.scope;
    const read: ReadVariable = (name) => (view.isDeployed(name) ? view.variables(name) : { set: false });
    return this.mustBe(isBad) ?? this.withoutVariables(isBad, read);
  }

  mustBe(holds: (value: Value) => boolean): Proof | undefined {
    const proven = this.outcomes.map((outcome) => this.proven(outcome, holds));
    const first = this.outcomes.findIndex((outcome) => outcome.steps.length > 0);
    const at = first < 0 ? 0 : first;
    const outcome = this.outcomes[at];
    const shown = proven[at];
    if (outcome === undefined || shown === undefined || proven.includes(undefined)) return undefined;
    const overridable = this.outcomes.find((one) => one.overridable !== undefined)?.overridable;
    const deployed = proven.flatMap((one) => one?.deployed ?? []);
    const isFirst = (one: VariableSource, index: number): boolean =>
      deployed.findIndex(({ variable }) => variable === one.variable) === index;
    return this.proof(outcome, shown.value, { overridable, deployed: deployed.filter(isFirst) });
  }

  certainly(holds: (value: Value) => boolean): boolean {
    return this.mustBe(holds) !== undefined;
  }

  mayBe(holds: (value: Value) => boolean): Proof | undefined {
    for (const outcome of this.outcomes) {
      const proven = this.proven(outcome, holds);
      if (proven !== undefined) return this.proofFor(outcome, proven.value, { deployed: proven.deployed });
    }
    return undefined;
  }

  whenMissing(holds: (value: Value) => boolean): Proof | undefined {
    return this.withoutVariables(holds, ALL_UNSET);
  }

  proofs(): readonly Proof[] {
    return this.outcomes
      .map((outcome) => this.proofFor(outcome, this.withDefault(outcome.value)))
      .filter((proof) => proof !== undefined);
  }

  proofOf(outcome: Outcome): Proof | undefined {
    const source = this.sourceOf(outcome);
    return source && this.proofFor(source, this.withDefault(source.value));
  }

  read(how: "missing" | "deployed"): readonly Outcome[] {
    return this.readWith(how === "missing" ? ALL_UNSET : this.scope.view.variables);
  }

  private readWith(read: ReadVariable): readonly Outcome[] {
    return this.outcomes.flatMap((outcome) => {
      if (outcome.guard.some(({ test, holds }) => resolveTest(test, read) === !holds)) return [];
      const guard = outcome.guard.filter(({ test }) => resolveTest(test, read) === undefined);
      return alternatives({ ...outcome, guard, value: resolve(this.withDefault(outcome.value), read) });
    });
  }

  /** The value for which `holds` is true: as it is, or as production's deployment files make it. */
  private proven(outcome: Outcome, holds: (value: Value) => boolean): Proven | undefined {
    const { view } = this.scope;
    const value = this.withDefault(outcome.value);
    if (holds(value)) return { value, deployed: [] };
    const used = new Set<string>();
    const resolved = resolve(value, (name) => {
      const state = view.variables(name);
      if (state !== undefined) used.add(name);
      return state;
    });
    const arms = alternatives({ ...outcome, value: resolved });
    if (arms[0] === undefined || !arms.every((one) => holds(one.value))) return undefined;
    return {
      value: arms[0].value,
      deployed: [...used].map((variable) => ({ variable, site: view.sourceOf(variable) })),
    };
  }

  private withoutVariables(holds: (value: Value) => boolean, read: ReadVariable): Proof | undefined {
    const missing = variablesOf(this.outcomes).filter((name) => read(name)?.set === false);
    const outcomes = this.readWith(read);
    const [first] = outcomes;
    if (first === undefined || missing.length === 0 || !outcomes.every(({ value }) => holds(value))) return undefined;
    const source = this.sourceOf(first);
    return source && this.proofFor(source, first.value, { missing });
  }

  /** The outcome that one of {@link read} was made of. */
  private sourceOf({ steps, overridable }: Outcome): Outcome | undefined {
    return this.outcomes.find((one) => one.steps === steps && one.overridable === overridable);
  }

  private withDefault(value: Value): Value {
    return value.kind === "unset" ? (defaultOf(this.name, this.scope.django) ?? value) : value;
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
    return {
      setting: this.name,
      outcome,
      value,
      steps: isSet ? outcome.steps : [],
      origin: isSet ? origin : undefined,
      site: isSet && origin !== undefined ? { file: origin.site.file, range: origin.target } : this.scope.headSite,
      overridable: undefined,
      when: "",
      deployed: [],
      missing: [],
      ...more,
    };
  }
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
