import type { Assert, Expr, If } from "../../syntax/ast";
import type { Branch } from "../program/evaluation";
import { combine, normalEnd, raising, type Flow } from "../program/flow";
import { PythonRaise } from "../values/raise";
import type { Frame, Machine } from "../program/machine";
import { asOne, decide, type Condition } from "./deciding";
import type { State } from "../program/state";
import type { Value } from "../values/value";

/** `if`, both arms of it where the condition is not known. */
export function executeIf(m: Machine, state: State, frame: Frame, node: If): Flow {
  const value = m.evaluate(state, frame, node.test);
  const site = m.site(frame, node);
  const condition = simplified(
    m,
    state,
    decide(m, state, value, m.site(frame, node.test), m.excerpt(frame, node.test)),
    value,
    frame,
    node.test,
  );
  const test = condition.kind === "test" ? condition.test : undefined;
  const outcome: Branch["outcome"] = condition.kind === "test" ? "undecided" : condition.holds ? "yes" : "no";
  const reads = (m.reads[m.reads.length - 1] ?? []).slice();
  m.branches.push({ site, statement: node, module: frame.module, outcome, test, value: m.freeze(state, value), reads });
  return branch(m, state, condition, (inner, holds) => m.executeBlock(inner, frame, holds ? node.body : node.orelse));
}

/** A condition of very many cases is followed as one test of its own: fewer correlations are seen, none is invented. */
function simplified(m: Machine, state: State, condition: Condition, value: Value, frame: Frame, test: Expr): Condition {
  if (countCases(condition) <= MAX_CASES) return condition;
  return asOne(m.test(value, m.site(frame, test), m.excerpt(frame, test), state));
}

const MAX_CASES = 12;

function countCases(condition: Condition): number {
  return condition.kind === "known" ? 1 : countCases(condition.yes) + countCases(condition.no);
}

/** Executes a continuation in each outcome of a condition. */
export function branch(
  m: Machine,
  state: State,
  condition: Condition,
  run: (state: State, holds: boolean) => Flow,
): Flow {
  if (condition.kind === "known") return run(state, condition.holds);
  m.undecided += 1;
  const yes = branch(m, state.assume(condition.test, true), condition.yes, run);
  const no = branch(m, state.assume(condition.test, false), condition.no, run);
  m.undecided -= 1;
  return combine(m, condition.test, yes, no);
}

/** `assert`: the worlds in which it does not hold leave. */
export function executeAssert(m: Machine, state: State, frame: Frame, node: Assert): Flow {
  const value = m.evaluate(state, frame, node.test);
  const condition = decide(m, state, value, m.site(frame, node.test), m.excerpt(frame, node.test));
  return branch(m, state, condition, (inner, holds) =>
    holds ? normalEnd(inner) : raising(inner, new PythonRaise("AssertionError", m.site(frame, node))),
  );
}
