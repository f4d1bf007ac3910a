import { recorded, Recording } from "../values/recording";
import type { Outcome, Step } from "../values/value";
import type { Machine } from "./machine";
import { cellsOf, isAsBefore, type Cells } from "./executions";
import type { State } from "./state";

interface Answer {
  readonly outcomes: readonly Outcome[];
  readonly reads: Cells;
}

/**
 * The outcomes of names as earlier evaluations of the same module have told them: the same objects as long as what they were told
 * from is the same, so that whoever has asked sees at once that nothing has changed.
 */
export class RememberedOutcomes {
  private now = new Map<string, Answer>();
  private before = new Map<string, Answer>();

  private scope = -1;
  private hasOverridableNames = false;

  private names: readonly string[] = [];

  /**
   * Another evaluation has ended, with the module in a scope: what is not asked of two in a row is forgotten. `hasOverridableNames`:
   * whether the marks of single names were looked at, which is then one of the things that each outcome was told from.
   */
  begin(scope: number, hasOverridableNames: boolean): void {
    const isAlike = scope === this.scope && hasOverridableNames === this.hasOverridableNames;
    this.before = isAlike ? this.now : new Map();
    this.now = new Map();
    this.scope = scope;
    this.hasOverridableNames = hasOverridableNames;
  }

  /** The names of this evaluation: those of the one before, where they are the same. */
  namesLike(names: readonly string[]): readonly string[] {
    const isSame = names.length === this.names.length && names.every((name, index) => name === this.names[index]);
    if (!isSame) this.names = names;
    return this.names;
  }

  /** What was told of a name, where that is still so. `order`: the changes in place, in the order in which they happened. */
  known(
    name: string,
    machine: Machine,
    state: State,
    order: () => ReadonlyMap<Step, number>,
  ): readonly Outcome[] | undefined {
    const known = this.now.get(name) ?? this.before.get(name);
    if (known === undefined || !isAsBefore(machine, state, known.reads)) return undefined;
    if (!areInOrder(known.outcomes, order)) return undefined;
    this.now.set(name, known);
    return known.outcomes;
  }

  /** Remembers what is told of a name. */
  tell(name: string, tell: () => readonly Outcome[]): readonly Outcome[] {
    const recording = new Recording();
    const outcomes = recorded(recording, tell);
    if (recording.isRepeatable) this.now.set(name, { outcomes, reads: cellsOf(recording.reads) });
    return outcomes;
  }
}

/** Whether changes in place are told in the order in which they happen now: their statements may have changed places. */
function areInOrder(outcomes: readonly Outcome[], order: () => ReadonlyMap<Step, number>): boolean {
  return outcomes.every(({ steps }) => {
    let last = -1;
    return steps
      .filter(({ kind }) => kind === "mutation")
      .every((step) => {
        const at = order().get(step) ?? -1;
        const isLater = at >= last;
        last = at;
        return isLater;
      });
  });
}
