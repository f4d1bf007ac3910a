import { defaultOf } from "../django/facts";
import { truthOf } from "../python/operators";
import { resolve, resolveTest, type ReadVariable } from "../python/resolve";
import type { Decision, Outcome, Site, Step, Value } from "../python/value";
import { describeGuard, type WorldView } from "./production";
import type { EffectiveSetting, Proof } from "./setting";

const ALL_UNSET: ReadVariable = () => ({ set: false });

/** What a setting needs to know of where it is asked. */
export interface SettingScope {
  readonly view: WorldView;
  /** The project's Django release, for the defaults. */
  readonly django: readonly [number, number] | undefined;
  /** Where a finding about an unset setting stands. */
  readonly headSite: Site;
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

  mustBe(holds: (value: Value) => boolean): Proof | undefined {
    const values = this.outcomes.map((outcome) => this.proven(outcome, holds));
    const first = this.outcomes.findIndex((outcome) => outcome.steps.length > 0);
    const at = first < 0 ? 0 : first;
    const outcome = this.outcomes[at];
    const value = values[at];
    if (outcome === undefined || value === undefined || values.includes(undefined)) return undefined;
    const overridable = this.outcomes.find((one) => one.overridable !== undefined)?.overridable;
    return this.proof(outcome, value, overridable, "");
  }

  mayBe(holds: (value: Value) => boolean): Proof | undefined {
    for (const outcome of this.outcomes) {
      const value = this.proven(outcome, holds);
      if (value === undefined) continue;
      return this.proof(outcome, value, outcome.overridable, describeGuard(outcome.guard, this.scope.view));
    }
    return undefined;
  }

  read(how: "missing" | "deployed"): readonly Outcome[] {
    const read = how === "missing" ? ALL_UNSET : this.scope.view.variables;
    return this.outcomes.flatMap((outcome) => {
      if (outcome.guard.some(({ test, holds }) => resolveTest(test, read) === !holds)) return [];
      const guard = outcome.guard.filter(({ test }) => resolveTest(test, read) === undefined);
      return alternatives({ ...outcome, guard, value: resolve(this.withDefault(outcome.value), read) });
    });
  }

  /** The value for which `holds` is true: as it is, or as production's deployment files make it. */
  private proven(outcome: Outcome, holds: (value: Value) => boolean): Value | undefined {
    const value = this.withDefault(outcome.value);
    if (holds(value)) return value;
    const deployed = alternatives({ ...outcome, value: resolve(value, this.scope.view.variables) });
    return deployed.every((one) => holds(one.value)) ? deployed[0]?.value : undefined;
  }

  private withDefault(value: Value): Value {
    return value.kind === "unset" ? (defaultOf(this.name, this.scope.django) ?? value) : value;
  }

  private proof(outcome: Outcome, value: Value, overridable: Step | undefined, when: string): Proof | undefined {
    const origin = outcome.steps.findLast((step) => step.kind === "assignment") ?? outcome.steps.at(-1);
    // A finding has to stand where somebody can act.
    if (origin?.isGeneric === true) return undefined;
    const isSet = outcome.value.kind !== "unset";
    return {
      outcome,
      value,
      steps: isSet ? outcome.steps : [],
      origin: isSet ? origin : undefined,
      site: isSet && origin !== undefined ? { file: origin.site.file, range: origin.target } : this.scope.headSite,
      overridable,
      when,
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
