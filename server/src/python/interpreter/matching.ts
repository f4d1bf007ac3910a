import type { Match, Pattern } from "../../syntax/ast";
import { assignTarget } from "./assign";
import { branch } from "./branches";
import { compareValues } from "./conditions";
import { normalEnd, orRaising, type Flow } from "../program/flow";
import type { Frame, Machine } from "../program/machine";
import { decide, type Condition } from "./deciding";
import type { State } from "../program/state";
import { invalidateStatement } from "./invalidateStatement";
import type { Value } from "../values/value";

/** `match`: values, alternatives, captures and guards are followed; from a case on whose pattern looks inside of its subject, nothing is. */
export function executeMatch(m: Machine, state: State, frame: Frame, node: Match): Flow {
  const subject = m.evaluate(state, frame, node.subject);
  return executeCases(m, state, frame, node, subject);
}

function executeCases(m: Machine, state: State, frame: Frame, node: Match, subject: Value): Flow {
  const [first, ...rest] = node.cases;
  if (first === undefined) return normalEnd(state);
  const others = { ...node, cases: rest };
  return orRaising(m, state, () => {
    const matches = matchOf(m, state, frame, subject, first.pattern);
    if (matches === undefined) return invalidateStatement(m, state, frame, node, "unsupported");
    return branch(m, state, matches, (inner, holds) => {
      if (!holds) return executeCases(m, inner, frame, others, subject);
      capture(m, inner, frame, subject, first.pattern);
      if (first.guard === undefined) return m.executeBlock(inner, frame, first.body);
      const guard = m.evaluate(inner, frame, first.guard);
      const kept = decide(m, inner, guard, m.site(frame, first.guard), m.excerpt(frame, first.guard));
      return branch(m, inner, kept, (then, passes) =>
        passes ? m.executeBlock(then, frame, first.body) : executeCases(m, then, frame, others, subject),
      );
    });
  });
}

/** Whether a pattern takes a value; `undefined` for patterns that are not followed. */
function matchOf(m: Machine, state: State, frame: Frame, subject: Value, pattern: Pattern): Condition | undefined {
  const site = m.site(frame, pattern);
  switch (pattern.kind) {
    case "MatchValue": {
      const op = pattern.value.kind === "Constant" ? "is" : "==";
      const wanted = m.evaluate(state, frame, pattern.value);
      const same = compareValues(m, state, frame, op, subject, wanted, site);
      return decide(m, state, same, site, m.excerpt(frame, pattern.value));
    }
    case "MatchOr":
      return anyOf(m, state, frame, subject, pattern.patterns);
    case "MatchAs":
      return pattern.pattern === undefined
        ? { kind: "known", holds: true }
        : matchOf(m, state, frame, subject, pattern.pattern);
    default:
      return undefined;
  }
}

function anyOf(
  m: Machine,
  state: State,
  frame: Frame,
  subject: Value,
  patterns: readonly Pattern[],
): Condition | undefined {
  const [first, ...rest] = patterns;
  if (first === undefined) return { kind: "known", holds: false };
  // Which alternative it was would say what the names are.
  if (first.kind === "MatchAs" && first.name !== undefined) return undefined;
  const own = matchOf(m, state, frame, subject, first);
  return own === undefined ? undefined : orElse(own, state);

  function orElse(condition: Condition, at: State): Condition | undefined {
    if (condition.kind === "known") return condition.holds ? condition : anyOf(m, at, frame, subject, rest);
    const yes = orElse(condition.yes, at.assume(condition.test, true));
    const no = orElse(condition.no, at.assume(condition.test, false));
    return yes === undefined || no === undefined ? undefined : { ...condition, yes, no };
  }
}

/** Binds the names of a pattern that has taken a value. */
function capture(m: Machine, state: State, frame: Frame, subject: Value, pattern: Pattern): void {
  if (pattern.kind !== "MatchAs") return;
  if (pattern.pattern !== undefined) capture(m, state, frame, subject, pattern.pattern);
  if (pattern.name === undefined) return;
  const { start, end } = pattern;
  assignTarget(m, state, frame, { kind: "Name", id: pattern.name, start, end }, subject, undefined);
}
