import type { Stmt } from "../../syntax/ast";
import type { Exit, Flow } from "../program/flow";
import { jumpsOf } from "../program/jumps";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { ANY_EXCEPTION } from "../values/raise";
import { newTest } from "../values/symbolic";
import { unknown, type Cause } from "../values/value";
import { invalidateYields } from "./generators";
import { invalidateStatements } from "./unfollowed";

/** A statement that is not followed: what it may do is invalidated, and it may leave in each way that stands in it. */
export function invalidateStatement(m: Machine, state: State, frame: Frame, node: Stmt, kind: Cause["kind"]): Flow {
  const site = m.site(frame, node);
  const given = invalidateStatements(m, state, frame, [node], kind);
  invalidateYields(m, state, frame, node, given);
  const exits = jumpsOf(node).map((jump): Exit => {
    const test = newTest(unknown(kind, "which way is taken", site), site, "the code leaves here");
    const how = jump === "return" ? ({ kind: "return", value: given } as const) : ({ kind: jump } as const);
    return { path: [{ test, holds: true }], state: state.assume(test, true), how };
  });
  m.raising.noteMayRaise(state, site, ANY_EXCEPTION);
  return { exits, normal: state };
}
