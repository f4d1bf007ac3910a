import type { ExceptHandler, Expr, Try } from "../syntax/ast";
import { dottedName } from "./calls";
import { ANY_EXCEPTION, type Frame, type Machine, type PossibleRaise } from "./machine";
import { catches } from "./raise";
import { after, executeBlock, split, type Flow } from "./statements";
import type { State } from "./state";
import { bindName } from "./assign";
import { newTest } from "./symbolic";
import { unknown, type Decision, type Site, type Test } from "./value";

/**
 * `try`: the body to its end, or to each point where it may raise, followed by the handler that takes it. What may
 * raise is collected in `m.possibleRaises` while the body runs: imports of packages that may be missing, required
 * environment variables, calls that are not modelled.
 */
export function executeTry(m: Machine, state: State, frame: Frame, node: Try): Flow {
  const outer = m.possibleRaises;
  const given = new Set(state.assumptions.keys());
  const collected: PossibleRaise[] = [];
  m.possibleRaises = node.handlers.length > 0 ? collected : outer;
  const inner: Frame = { ...frame, importGuarded: frame.importGuarded || node.handlers.some(takesImportError) };
  let flow: Flow;
  try {
    flow = executeBlock(m, state, inner, node.body);
  } finally {
    m.possibleRaises = outer;
  }
  // Where the body may have been left before, what it raises at its end is no certainty.
  const isCertain = collected.length === 0;
  if (!isCertain) m.undecided += 1;
  flow = afterBody(m, frame, node, flow);
  if (!isCertain) m.undecided -= 1;
  for (const [index, raise] of [...collected.entries()].toReversed()) {
    const earlier = new Set([...given, ...collected.slice(0, index).map(({ test }) => test.id)]);
    flow = withPossibleRaise(m, frame, node, flow, raise, outer, earlier);
  }
  return node.finalbody.length === 0 ? flow : always(m, flow, (next) => executeBlock(m, next, frame, node.finalbody));
}

/** Runs `finally` in every world, however it was reached; what left the `try` goes on leaving. */
function always(m: Machine, flow: Flow, next: (state: State) => Flow): Flow {
  if (flow.kind === "normal") return next(flow.state);
  if (flow.kind === "split") return bothArms(m, flow, (arm) => always(m, arm, next));
  return after(m, next(flow.state), (state) => ({ ...flow, state }));
}

function bothArms(m: Machine, flow: Extract<Flow, { kind: "split" }>, change: (arm: Flow) => Flow): Flow {
  m.undecided += 1;
  const yes = change(flow.yes);
  const no = change(flow.no);
  m.undecided -= 1;
  return split(m, flow.test, yes, no);
}

/**
 * The flow that also knows the worlds in which the body was left at a certain point: those in which its test says so, of
 * those that had come to that point (`earlier`: tests that are decided all around).
 */
function withPossibleRaise(
  m: Machine,
  frame: Frame,
  node: Try,
  flow: Flow,
  raise: PossibleRaise,
  outer: PossibleRaise[] | undefined,
  earlier: ReadonlySet<number>,
): Flow {
  const { handlers, isCertain } = handlersFor(node.handlers, raise.exception);
  if (!isCertain) outer?.push(raise);
  if (handlers.length === 0) return flow;
  m.undecided += 1;
  const handled = executeHandlers(m, raise.state.assume(raise.test, raise.raisesWhen), frame, handlers);
  m.undecided -= 1;
  const path = [...raise.state.assumptions.values()].filter(({ test }) => !earlier.has(test.id) && test !== raise.test);
  const whole: Decision = { test: raise.test, holds: raise.raisesWhen };
  const isSimple = path.length <= MAX_DECISIONS && countEnds(flow) <= MAX_ENDS;
  const decisions = isSimple ? [...path, whole] : [{ test: someTest(m.site(frame, handlers[0] ?? node)), holds: true }];
  return decisions.reduceRight<Flow>((inner, { test, holds }) => {
    const otherwise = forked(flow);
    return holds ? split(m, test, inner, otherwise) : split(m, test, otherwise, inner);
  }, handled);
}

/** Beyond these, whether a handler runs is followed as one open test. */
const MAX_DECISIONS = 4;
const MAX_ENDS = 4;

function countEnds(flow: Flow): number {
  return flow.kind === "split" ? countEnds(flow.yes) + countEnds(flow.no) : 1;
}

/** A test of which nothing is known. */
function someTest(site: Site): Test {
  return newTest(unknown("error", "which exception is raised", site), site, "this exception is raised");
}

/** The same end of a block once more, to be gone on with independently. */
function forked(flow: Flow): Flow {
  if (flow.kind === "split") return { ...flow, yes: forked(flow.yes), no: forked(flow.no) };
  return { ...flow, state: flow.state.fork() };
}

/** What follows the body: `else` where it ended normally, and the handler that takes it where it raised. */
function afterBody(m: Machine, frame: Frame, node: Try, flow: Flow): Flow {
  if (flow.kind === "split") return bothArms(m, flow, (arm) => afterBody(m, frame, node, arm));
  if (flow.kind === "normal") return executeBlock(m, flow.state, frame, node.orelse);
  if (flow.kind !== "raise") return flow;
  const { handlers } = handlersFor(node.handlers, flow.exception);
  if (handlers.length > 0) return executeHandlers(m, flow.state, frame, handlers);
  if (m.possibleRaises === undefined && m.callDepth === 0 && m.undecided === 0 && flow.site !== undefined) {
    m.failure ??= { exception: flow.exception, site: flow.site };
  }
  return flow;
}

/** The handler that takes an exception; one of several where that is not known. */
function executeHandlers(m: Machine, state: State, frame: Frame, handlers: readonly ExceptHandler[]): Flow {
  const [first, ...rest] = handlers as readonly [ExceptHandler, ...ExceptHandler[]];
  if (rest.length === 0) return executeHandler(m, state, frame, first);
  const site = m.site(frame, first);
  const test = someTest(site);
  m.undecided += 1;
  const yes = executeHandler(m, state.assume(test, true), frame, first);
  const no = executeHandlers(m, state.assume(test, false), frame, rest);
  m.undecided -= 1;
  return split(m, test, yes, no);
}

function executeHandler(m: Machine, state: State, frame: Frame, handler: ExceptHandler): Flow {
  if (handler.name !== undefined) {
    const target: Expr = { kind: "Name", id: handler.name, start: handler.start, end: handler.end };
    const value = unknown("error", "the exception that was caught", m.site(frame, handler));
    bindName(m, state, frame, handler.name, value, { target, statement: undefined, expression: undefined });
  }
  return executeBlock(m, state, frame, handler.body);
}

/** The handlers that may take an exception, in order; certain where one of them will. */
function handlersFor(
  handlers: readonly ExceptHandler[],
  exception: string,
): { readonly handlers: readonly ExceptHandler[]; readonly isCertain: boolean } {
  const possible: ExceptHandler[] = [];
  for (const handler of handlers) {
    const taken = takes(handlerTypes(handler), exception);
    if (taken !== false) possible.push(handler);
    if (taken === true) return { handlers: possible, isCertain: true };
  }
  return { handlers: possible, isCertain: false };
}

function takes(types: readonly string[] | undefined, exception: string): boolean | undefined {
  if (types === undefined || types.includes("BaseException") || types.includes("Exception")) return true;
  if (exception === ANY_EXCEPTION)
    return types.every((type) => type === "ImportError" || type === "ModuleNotFoundError") ? false : undefined;
  const answers = types.map((type) => catches(type, exception));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
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
