import { recorded, Recording } from "../values/recording";
import type { Outcome, Step } from "../values/value";
import type { Binding } from "./evaluation";
import { cellsOf, isAsBefore, type Cells } from "./executions";
import { changedBindings, type EvaluationChange } from "./evaluationChanges";
import type { Machine } from "./machine";
import type { State } from "./state";

/** What was told of a name. */
export interface Told {
  readonly outcomes: readonly Outcome[];
  /** What it was told from; `undefined` where that is more than can be compared. */
  readonly reads: Cells | undefined;
}

/** An evaluation that has ended, as far as its outcomes are told from it. */
export interface Ended {
  /** Stands for it. */
  readonly mark: object;
  readonly machine: Machine;
  readonly state: State;
  readonly scope: number;
  /** Whether the marks of single names are looked at, which is then one of the things that each outcome is told from. */
  readonly hasOverridableNames: boolean;
  readonly bindings: readonly Binding[];
  /** The changes in place, in the order in which they happened. */
  order(): ReadonlyMap<Step, number>;
}

/** What an evaluation can tell from what the one before told. */
export interface Kept {
  readonly told: Map<string, Told>;
  /** How it came from the one before, and what stands for that. */
  readonly change: (EvaluationChange & { readonly from: object }) | undefined;
}

/** Names may be asked for that are not bound: those that somebody was about to write among them. */
const MAX_OTHER_NAMES = 2000;

/**
 * The outcomes of names as earlier evaluations of the same module have told them: the same objects as long as what they were told
 * from is the same, so that whoever has asked sees at once that nothing has changed.
 */
export class RememberedOutcomes {
  private last: Pick<Ended, "mark" | "scope" | "hasOverridableNames" | "bindings"> | undefined;
  private told = new Map<string, Told>();
  private names: readonly string[] = [];

  /** The names of an evaluation: those of the one before, where they are the same. */
  namesLike(names: readonly string[]): readonly string[] {
    const isSame = names.length === this.names.length && names.every((name, index) => name === this.names[index]);
    if (!isSame) this.names = names;
    return this.names;
  }

  /** What is still so in an evaluation that has just ended. It adds to it what else it tells. */
  keptIn(ended: Ended): Kept {
    const { last, told } = this;
    const { machine, state, mark, scope, hasOverridableNames, bindings } = ended;
    const isAlike =
      last?.scope === scope &&
      last.hasOverridableNames === hasOverridableNames &&
      told.size <= this.names.length + MAX_OTHER_NAMES;
    this.last = { mark, scope, hasOverridableNames, bindings };
    this.told = new Map();
    if (!isAlike) return { told: this.told, change: undefined };
    const names = new Set<string>();
    for (const [name, known] of told)
      if (known.reads !== undefined && isAsBefore(machine, state, known.reads) && areInOrder(known.outcomes, ended))
        this.told.set(name, known);
      else names.add(name);
    return { told: this.told, change: { from: last.mark, names, ...changedBindings(last.bindings, bindings) } };
  }
}

/** What is told, with what it is told from. */
export function toldFrom(tell: () => readonly Outcome[]): Told {
  const recording = new Recording();
  const outcomes = recorded(recording, tell);
  return { outcomes, reads: recording.isRepeatable ? cellsOf(recording.reads) : undefined };
}

/** Whether changes in place are told in the order in which they happen now: their statements may have changed places. */
function areInOrder(outcomes: readonly Outcome[], ended: Ended): boolean {
  for (const { steps } of outcomes) {
    let last = -1;
    for (const step of steps) {
      if (step.kind !== "mutation") continue;
      const at = ended.order().get(step) ?? -1;
      if (at < last) return false;
      last = at;
    }
  }
  return true;
}
