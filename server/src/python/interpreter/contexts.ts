import type { Expr, Try, With } from "../../syntax/ast";
import { standingAt } from "../../syntax/places";
import { assignTarget } from "./assign";
import type { Model } from "../program/call";
import { callContext } from "../program/call";
import { classSlot } from "./classes";
import { after, normalEnd, type Flow } from "../program/flow";
import { instanceBehind } from "./instances";
import { givesSomething } from "../program/jumps";
import { slotValue, type Frame, type Machine } from "../program/machine";
import type { State } from "../program/state";
import { invalidateStatement } from "./invalidateStatement";
import { collecting } from "./collecting";
import { executeTry } from "./tries";
import { UNSET, type Value } from "../values/value";
import { forgetCall } from "./widening";

/** `with`, one manager after the other. */
export function executeWith(m: Machine, state: State, frame: Frame, node: With): Flow {
  return enter(m, state, frame, node, 0);
}

function enter(m: Machine, state: State, frame: Frame, node: With, index: number): Flow {
  const item = node.items[index];
  if (item === undefined) return m.executeBlock(state, frame, node.body);
  const suppressed = suppressedExceptions(m, state, frame, item.contextExpr);
  if (suppressed !== undefined) {
    const rest: With = { ...node, items: node.items.slice(index + 1) };
    return executeTry(m, state, frame, suppressing(rest, suppressed));
  }
  let entered: Value | undefined;
  let isFollowed = true;
  const bound = collecting(m, state, () => {
    entered = m.evaluate(state, frame, item.contextExpr);
    isFollowed = entered.kind !== "choice" && !maySwallow(state, entered);
    if (!isFollowed) return invalidateStatement(m, state, frame, node, "unsupported");
    const context = callContext(m, state, frame, m.site(frame, item));
    const given = entered.kind === "model" ? ((entered.model as Model).enter?.(context) ?? entered) : entered;
    if (item.optionalVars !== undefined) assignTarget(m, state, frame, item.optionalVars, given, undefined);
    return normalEnd(state);
  });
  if (!isFollowed) return bound;
  const flow = after(m, bound, (next) => enter(m, next, frame, node, index + 1));
  return entered?.kind === "model" ? exited(m, frame, node, entered, flow) : flow;
}

/** Runs `__exit__` where the body came to its end; what it does where the body was left is given up. */
function exited(m: Machine, frame: Frame, node: With, manager: Extract<Value, { kind: "model" }>, flow: Flow): Flow {
  const site = m.site(frame, node);
  const instance = instanceBehind(manager);
  for (const { state } of flow.exits) {
    const exit = instance === undefined ? UNSET : slotValue(classSlot(state, instance.owner, "__exit__"));
    if (exit.kind === "function") forgetCall(m, state, exit, [manager], site);
  }
  return after(m, flow, (next) =>
    collecting(m, next, () => {
      (manager.model as Model).exit?.(callContext(m, next, frame, site));
      return normalEnd(next);
    }),
  );
}

/** Whether a manager of the project may end exceptions: by giving something from `__exit__`. */
function maySwallow(state: State, manager: Value): boolean {
  const instance = instanceBehind(manager);
  const exit = instance === undefined ? undefined : classSlot(state, instance.owner, "__exit__");
  if (exit === undefined) return false;
  const value = slotValue(exit);
  return value.kind !== "function" || value.definition.kind === "Lambda" || givesSomething(value.definition.body);
}

/** `with suppress(...)` as the `try` that it is. */
function suppressing(node: With, types: readonly Expr[]): Try {
  const handler = standingAt(node, { type: tupleOf(types, node), name: undefined, body: [] });
  const body = node.items.length === 0 ? node.body : [node];
  return standingAt(node, { kind: "Try", body, handlers: [handler], orelse: [], finalbody: [], isStar: false });
}

/** The exception classes of `contextlib.suppress(...)`. */
function suppressedExceptions(m: Machine, state: State, frame: Frame, expression: Expr): readonly Expr[] | undefined {
  if (expression.kind !== "Call") return undefined;
  const callee = m.evaluate(state, frame, expression.func);
  return callee.kind === "external" && callee.name === "contextlib.suppress" ? expression.args : undefined;
}

function tupleOf(elts: readonly Expr[], node: With): Expr {
  return standingAt(node, { kind: "Tuple", elts, parenthesized: true });
}
