import { noteUnrepeatable } from "../values/recording";
import type { Stmt } from "../../syntax/ast";
import { after, normalEnd, type Flow } from "../program/flow";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { MAX_STATEMENT_WORK } from "../values/budget";
import { OUT_OF_FUEL, OutOfFuel } from "../values/fuel";
import { invalidateRest } from "./unfollowed";

/**
 * Executes the statements of a module. Where one takes too much work, it is invalidated; where the work is used up, all that
 * is left of the module is, at once.
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
    const statement = body[index] as Stmt;
    try {
      if (m.fuel.isUsedUp) throw OUT_OF_FUEL;
      const repeated = exits.length > 0 ? 0 : (m.memory?.repeatStretch(m, normal, frame, body, index) ?? 0);
      if (repeated > 0) index += repeated - 1;
      else flow = onItsFuel(m, statement, () => after(m, flow, (next) => m.executeStatement(next, frame, statement)));
    } catch (error) {
      if (!(error instanceof OutOfFuel)) throw error;
      restore();
      const rest = m.fuel.isUsedUp ? body.slice(index) : [statement];
      flow = { exits: flow.exits, normal: without(m, normal, frame, rest) };
      if (rest.length > 1) break;
    }
  }
  return flow;
}

/** What is imported is executed statement by statement, too. */
function onItsFuel(m: Machine, { kind }: Stmt, run: () => Flow): Flow {
  return kind === "Import" || kind === "ImportFrom" ? run() : m.fuel.within(MAX_STATEMENT_WORK, run);
}

/** The state after statements that take too much work. */
function without(m: Machine, state: State, frame: Frame, statements: readonly Stmt[]): State {
  const site = statements[0] === undefined ? undefined : m.site(frame, statements[0]);
  const what = m.fuel.isUsedUp ? "the module takes too much work to be followed to its end" : TOO_MUCH;
  m.noteCause({ kind: "budget", text: what, site });
  m.fuel.onReserve(() => invalidateRest(m, state, frame, statements));
  return state;
}

const TOO_MUCH = "a statement that takes too much work to be followed";
