import type { BoolOp, Compare, Expr, IfExp, UnaryOp } from "../../syntax/ast";
import type { Model } from "../program/call";
import { compare } from "../semantics/comparisons";
import type { Frame, Machine } from "../program/machine";
import { asOne, decide, type Condition } from "./deciding";
import { operation } from "../semantics/operations";
import { unary } from "../semantics/operators";
import { pure } from "../program/pure";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { containsItem } from "./structures";
import { inLeaves } from "../values/leaves";
import { certaintyOf, keyOf } from "../values/symbolic";
import { compareTypes } from "../semantics/typeObjects";
import { bool, type Site, type Value } from "../values/value";

export function unaryOperation(m: Machine, state: State, frame: Frame, node: UnaryOp): Value {
  const operand = m.evaluate(state, frame, node.operand);
  if (node.op === "not") {
    const condition = decide(m, state, operand, m.site(frame, node.operand), m.excerpt(frame, node.operand));
    return conditionValue(condition, (holds) => bool(!holds), operand, m.site(frame, node));
  }
  return pure(m, state, node.op, [operand], ([value]) => unary(node.op, value as Value), { site: m.site(frame, node) });
}

/** `not x` as a value: kept as a derived value of the environment where the condition is one test. */
function conditionValue(condition: Condition, give: (holds: boolean) => Value, operand: Value, site: Site): Value {
  if (condition.kind === "known") return give(condition.holds);
  const inner = condition.test.value;
  const isWhole = condition.yes.kind === "known" && condition.no.kind === "known";
  if (isWhole && certaintyOf(inner) === "symbolic" && operand.kind !== "choice") {
    return {
      kind: "derived",
      operation: operation("not"),
      inputs: [operand.kind === "reference" ? inner : operand],
      compute: ([value]) => unary("not", value as Value),
      site,
    };
  }
  return {
    kind: "choice",
    test: condition.test,
    yes: conditionValue(condition.yes, give, operand, site),
    no: conditionValue(condition.no, give, operand, site),
  };
}

/** More ways to come to an operand are followed as one: fewer correlations are seen, none is invented. */
const MAX_WAYS = 12;

/** `a or b`, `a and b`. `ways`: in how many worlds apart the operands up to here are evaluated. */
export function booleanOperation(m: Machine, state: State, frame: Frame, node: BoolOp, index: number, ways = 1): Value {
  const operand = node.values[index] as Expr;
  const value = m.evaluate(state, frame, operand);
  if (index === node.values.length - 1) return value;
  const [site, text] = [m.site(frame, operand), m.excerpt(frame, operand)];
  const decided = decide(m, state, value, site, text);
  const stopsWhen = node.op === "or";
  const isFew = ways * waysTo(decided, !stopsWhen) <= MAX_WAYS;
  const condition = isFew ? decided : asOne(m.test(value, site, text, state));
  const more = isFew ? ways * waysTo(condition, !stopsWhen) : ways;
  return walk(m, state, condition, (inner, holds) =>
    holds === stopsWhen
      ? m.restrict(value, inner.assumptions)
      : booleanOperation(m, inner, frame, node, index + 1, more),
  );
}

function waysTo(condition: Condition, holds: boolean): number {
  if (condition.kind === "known") return condition.holds === holds ? 1 : 0;
  return waysTo(condition.yes, holds) + waysTo(condition.no, holds);
}

/** Evaluates what follows a condition in each of its outcomes, in the state that the outcome allows. */
export function walk(
  m: Machine,
  state: State,
  condition: Condition,
  give: (state: State, holds: boolean) => Value,
): Value {
  if (condition.kind === "known") return give(state, condition.holds);
  const { test } = condition;
  const [yes, no] = [state.assume(test, true), state.assume(test, false)];
  const first = m.attempt(() => walk(m, yes, condition.yes, give));
  const second = m.attempt(() => walk(m, no, condition.no, give));
  if (first instanceof PythonRaise || second instanceof PythonRaise) return m.leave(state, [yes, no], [first, second]);
  state.become(m.join(test, yes, no));
  return m.choose(test, first, second);
}

export function comparison(m: Machine, state: State, frame: Frame, node: Compare): Value {
  let left = m.evaluate(state, frame, node.left);
  let result: Value = bool(true);
  for (const [index, op] of node.ops.entries()) {
    const right = m.evaluate(state, frame, node.comparators[index] as Expr);
    const site = m.site(frame, node);
    const answer = compareValues(m, state, frame, op, left, right, site);
    if (node.ops.length === 1) return answer;
    result = pure(m, state, "and", [result, answer], ([a, b]) => (a?.kind === "bool" && !a.value ? a : (b as Value)), {
      site,
    });
    left = right;
  }
  return result;
}

/** `left op right`. Items and identity are looked at where objects are compared. */
export function compareValues(
  m: Machine,
  state: State,
  frame: Frame,
  op: Compare["ops"][number],
  left: Value,
  right: Value,
  site: Site,
): Value {
  return m.distribute(state, [left, right], ([a, b]) => {
    const types = compareTypes(op, a as Value, m.contents(state, b as Value));
    if (types !== undefined) return types;
    if (op === "in" || op === "not in") {
      const found = containsItem(m, state, frame, a as Value, b as Value, site);
      if (found !== undefined)
        return op === "in"
          ? found
          : pure(m, state, "not", [found], ([value]) => unary("not", value as Value), { site });
    }
    const isIdentity = op === "is" || op === "is not";
    if (isIdentity && hasIdentity(a) && hasIdentity(b)) return bool((keyOf(a) === keyOf(b)) === (op === "is"));
    const sides = isIdentity ? [a as Value, b as Value] : [comparedAs(a as Value), comparedAs(b as Value)];
    if (sides[0] !== a && op.endsWith("in")) sides[1] = inLeaves(comparedAs)(m.freeze(state, b as Value));
    return pure(m, state, op, sides, ([x, y]) => compare(op, x as Value, y as Value), { site });
  });
}

/** Whether a value is an object whose key distinguishes it from all others. */
function hasIdentity(value: Value | undefined): value is Value {
  return value?.kind === "reference" || (value?.kind === "model" && "equalTo" in value.model);
}

/** What a modelled object says it is equal to; any other value as it is. */
function comparedAs(value: Value): Value {
  return (value.kind === "model" ? (value.model as Model).equalTo : undefined) ?? value;
}

export function conditional(m: Machine, state: State, frame: Frame, node: IfExp): Value {
  const test = m.evaluate(state, frame, node.test);
  const condition = decide(m, state, test, m.site(frame, node.test), m.excerpt(frame, node.test));
  return walk(m, state, condition, (inner, holds) => m.evaluate(inner, frame, holds ? node.body : node.orelse));
}
