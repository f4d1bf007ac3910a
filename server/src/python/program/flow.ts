import { operation } from "../semantics/operations";
import type { Machine } from "./machine";
import { truthOf } from "../semantics/operators";
import { PythonRaise } from "../values/raise";
import type { State } from "./state";
import { newTest } from "../values/symbolic";
import { bool, unknown, type Decision, type DerivedValue, type Guard, type Test, type Value } from "../values/value";

/**
 * How a block is left before its end, by a jump. `handled`: by an exception that its handler has dealt with; `done`: a loop
 * that was left by its own `break`.
 */
export type Leaving =
  { readonly kind: "break" | "continue" | "handled" | "done" } | { readonly kind: "return"; readonly value: Value };

/** A point at which a block may be left, with the program as it is there. */
export interface Exit {
  /** What has to hold for it, in the worlds that started the block and took none of the exits before this one. */
  readonly path: Guard;
  readonly state: State;
  readonly how: Leaving;
}

/**
 * How a block ends. Every world takes the first exit whose path holds in it, and comes to the normal end where there is
 * none. Without a normal end, the last exit is taken by all that remain. Worlds that raise an exception are noted for whatever
 * catches it (`raising.ts`), and are none of these.
 */
export interface Flow {
  readonly exits: readonly Exit[];
  readonly normal: State | undefined;
  /** Where there is neither a normal end nor an exit: the exception that all worlds raise. */
  readonly raised?: { readonly state: State; readonly error: PythonRaise };
}

export function normalEnd(state: State): Flow {
  return { exits: [], normal: state };
}

export function leaving(state: State, how: Leaving): Flow {
  return { exits: [{ path: [], state, how }], normal: undefined };
}

export function raising(state: State, error: PythonRaise): Flow {
  return { exits: [], normal: undefined, raised: { state, error } };
}

/** Executes a part of a statement that changes a state in place: where it may be caught, all worlds leave by what it raises. */
export function orRaising(m: Machine, state: State, run: () => Flow): Flow {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PythonRaise) || (m.callDepth === 0 && !m.raising.isCaught(error.exception))) throw error;
    return raising(state, error);
  }
}

/** Goes on with what follows in every world that ended normally. */
export function after(m: Machine, flow: Flow, next: (state: State) => Flow): Flow {
  const { exits, normal } = flow;
  if (normal === undefined) return flow;
  if (exits.length === 0) return next(normal);
  m.undecided += 1;
  const run = (): Flow => {
    const rest = next(normal);
    if (rest.raised !== undefined) m.raising.noteLeft(rest.raised.state, rest.raised.error);
    return rest;
  };
  const rest = exits.every((exit) => excludes(normal, exit)) ? run() : m.raising.afterJump(run);
  m.undecided -= 1;
  return { exits: [...exits, ...rest.exits], normal: rest.normal };
}

/** Whether a state has none of the worlds that take an exit. */
function excludes({ assumptions }: State, { path }: Exit): boolean {
  return path.some(({ test, holds }) => assumptions.get(test.id)?.holds === !holds);
}

/** The `break` of a loop's body ends that loop, one in its `else` the loop around it. */
export function endedByBreak({ exits, normal }: Flow): Flow {
  const done: Leaving = { kind: "done" };
  return { exits: exits.map((exit) => (exit.how.kind === "break" ? { ...exit, how: done } : exit)), normal };
}

/** Two arms of a test as one flow. */
export function combine(m: Machine, test: Test, yes: Flow, no: Flow): Flow {
  const under = (arm: Flow, holds: boolean): readonly Exit[] =>
    arm.exits.flatMap((exit) => prefixed(exit, [{ test, holds }]));
  const normal =
    yes.normal !== undefined && no.normal !== undefined
      ? m.join(test, yes.normal, no.normal)
      : (yes.normal ?? no.normal);
  const exits = [...under(yes, true), ...under(no, false)];
  // Both arms can be impossible, each for itself; something has to be left.
  const isEmpty = normal === undefined && exits.length === 0;
  if (isEmpty && no.raised === undefined) return yes.raised === undefined ? no : yes;
  if (yes.raised !== undefined) m.raising.noteLeft(yes.raised.state, yes.raised.error);
  if (isEmpty) return no;
  if (no.raised !== undefined) m.raising.noteLeft(no.raised.state, no.raised.error);
  return { exits, normal };
}

