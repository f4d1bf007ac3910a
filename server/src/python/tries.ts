import type { ExceptHandler, Expr, Try } from "../syntax/ast";
import { dottedName } from "./calls";
import { ANY_EXCEPTION, type Frame, type Machine, type PossibleRaise } from "./machine";
import { catches } from "./raise";
import { after, executeBlock, split, type Flow } from "./statements";
import type { State } from "./state";
import { bindName } from "./assign";
import { unknown } from "./value";

/**
 * `try`: the body to its end, or to each point where it may raise, followed by the handler that takes it. What may
 * raise is collected in `m.possibleRaises` while the body runs: imports of packages that may be missing, required
 * environment variables, calls that are not modelled.
 */
export function executeTry(m: Machine, state: State, frame: Frame, node: Try): Flow {
  const outer = m.possibleRaises;
  const collected: PossibleRaise[] = [];
  m.possibleRaises = node.handlers.length > 0 ? collected : outer;
  const inner: Frame = { ...frame, importGuarded: frame.importGuarded || node.handlers.some(takesImportError) };
  let flow: Flow;
  try {
    flow = executeBlock(m, state, inner, node.body);
  } finally {
    m.possibleRaises = outer;
  }
  flow = handleRaises(m, frame, node, flow);
  flow = node.orelse.length === 0 ? flow : after(m, flow, (next) => executeBlock(m, next, frame, node.orelse));
  for (const raise of collected.toReversed()) flow = withPossibleRaise(m, frame, node, flow, raise, outer);
  return node.finalbody.length === 0 ? flow : after(m, flow, (next) => executeBlock(m, next, frame, node.finalbody));
}

/** The flow that also knows the world in which the body was left at a certain point. */
function withPossibleRaise(
  m: Machine,
  frame: Frame,
  node: Try,
  flow: Flow,
  raise: PossibleRaise,
  outer: PossibleRaise[] | undefined,
): Flow {
  const handler = handlerFor(node.handlers, raise.exception);
  const left = raise.state.assume(raise.test, raise.raisesWhen);
  if (handler === undefined) {
    outer?.push(raise);
    return flow;
  }
  m.undecided += 1;
  const handled = executeHandler(m, left, frame, handler);
  m.undecided -= 1;
  return raise.raisesWhen ? split(m, raise.test, handled, flow) : split(m, raise.test, flow, handled);
}

/** Replaces every `raise` that a handler takes by the handler's own flow. */
function handleRaises(m: Machine, frame: Frame, node: Try, flow: Flow): Flow {
  if (flow.kind === "split") {
    return split(m, flow.test, handleRaises(m, frame, node, flow.yes), handleRaises(m, frame, node, flow.no));
  }
  if (flow.kind !== "raise") return flow;
  const handler = handlerFor(node.handlers, flow.exception);
  if (handler !== undefined) return executeHandler(m, flow.state, frame, handler);
  if (m.possibleRaises === undefined && m.callDepth === 0 && m.undecided === 0 && flow.site !== undefined) {
    m.failure ??= { exception: flow.exception, site: flow.site };
  }
  return flow;
}

function executeHandler(m: Machine, state: State, frame: Frame, handler: ExceptHandler): Flow {
  if (handler.name !== undefined) {
    const target: Expr = { kind: "Name", id: handler.name, start: handler.start, end: handler.end };
    const value = unknown("error", "the exception that was caught", m.site(frame, handler));
    bindName(m, state, frame, handler.name, value, { target, statement: undefined, expression: undefined });
  }
  return executeBlock(m, state, frame, handler.body);
}

/** The first handler that takes an exception, or that may take it where its class is not known. */
function handlerFor(handlers: readonly ExceptHandler[], exception: string): ExceptHandler | undefined {
  return handlers.find((handler) => {
    const types = handlerTypes(handler);
    if (types === undefined) return true;
    if (exception === ANY_EXCEPTION)
      return types.some((type) => type !== "ImportError" && type !== "ModuleNotFoundError");
    return types.some((type) => catches(type, exception) !== false);
  });
}

/** The class names of a handler, without their modules; `undefined` for a bare `except:`. */
function handlerTypes(handler: ExceptHandler): readonly string[] | undefined {
  const { type } = handler;
  if (type === undefined) return undefined;
  const parts = type.kind === "Tuple" ? type.elts : [type];
  return parts.map((part) => {
    const dotted = dottedName(part) ?? "Exception";
    return dotted.slice(dotted.lastIndexOf(".") + 1);
  });
}

function takesImportError(handler: ExceptHandler): boolean {
  const types = handlerTypes(handler);
  return types === undefined || types.some((type) => catches(type, "ModuleNotFoundError") === true);
}
