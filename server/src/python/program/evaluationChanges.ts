import type { Binding, Evaluation } from "./evaluation";

/** How an evaluation came from the one before of the same module. */
export interface EvaluationChange {
  /** Of what was told before, the outcomes of all other names are the same objects. */
  readonly names: ReadonlySet<string>;
  /** Bindings that were made before, in whose place {@link added} stand. All others are in both, in the same order. */
  readonly removed: readonly Binding[];
  readonly added: readonly Binding[];
}

/** Stand for evaluations, so that a change does not hold on to the one before. */
const marks = new WeakMap<Evaluation, object>();
const changes = new WeakMap<Evaluation, EvaluationChange & { readonly from: object }>();

/** Notes that an evaluation takes the place of the one that `from` stands for. */
export function noteEvaluationChange(now: Evaluation, change: EvaluationChange & { readonly from: object }): void {
  changes.set(now, change);
}

/** What stands for an evaluation; it holds on to nothing. */
export function markOf(evaluation: Evaluation): object {
  let mark = marks.get(evaluation);
  if (mark === undefined) marks.set(evaluation, (mark = {}));
  return mark;
}

/** How an evaluation came from the one that `from` stands for, where that is known. */
export function lastChange(evaluation: Evaluation): (EvaluationChange & { readonly from: object }) | undefined {
  return changes.get(evaluation);
}

/** What makes an evaluation another one than `before`, where it is known to have come from that at once. */
export function evaluationChange(before: Evaluation, now: Evaluation): EvaluationChange | undefined {
  const change = changes.get(now);
  return change?.from === marks.get(before) ? change : undefined;
}

/** The bindings of two evaluations that are not in both. */
export function changedBindings(
  before: readonly Binding[],
  now: readonly Binding[],
): Pick<EvaluationChange, "removed" | "added"> {
  const shorter = Math.min(before.length, now.length);
  let same = 0;
  while (same < shorter && before[same] === now[same]) same++;
  let sameAtEnd = 0;
  while (sameAtEnd < shorter - same && before[before.length - 1 - sameAtEnd] === now[now.length - 1 - sameAtEnd])
    sameAtEnd++;
  return { removed: before.slice(same, before.length - sameAtEnd), added: now.slice(same, now.length - sameAtEnd) };
}
