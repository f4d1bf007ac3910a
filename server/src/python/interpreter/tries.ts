import { append } from "../../base/lists";
import type { ExceptHandler, Expr, Stmt, Try } from "../../syntax/ast";
import { nameAt } from "../../syntax/places";
import { bindName } from "./assign";
import { dottedName } from "../../syntax/dottedName";
import { absorb, after, joinAll, joinUnder, prefixed, raising, without, type Exit, type Flow } from "../program/flow";
import { invalidateStatement } from "./invalidateStatement";
import { jumpsOf } from "../program/jumps";
import type { Frame, Machine } from "../program/machine";
import type { Catcher, Raised, Takes } from "../program/raising";
import { partlyDone } from "../program/invalidate";
import { amongst } from "../program/sharing";
import { readBy } from "./unfollowed";
import { ANY_EXCEPTION, CALL_EXCEPTION, catches } from "../values/raise";
import type { State } from "../program/state";
import { newTest } from "../values/symbolic";
import { unknown, type Decision, type Guard, type Site, type Test } from "../values/value";

/**
 * `try`: the body, then `else` in the worlds that came to its end, and in the others the handler that takes what they
 * raised; at last `finally` in all of them. The exceptions of a short body are followed from where they are raised; what a
 * longer one has done when it raises is not known.
 */
export function executeTry(m: Machine, state: State, frame: Frame, node: Try): Flow {
  const { handlers, finalbody } = node;
  // An exception that is caught further out, or ended by a jump, has been through `finally`.
  if (finalbody.length > 0 && (m.raising.isCaught() || finalbody.some(swallows)))
    return invalidateStatement(m, state, frame, node, "unsupported");
  const inner: Frame = { ...frame, importGuarded: frame.importGuarded || handlers.some(takesImportError) };
  const takes = takesOf(handlers);
  const before = state.fork();
  const [body, catcher] = m.raising.catching(state, takes, isShort(node), () =>
    m.executeBlock(state, inner, node.body),
  );
  const raised = catcher.isExact ? catcher.raised : inexact(m, before, frame, node, catcher, body);
  if (body.raised !== undefined) raised.push({ path: [], ...body.raised });
  const flow = afterBody(m, frame, node, body, raised);
  return finalbody.length === 0 ? flow : always(m, frame, finalbody, flow);
}

/** Real ones hold an import or an assignment, seldom two, or an import and the settings of what is imported. */
function isShort({ body, handlers }: Try): boolean {
  if (body.some(({ kind }) => COMPOUND.has(kind))) return false;
  const [first, ...others] = body;
  if (others.length <= 1) return true;
  const isOptional = first !== undefined && isImport(first) && !others.some(isImport);
  return isOptional && others.length <= MAX_AFTER_IMPORT && handlers.every(takesImportError);
}

/** The settings of one optional app. */
const MAX_AFTER_IMPORT = 7;

function isImport({ kind }: Stmt): boolean {
  return kind === "Import" || kind === "ImportFrom";
}

const COMPOUND: ReadonlySet<string> = new Set(["If", "Try", "For", "While", "With", "Match", "ClassDef"]);

/** Leaving `finally` by a jump ends an exception. */
function swallows(statement: Stmt): boolean {
  return jumpsOf(statement).length > 0;
}

/** The exceptions of a body that are not followed one by one: each is raised before the body, or after it has done something. */
function inexact(m: Machine, before: State, frame: Frame, node: Try, catcher: Catcher, body: Flow): Raised[] {
  const caught = catcher.raised.filter(({ error }) => catcher.takes(error.exception) !== false);
  const classes = new Map(caught.map(({ error }) => [error.exception, error] as const));
  if (classes.size === 0) return [];
  const site = m.site(frame, node);
  const ends = [...catcher.raised, ...body.exits].map(({ state }) => state);
  for (const end of [body.normal, body.raised?.state]) if (end !== undefined) ends.push(end);
  const because = unknown("error", "what the body of a try has done when it raises an exception", site);
  const read = [before, ...ends].flatMap((state) => readBy(m, state, frame, node.body));
  const start = partlyDone(before, ends, amongst(because, read));
  return [...classes.values()].map((error) => {
    const test = newTest(unknown("error", "whether it raises", site), site, "it raises");
    return { path: [{ test, holds: true }], state: start.assume(test, true), error };
  });
}

