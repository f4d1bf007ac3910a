import { freshId, type UnknownValue } from "../values/value";
import { newTest } from "../values/symbolic";
import { State } from "./state";

/**
 * The state in which code was left that had begun in one state, and some of whose later states are given: as it was before,
 * or with everything unknown that was written since.
 */
export function partlyDone(before: State, later: readonly State[], because: UnknownValue): State {
  const done = before.fork();
  const fresh = (): UnknownValue => ({ ...because, id: freshId() });
  for (const state of later) done.overwriteChanges(before, state, fresh);
  const test = newTest(because, because.because.site, "the code has begun");
  return State.join(test, done, before);
}
