import type { ExceptHandler, Expr, Stmt, Try } from "../../syntax/ast";
import { nameAt } from "../../syntax/places";
import { bindName } from "./assign";
import { dottedName } from "../../syntax/dottedName";
import { absorb, after, joinAll, prefixed, withFewExits, withoutFailures, type Exit, type Flow } from "../program/flow";
import { jumpsOf } from "../program/jumps";
import type { Frame, Machine } from "../program/machine";
import { ANY_EXCEPTION, CALL_EXCEPTION, catches } from "../values/raise";
import type { State } from "../program/state";
import { newTest } from "../values/symbolic";
import { unknown, type Decision, type Site, type Test } from "../values/value";

/**
 * `try`: the body, then `else` in the worlds that came to its end, and in the others the handler that takes what they
 * raised; at last `finally` in all of them.
 */
export function executeTry(m: Machine, state: State, frame: Frame, node: Try): Flow {
  const { catching } = m.raising;
  m.raising.catching ||= node.handlers.length > 0 || node.finalbody.some(swallows);
  const inner: Frame = { ...frame, importGuarded: frame.importGuarded || node.handlers.some(takesImportError) };
  const body = m.executeBlock(state, inner, node.body);
  m.raising.catching = catching || node.finalbody.some(swallows);
  const flow = afterBody(m, frame, node, body, catching);
  m.raising.catching = catching;
  return withoutFailures(m, node.finalbody.length === 0 ? flow : always(m, frame, node.finalbody, flow));
}

/** Leaving `finally` by a jump ends an exception. */
function swallows(statement: Stmt): boolean {
  return jumpsOf(statement).length > 0;
}

/** What follows the body: `else` where it ended normally, and the handler that takes it where it raised. */
function afterBody(m: Machine, frame: Frame, node: Try, body: Flow, isCaughtOutside: boolean): Flow {
  const caught = body.exits.flatMap((exit) => withHandler(m, frame, node.handlers, exit));
  const ends = node.handlers.map((handler) => {
    const taken = caught.filter((each) => each.handler === handler).map(({ exit }) => exit);
    return taken.length === 0
      ? undefined
      : handled(m, frame, handler, taken, caught.length > 1 || body.normal !== undefined);
  });
  const uncaught = caught[0]?.handler === undefined ? caught[0]?.exit : undefined;
  if (uncaught !== undefined && !isCaughtOutside) noteFailure(m, uncaught);
  if (caught.length > 0) m.undecided += 1;
  const rest = after(m, { exits: [], normal: body.normal }, (next) => m.executeBlock(next, frame, node.orelse));
  if (caught.length > 0) m.undecided -= 1;
  const exits = caught.flatMap(({ exit, handler }): readonly Exit[] => {
    const end = handler === undefined ? undefined : ends[node.handlers.indexOf(handler)];
    return end === undefined ? [exit] : throughHandler(exit, end);
  });
  const whole = absorb(m, { exits: [...exits, ...rest.exits], normal: rest.normal }, ({ kind }) => kind === "handled");
  return withFewExits(m, whole);
}

/** The exits of a handler, taken from where the exception was raised. */
function throughHandler(raised: Exit, end: Flow): readonly Exit[] {
  const left = end.exits.flatMap((exit) => prefixed({ ...exit, state: exit.state.fork() }, raised.path));
  if (end.normal === undefined) return left;
  return [...left, { path: raised.path, state: end.normal, how: { kind: "handled" } }];
}

/** An exception that certainly leaves a `try` at module level ends the import. */
function noteFailure(m: Machine, { path, how }: Exit): void {
  if (how.kind !== "raise" || how.site === undefined || path.length > 0 || m.callDepth > 0 || m.undecided > 0) return;
  m.failure ??= { exception: how.exception, site: how.site };
}

/** Runs `finally` once in all worlds, however they came to it; what left the `try` goes on leaving. */
function always(m: Machine, frame: Frame, finalbody: readonly Stmt[], flow: Flow): Flow {
  const whole = flow.exits.length === 0 ? flow.normal : joinAll(m, flow);
  if (whole === undefined) return flow;
  const end = m.executeBlock(whole, frame, finalbody);
  const { normal } = end;
  if (normal === undefined) return end;
  const left = flow.exits.map((exit): Exit => ({ ...exit, state: normal.fork() }));
  return { exits: [...end.exits, ...left], normal: flow.normal === undefined ? undefined : normal };
}

interface Caught {
  readonly exit: Exit;
  /** `undefined`: it leaves the `try`. */
  readonly handler: ExceptHandler | undefined;
}

/** An exit with the handler that takes it; several, one after the other, where that is not known. */
function withHandler(m: Machine, frame: Frame, all: readonly ExceptHandler[], exit: Exit): readonly Caught[] {
  if (exit.how.kind !== "raise") return [{ exit, handler: undefined }];
  const { handlers, isCertain } = handlersFor(all, exit.how.exception);
  const result: Caught[] = [];
  let { state } = exit;
  const others: Decision[] = [];
  for (const [index, handler] of handlers.entries()) {
    if (isCertain && index === handlers.length - 1)
      return [...result, { exit: { ...exit, path: [...exit.path, ...others], state }, handler }];
    const test = someTest(m.site(frame, handler));
    result.push({
      exit: { ...exit, path: [...exit.path, ...others, { test, holds: true }], state: state.assume(test, true) },
      handler,
    });
    state = state.assume(test, false);
    others.push({ test, holds: false });
  }
  return [...result, { exit: { ...exit, path: [...exit.path, ...others], state }, handler: undefined }];
}

/** A test of which nothing is known. */
function someTest(site: Site): Test {
  return newTest(unknown("error", "which exception is raised", site), site, "this exception is raised");
}

/** A handler's body, run once for all the worlds that come to it. */
function handled(
  m: Machine,
  frame: Frame,
  handler: ExceptHandler,
  raised: readonly Exit[],
  isConditional: boolean,
): Flow {
  const state = joinAll(m, { exits: raised, normal: undefined });
  if (isConditional) m.undecided += 1;
  const { name } = handler;
  if (name !== undefined) {
    const target: Expr = nameAt(name, handler);
    const value = unknown("error", "the exception that was caught", m.site(frame, handler));
    bindName(m, state, frame, name, value, { target, statement: undefined, expression: undefined });
  }
  const flow = m.executeBlock(state, frame, handler.body);
  if (isConditional) m.undecided -= 1;
  // The name of the exception is deleted at the handler's end (Python reference, "The try statement").
  if (name !== undefined) {
    const scope = frame.redirected.get(name) ?? (frame.scopes[0] as number);
    for (const end of [...flow.exits.map((exit) => exit.state), flow.normal]) end?.setSlot(scope, name, undefined);
  }
  return flow;
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
  if (types === undefined) return true;
  if (exception === ANY_EXCEPTION || exception === CALL_EXCEPTION) {
    if (types.includes("BaseException") || types.includes("Exception")) return true;
    const isImport = types.every((type) => type === "ImportError" || type === "ModuleNotFoundError");
    return isImport && exception === CALL_EXCEPTION ? false : undefined;
  }
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