/** What follows the body: `else` where it ended normally, and the handler that takes it where it raised. */
function afterBody(m: Machine, frame: Frame, node: Try, body: Flow, raised: readonly Raised[]): Flow {
  const caught = raised.flatMap((each) => withHandler(m, frame, node.handlers, each));
  const ends = node.handlers.map((handler) => {
    const taken = caught.filter((each) => each.handler === handler).map((each) => each.raised);
    return taken.length === 0
      ? undefined
      : handled(m, frame, handler, taken, caught.length > 1 || body.normal !== undefined);
  });
  if (caught.length > 0) m.undecided += 1;
  const rest = after(m, { exits: [], normal: body.normal }, (next) => m.executeBlock(next, frame, node.orelse));
  if (caught.length > 0) m.undecided -= 1;
  const left: Raised[] = [];
  const taken: Guard[] = [];
  const exits = caught.flatMap(({ raised: from, handler }): readonly Exit[] => {
    const end = handler === undefined ? undefined : ends[node.handlers.indexOf(handler)];
    if (end === undefined) append(left, inOtherWorlds(m, from, taken));
    else taken.push(from.path);
    return end === undefined ? [] : throughHandler(from, end, left);
  });
  if (rest.raised !== undefined) append(left, inOtherWorlds(m, { path: [], ...rest.raised }, taken));
  const all = [...exits, ...body.exits, ...rest.exits];
  const whole = absorb(m, { exits: all, normal: rest.normal }, ({ kind }) => kind === "handled");
  return withRaised(m, whole, left);
}

/** An exception in the worlds that no handler has taken before it; none where there are none. */
function inOtherWorlds(m: Machine, raised: Raised, taken: readonly Guard[]): readonly Raised[] {
  const path = without(m, raised.path, taken);
  return path === undefined ? [] : [{ ...raised, path, state: raised.state.assumeAll(path) }];
}

/** The exits of a handler, taken from where the exception was raised. What it raises itself is added to what leaves the `try`. */
function throughHandler(from: Raised, end: Flow, left: Raised[]): readonly Exit[] {
  const { path } = from;
  if (end.raised !== undefined) left.push({ ...end.raised, state: end.raised.state.assumeAll(path), path });
  const exits = end.exits.flatMap((exit) => prefixed({ ...exit, state: exit.state.fork() }, path));
  if (end.normal === undefined) return exits;
  return [...exits, { path, state: end.normal, how: { kind: "handled" } }];
}

/** A flow and the exceptions that leave besides: where nothing else is left, the last one is raised by all. */
function withRaised(m: Machine, { exits, normal }: Flow, left: readonly Raised[]): Flow {
  const last = normal === undefined && exits.length === 0 ? left.at(-1) : undefined;
  for (const each of left) if (each !== last) m.raising.noteLeft(each.state, each.error);
  return last === undefined ? { exits, normal } : raising(last.state, last.error);
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
  readonly raised: Raised;
  /** `undefined`: it leaves the `try`. */
  readonly handler: ExceptHandler | undefined;
}

/** An exception with the handler that takes it; several, one after the other, where that is not known. */
function withHandler(m: Machine, frame: Frame, all: readonly ExceptHandler[], raised: Raised): readonly Caught[] {
  const { handlers, isCertain } = handlersFor(all, raised.error.exception);
  const result: Caught[] = [];
  let { state } = raised;
  const others: Decision[] = [];
  for (const [index, handler] of handlers.entries()) {
    if (isCertain && index === handlers.length - 1)
      return [...result, { raised: { ...raised, path: [...raised.path, ...others], state }, handler }];
    const test = someTest(m.site(frame, handler));
    const path = [...raised.path, ...others, { test, holds: true }];
    result.push({ raised: { ...raised, path, state: state.assume(test, true) }, handler });
    state = state.assume(test, false);
    others.push({ test, holds: false });
  }
  return [...result, { raised: { ...raised, path: [...raised.path, ...others], state }, handler: undefined }];
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
  raised: readonly Raised[],
  isConditional: boolean,
): Flow {
  const state = raised.reduceRight<State | undefined>(
    (rest, each) => joinUnder(m, each.path, each.state, rest),
    undefined,
  ) as State;
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
    for (const end of [...flow.exits.map((exit) => exit.state), flow.normal, flow.raised?.state])
      end?.setSlot(scope, name, undefined);
  }
  return flow;
}

/** Whether one of some handlers takes an exception; asked for each that may happen, so answers are remembered. */
function takesOf(handlers: readonly ExceptHandler[]): Takes {
  const known = new Map<string, boolean | undefined>();
  return (exception) => {
    if (!known.has(exception)) {
      const { handlers: possible, isCertain } = handlersFor(handlers, exception);
      known.set(exception, isCertain ? true : possible.length > 0 ? undefined : false);
    }
    return known.get(exception);
  };
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
