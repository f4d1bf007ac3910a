import type { Expr, Try, With } from "../../syntax/ast";
import { standingAt } from "../../syntax/places";
import { assignTarget } from "./assign";
import type { Model } from "../program/call";
import { callContext } from "../program/call";
import { classSlot } from "./classes";
import { after, normalEnd, orRaising, type Flow } from "../program/flow";
import { instanceBehind } from "./instances";
import { givesSomething } from "../program/jumps";
import { slotValue } from "../program/slots";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { invalidateStatement } from "./invalidateStatement";
import { executeTry } from "./tries";
import type { Value } from "../values/value";
import { invalidateCall } from "./unfollowed";

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
  const bound = orRaising(m, state, () => {
    entered = m.evaluate(state, frame, item.contextExpr);
    isFollowed = entered.kind !== "choice" && !decidesExceptions(m, state, entered);
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

/** Runs `__exit__` where the body came to its end; what it does where the body was left by a jump is not followed. */
function exited(m: Machine, frame: Frame, node: With, manager: Extract<Value, { kind: "model" }>, flow: Flow): Flow {
  const site = m.site(frame, node);
  for (const { state } of flow.exits) {
    const exit = exitMethod(state, manager);
    if (exit?.kind === "function") invalidateCall(m, state, exit, [manager], site);
  }
  return after(m, flow, (next) =>
    orRaising(m, next, () => {
      (manager.model as Model).exit?.(callContext(m, next, frame, site));
      return normalEnd(next);
    }),
  );
}

/** `__exit__` of a manager of the project. */
function exitMethod(state: State, manager: Value): Value | undefined {
  const instance = instanceBehind(manager);
  const exit = instance === undefined ? undefined : classSlot(state, instance.owner, "__exit__");
  return exit === undefined ? undefined : slotValue(exit);
}

/**
 * Whether `__exit__` of the project decides what follows an exception: it may end it by giving something, and what catches the
 * exception sees what it has done.
 */
function decidesExceptions(m: Machine, state: State, manager: Value): boolean {
  const exit = exitMethod(state, manager);
  if (exit === undefined) return false;
  const isPlain = exit.kind === "function" && exit.definition.kind !== "Lambda";
  return !isPlain || m.raising.isCaught() || givesSomething(exit.definition.body);
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
