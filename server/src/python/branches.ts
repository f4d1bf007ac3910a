import type { Assert, Expr, If, Match } from "../syntax/ast";
import type { Branch } from "./evaluation";
import { evaluate } from "./expressions";
import { combine, leaving, normalEnd, type Flow } from "./flow";
import type { Condition, Frame, Machine } from "./machine";
import type { State } from "./state";
import { abandon, executeBlock } from "./statements";
import type { Value } from "./value";

/** `if`, both arms of it where the condition is not known. */
export function executeIf(m: Machine, state: State, frame: Frame, node: If): Flow {
  const value = evaluate(m, state, frame, node.test);
  const site = m.site(frame, node);
  const condition = simplified(
    m,
    m.decide(state, value, m.site(frame, node.test), m.excerpt(frame, node.test)),
    value,
    frame,
    node.test,
  );
  const test = condition.kind === "test" ? condition.test : undefined;
  const outcome: Branch["outcome"] = condition.kind === "test" ? "undecided" : condition.holds ? "yes" : "no";
  const reads = (m.reads[m.reads.length - 1] ?? []).slice();
  m.branches.push({ site, statement: node, module: frame.module, outcome, test, value: m.freeze(state, value), reads });
  return branch(m, state, condition, (inner, holds) => executeBlock(m, inner, frame, holds ? node.body : node.orelse));
}

/** A condition of very many cases is followed as one test of its own: fewer correlations are seen, none is invented. */
function simplified(m: Machine, condition: Condition, value: Value, frame: Frame, test: Expr): Condition {
  if (countCases(condition) <= MAX_CASES) return condition;
  const whole = m.test(value, m.site(frame, test), m.excerpt(frame, test));
  return { kind: "test", test: whole, yes: { kind: "known", holds: true }, no: { kind: "known", holds: false } };
}

const MAX_CASES = 12;

function countCases(condition: Condition): number {
  return condition.kind === "known" ? 1 : countCases(condition.yes) + countCases(condition.no);
}

/** Executes a continuation in each outcome of a condition. */
function branch(m: Machine, state: State, condition: Condition, run: (state: State, holds: boolean) => Flow): Flow {
  if (condition.kind === "known") return run(state, condition.holds);
  m.undecided += 1;
  const yes = branch(m, state.assume(condition.test, true), condition.yes, run);
  const no = branch(m, state.assume(condition.test, false), condition.no, run);
  m.undecided -= 1;
  return combine(m, condition.test, yes, no);
}

/** `assert`: the worlds in which it does not hold leave. */
export function executeAssert(m: Machine, state: State, frame: Frame, node: Assert): Flow {
  const value = evaluate(m, state, frame, node.test);
  const condition = m.decide(state, value, m.site(frame, node.test), m.excerpt(frame, node.test));
  return branch(m, state, condition, (inner, holds) =>
    holds
      ? normalEnd(inner)
      : leaving(inner, { kind: "raise", exception: "AssertionError", site: m.site(frame, node) }),
  );
}

/** `match` over values only; other patterns make what the cases bind unknown. */
export function executeMatch(m: Machine, state: State, frame: Frame, node: Match): Flow {
  evaluate(m, state, frame, node.subject);
  const cases: If | undefined = asConditions(node, 0);
  if (cases !== undefined) return executeIf(m, state, frame, cases);
  return abandon(m, state, frame, node, "unsupported");
}

/** The cases from an index on as an `if` chain, where all patterns are values or the wildcard. */
function asConditions(node: Match, index: number): If | undefined {
  const part = node.cases[index];
  if (part === undefined || part.guard !== undefined) return undefined;
  const test = patternTest(node.subject, part.pattern);
  if (test === undefined) return undefined;
  if (index === node.cases.length - 1)
    return { kind: "If", test, body: part.body, orelse: [], start: node.start, end: node.end };
  const rest = asConditions(node, index + 1);
  return rest === undefined
    ? undefined
    : { kind: "If", test, body: part.body, orelse: [rest], start: node.start, end: node.end };
}

function patternTest(subject: Expr, pattern: Match["cases"][number]["pattern"]): Expr | undefined {
  const { start, end } = pattern;
  switch (pattern.kind) {
    case "MatchValue":
      return { kind: "Compare", left: subject, ops: ["=="], comparators: [pattern.value], start, end };
    case "MatchOr": {
      const values = pattern.patterns.map((inner) => patternTest(subject, inner));
      return values.includes(undefined)
        ? undefined
        : { kind: "BoolOp", op: "or", values: values as Expr[], start, end };
    }
    case "MatchAs":
      return pattern.name === undefined && pattern.pattern === undefined
        ? { kind: "Constant", value: true, start, end }
        : undefined;
    default:
      return undefined;
  }
}
