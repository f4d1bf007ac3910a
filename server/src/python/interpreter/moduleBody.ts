import { noteUnrepeatable } from "../values/recording";
import type { Stmt } from "../../syntax/ast";
import { after, normalEnd, type Flow } from "../program/flow";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { OutOfFuel } from "../values/fuel";
import { invalidateRest } from "./unfollowed";

/**
 * Executes the statements of a module. Where the work is used up, what stands before stays, and the statement and all
 * behind it are invalidated at once.
 */
export function executeBody(m: Machine, state: State, frame: Frame, body: readonly Stmt[]): Flow {
  // Whoever runs a whole module depends on all its text.
  noteUnrepeatable();
  const run = (): Flow => executeAll(m, state, frame, body);
  return m.memory === undefined ? run() : m.memory.within(m, run);
}

function executeAll(m: Machine, state: State, frame: Frame, body: readonly Stmt[]): Flow {
  let flow = normalEnd(state);
  for (let index = 0; index < body.length; index++) {
    const { normal, exits } = flow;
    if (normal === undefined) break;
    const restore = m.keepPlace();
    try {
      if (m.fuel.isUsedUp) throw new OutOfFuel();
      const repeated = exits.length > 0 ? 0 : (m.memory?.repeatStretch(m, normal, frame, body, index) ?? 0);
      const statement = body[index] as Stmt;
      if (repeated > 0) index += repeated - 1;
      else flow = after(m, flow, (next) => m.executeStatement(next, frame, statement));
    } catch (error) {
      if (!(error instanceof OutOfFuel)) throw error;
      restore();
      return { exits: flow.exits, normal: withoutRest(m, normal, frame, body.slice(index)) };
    }
  }
  return flow;
}

/** The state after statements that nothing is left to execute with. */
function withoutRest(m: Machine, state: State, frame: Frame, rest: readonly Stmt[]): State {
  const site = rest[0] === undefined ? undefined : m.site(frame, rest[0]);
  m.noteCause({ kind: "budget", text: "the module takes too much work to be followed to its end", site });
  m.fuel.onReserve(() => invalidateRest(m, state, frame, rest));
  return state;
}
