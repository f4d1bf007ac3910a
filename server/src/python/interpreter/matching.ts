import type { Expr, Match, Pattern } from "../../syntax/ast";
import { assignTarget } from "./assign";
import { branch } from "./branches";
import { compareValues } from "./conditions";
import { normalEnd, orRaising, type Flow } from "../program/flow";
import type { Frame, Machine } from "../program/machine";
import { decide, type Condition } from "./deciding";
import type { State } from "../program/state";
import { invalidateStatement } from "./invalidateStatement";
import type { Value } from "../values/value";

/** `match` with values, alternatives of them, a name and guards; from a case with another pattern on, nothing is followed. */
export function executeMatch(m: Machine, state: State, frame: Frame, node: Match): Flow {
  const subject = m.evaluate(state, frame, node.subject);
  return executeCases(m, state, frame, node, subject);
}

function executeCases(m: Machine, state: State, frame: Frame, node: Match, subject: Value): Flow {
  const [first, ...rest] = node.cases;
  if (first === undefined) return normalEnd(state);
  const others = { ...node, cases: rest };
  return orRaising(m, state, () => {
    const { pattern } = first;
    const isWild = pattern.kind === "MatchAs" && pattern.pattern === undefined;
    const values = isWild ? [] : valuesOf(pattern);
    if (values === undefined) return invalidateStatement(m, state, frame, node, "unsupported");
    const matches: Condition = isWild ? { kind: "known", holds: true } : isOneOf(m, state, frame, subject, values);
    return branch(m, state, matches, (inner, holds) => {
      if (!holds) return executeCases(m, inner, frame, others, subject);
      if (isWild && pattern.name !== undefined)
        assignTarget(m, inner, frame, { ...pattern, kind: "Name", id: pattern.name }, subject, undefined);
      if (first.guard === undefined) return m.executeBlock(inner, frame, first.body);
      const guard = m.evaluate(inner, frame, first.guard);
      const kept = decide(m, inner, guard, m.site(frame, first.guard), m.excerpt(frame, first.guard));
      return branch(m, inner, kept, (then, passes) =>
        passes ? m.executeBlock(then, frame, first.body) : executeCases(m, then, frame, others, subject),
      );
    });
  });
}

/** The values one of which a pattern asks for; `undefined` where it looks inside of its subject, or gives a name to what it has found. */
function valuesOf(pattern: Pattern): readonly Expr[] | undefined {
  if (pattern.kind === "MatchValue") return [pattern.value];
  const all = pattern.kind === "MatchOr" ? pattern.patterns.map(valuesOf) : [undefined];
  return all.includes(undefined) ? undefined : all.flatMap((each) => each ?? []);
}

/** Whether the subject is one of some values. */
function isOneOf(m: Machine, state: State, frame: Frame, subject: Value, values: readonly Expr[]): Condition {
  const [first, ...rest] = values;
  if (first === undefined) return { kind: "known", holds: false };
  const site = m.site(frame, first);
  const op = first.kind === "Constant" ? "is" : "==";
  const same = compareValues(m, state, frame, op, subject, m.evaluate(state, frame, first), site);
  const orElse = (condition: Condition, at: State): Condition => {
    if (condition.kind === "known") return condition.holds ? condition : isOneOf(m, at, frame, subject, rest);
    const yes = orElse(condition.yes, at.assume(condition.test, true));
    return { ...condition, yes, no: orElse(condition.no, at.assume(condition.test, false)) };
  };
  return orElse(decide(m, state, same, site, m.excerpt(frame, first)), state);
}