/** An exit that happens under further decisions only; none where they exclude each other. */
export function prefixed(exit: Exit, path: Guard): readonly Exit[] {
  const whole = simplified([...path, ...exit.path]);
  return whole === undefined ? [] : [{ ...exit, path: whole }];
}

/** A path without repetitions; `undefined` where it contradicts itself. */
function simplified(path: Guard): Guard | undefined {
  const decisions = new Map<number, Decision>();
  for (const decision of path) {
    const earlier = decisions.get(decision.test.id);
    if (earlier !== undefined && earlier.holds !== decision.holds) return undefined;
    decisions.set(decision.test.id, decision);
  }
  return [...decisions.values()];
}

/** Some exits turn out to end normally: their worlds join those of the normal end, and are no later exit's. */
export function absorb(m: Machine, flow: Flow, isNormal: (how: Leaving) => boolean): Flow {
  if (!flow.exits.some(({ how }) => isNormal(how))) return flow;
  const kept: Exit[] = [];
  const absorbed: Guard[] = [];
  for (const exit of flow.exits) {
    const path = without(m, exit.path, absorbed);
    if (path === undefined) continue;
    if (isNormal(exit.how)) absorbed.push(exit.path);
    else kept.push({ ...exit, path });
  }
  const normal = flow.exits.reduceRight<State | undefined>(
    (rest, { how, path, state }) => (isNormal(how) ? joinUnder(m, path, state, rest) : rest),
    flow.normal,
  );
  return { exits: kept, normal };
}

/** A path in the worlds in which none of some others holds; `undefined` where there are none. */
export function without(m: Machine, path: Guard, others: readonly Guard[]): Guard | undefined {
  const decided = new Map(path.map(({ test, holds }) => [test.id, holds] as const));
  const extra: Decision[] = [];
  for (const other of others) {
    if (other.some(({ test, holds }) => decided.get(test.id) === !holds)) continue;
    if (other.every(({ test, holds }) => decided.get(test.id) === holds)) return undefined;
    const { test, holds } = asOne(m, other);
    extra.push({ test, holds: !holds });
  }
  return simplified([...path, ...extra]);
}

/** The state where worlds in which a path holds meet all others. Neither state is changed; both must not be written any more. */
export function joinUnder(m: Machine, path: Guard, here: State, otherwise: State | undefined): State {
  if (otherwise === undefined || here === otherwise) return here;
  return short(m, path).reduceRight(
    (inner, { test, holds }) => (holds ? m.join(test, inner, otherwise) : m.join(test, otherwise, inner)),
    here,
  );
}

/** The state of all ends of a flow together, however it was left. */
export function joinAll(m: Machine, { exits, normal }: Flow): State {
  return exits.reduceRight<State | undefined>(
    (rest, { path, state }) => joinUnder(m, path, state, rest),
    normal,
  ) as State;
}

/** {@link joinUnder} for values. */
export function chooseUnder(m: Machine, path: Guard, here: Value, otherwise: Value | undefined): Value {
  if (otherwise === undefined) return here;
  return short(m, path).reduceRight(
    (inner, { test, holds }) => (holds ? m.choose(test, inner, otherwise) : m.choose(test, otherwise, inner)),
    here,
  );
}

/** Longer paths are followed as one test of their own: the states stay small, and fewer correlations are seen. */
const MAX_PATH = 3;

function short(m: Machine, path: Guard): Guard {
  return path.length <= MAX_PATH ? path : [asOne(m, path)];
}

/** A whole path as one decision, which can be computed where its parts can. */
function asOne(m: Machine, path: Guard): Decision {
  const [first] = path;
  if (path.length === 1 && first !== undefined) return first;
  const key = path.map(({ test, holds }) => `${holds ? "" : "!"}${test.id}`).join("&");
  const known = m.paths.get(key);
  if (known !== undefined) return { test: known, holds: true };
  const value: DerivedValue = {
    kind: "derived",
    operation: operation("all of"),
    inputs: path.map(({ test }) => test.value),
    compute: (answers) => {
      const truths = answers.map(truthOf);
      if (truths.some((truth, index) => truth === !path[index]?.holds)) return bool(false);
      return truths.includes(undefined) ? unknown("unsupported", "which way is taken") : bool(true);
    },
    site: first?.test.site,
  };
  const test = newTest(value, first?.test.site, path.map((each) => each.test.text).join(" and "));
  m.paths.set(key, test);
  return { test, holds: true };
}
