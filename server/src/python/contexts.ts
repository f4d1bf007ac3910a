import type { Expr, Try, With } from "../syntax/ast";
import { assignTarget } from "./assign";
import type { Model } from "./call";
import { callContext } from "./calls";
import { evaluate } from "./expressions";
import { after, normalEnd, type Flow } from "./flow";
import type { Frame, Machine } from "./machine";
import type { State } from "./state";
import { collecting, executeBlock } from "./statements";
import { executeTry } from "./tries";
import type { Value } from "./value";

/** `with`, one manager after the other. */
export function executeWith(m: Machine, state: State, frame: Frame, node: With): Flow {
  return enter(m, state, frame, node, 0);
}

function enter(m: Machine, state: State, frame: Frame, node: With, index: number): Flow {
  const item = node.items[index];
  if (item === undefined) return executeBlock(m, state, frame, node.body);
  const suppressed = suppressedExceptions(m, state, frame, item.contextExpr);
  if (suppressed !== undefined) {
    const rest: With = { ...node, items: node.items.slice(index + 1) };
    return executeTry(m, state, frame, suppressing(rest, suppressed));
  }
  let entered: Value | undefined;
  const bound = collecting(m, state, () => {
    entered = evaluate(m, state, frame, item.contextExpr);
    const context = callContext(m, state, frame, m.site(frame, item));
    const given = entered.kind === "model" ? ((entered.model as Model).enter?.(context) ?? entered) : entered;
    if (item.optionalVars !== undefined) assignTarget(m, state, frame, item.optionalVars, given, undefined);
    return normalEnd(state);
  });
  const flow = after(m, bound, (next) => enter(m, next, frame, node, index + 1));
  if (entered?.kind === "model") (entered.model as Model).exit?.(callContext(m, state, frame, m.site(frame, node)));
  return flow;
}

/** `with suppress(...)` as the `try` that it is. */
function suppressing(node: With, types: readonly Expr[]): Try {
  const { start, end } = node;
  const handler = { type: tupleOf(types, node), name: undefined, body: [], start, end };
  const body = node.items.length === 0 ? node.body : [node];
  return { kind: "Try", body, handlers: [handler], orelse: [], finalbody: [], isStar: false, start, end };
}

/** The exception classes of `contextlib.suppress(...)`. */
function suppressedExceptions(m: Machine, state: State, frame: Frame, expression: Expr): readonly Expr[] | undefined {
  if (expression.kind !== "Call") return undefined;
  const callee = evaluate(m, state, frame, expression.func);
  return callee.kind === "external" && callee.name === "contextlib.suppress" ? expression.args : undefined;
}

function tupleOf(elts: readonly Expr[], range: { readonly start: number; readonly end: number }): Expr {
  return { kind: "Tuple", elts, parenthesized: true, start: range.start, end: range.end };
}
