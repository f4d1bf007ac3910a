import type { Exit, Flow } from "../program/flow";
import type { Machine } from "../program/machine";
import type { State } from "../program/state";
import { PythonRaise } from "../values/raise";

/**
 * Executes a part of a statement in a state: the exceptions that may happen while it is evaluated become exits, before
 * those of what it executes. Where nothing could catch it, an exception that certainly happens is thrown.
 */
export function collecting(m: Machine, state: State, run: () => Flow): Flow {
  const outer = m.raising.raises;
  const exits: Exit[] = [];
  m.raising.raises = m.raising.catching ? { start: new Set(state.assumptions.keys()), exits } : undefined;
  try {
    const flow = run();
    return exits.length === 0 ? flow : { exits: [...exits, ...flow.exits], normal: flow.normal };
  } catch (error) {
    if (!(error instanceof PythonRaise) || !m.raising.catching) throw error;
    const { exception, site } = error;
    return { exits: [...exits, { path: [], state, how: { kind: "raise", exception, site } }], normal: undefined };
  } finally {
    m.raising.raises = outer;
  }
}
