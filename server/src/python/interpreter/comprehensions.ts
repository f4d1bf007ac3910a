import { operation } from "../semantics/operations";
import type { Comprehension, DictComp, Expr, ListComp } from "../../syntax/ast";
import { assignTarget, bindNamed } from "./assign";
import { MAX_LOOP_ROUNDS } from "../values/budget";
import { unsupported } from "../program/call";
import { codeKey } from "./codeKey";
import { DictBuilder } from "../values/dicts";
import { uniqueSet } from "./displays";
import { isWithoutEffects } from "../program/effects";
import { functionScopes } from "../program/scopes";
import { bound, giveUpIterator, goThrough, iterator, type Course } from "./iterators";
import type { Frame, Machine } from "../program/machine";
import { decide, type Condition } from "./deciding";
import { noteFailures } from "../program/pure";
import { ANY_EXCEPTION, PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { iterationItems, memberItems } from "./structures";
import { certaintyOf } from "../values/symbolic";
import { freshId, list, unknown, type DerivedValue, type Item, type UnknownValue, type Value } from "../values/value";
import { amongst } from "../program/sharing";
import { invalidateExpression } from "./unfollowed";

type AnyComprehension = ListComp | DictComp;

/** A comprehension: computed over known iterables, kept for later over those that the environment decides. */
export function comprehension(m: Machine, state: State, frame: Frame, node: AnyComprehension): Value {
  const first = node.generators[0] as Comprehension;
  const given = m.restrict(m.evaluate(state, frame, first.iter), state.assumptions);
  if (node.kind !== "GeneratorExp") return collected(m, state, frame, node, given);
  // A generator computes nothing but what it goes through before it is asked (Python reference, "Generator expressions").
  const parts = {
    sources: [given],
    code: { key: (at: State) => codeKey(m, at, frame, node), isPure: isWithoutEffects(node) },
    start: (at: State) => contentsOf(m, at, collected(m, at, frame, node, given)),
    giveUp: (at: State) => {
      giveUpIterator(given, at);
      giveUp(m, at, frame, node);
    },
  };
  return iterator({ machine: m, state, site: m.site(frame, node) }, parts);
}

function contentsOf(m: Machine, state: State, value: Value): Value {
  return m.distribute(state, [value], ([leaf]) =>
    leaf?.kind === "reference" ? m.contents(state, leaf) : (leaf as Value),
  );
}

/** The new list, dict or set. */
function collected(m: Machine, state: State, frame: Frame, node: AnyComprehension, given: Value): Value {
  return m.perAlternative(state, given, (arm, source) => {
    const { iterable: taken, check } = goThrough(arm, source);
    return m.perAlternative(arm, taken, (inner, leaf) =>
      collectedOver(m, inner, frame, node, { iterable: leaf, check }),
    );
  });
}

function collectedOver(
  m: Machine,
  state: State,
  frame: Frame,
  node: AnyComprehension,
  { iterable: given, check }: Course,
): Value {
  const site = m.site(frame, node);
  const result = node.kind === "DictComp" ? "dict" : node.kind === "SetComp" ? "set" : "list";
  const isIterated = given.kind === "model" || given.kind === "class";
  const iterable: Value = isIterated ? { kind: "list", items: iterationItems(m, state, given) } : given;
  const contents = m.freeze(state, iterable);
  if (!hasSpread(contents)) return built(m, state, frame, node, { iterable, check });
  const scratch = state.fork();
  const kind = result === "list" ? "list comprehension" : "comprehension";
  const what = operation(`${result} comprehension ${codeKey(m, state, frame, node)}`, kind);
  const { mayBe = [] } = giveUp(m, state, frame, node);
  if (certaintyOf(contents) !== "symbolic")
    return unsupported({ machine: m, state, site }, "a comprehension over something not known", mayBe);
  const compute = ([value]: readonly Value[]): Value => {
    const at = scratch.fork();
    const whole = build(m, at, frame, node, { iterable: value as Value, check: () => true });
    return typeof whole === "string" ? unknown(whole, NOT_FOLLOWED[whole], site) : m.freeze(at, whole);
  };
  const derived: DerivedValue = { kind: "derived", operation: what, inputs: [contents], compute, site };
  noteFailures(m, state, derived, site);
  return m.allocate(state, derived, frame.file);
}

/** Runs a comprehension apart: where it cannot be followed to its end, nothing of it has happened. */
function built(m: Machine, state: State, frame: Frame, node: AnyComprehension, source: Course): Value {
  const trial = state.fork();
  let why: NotFollowed = "unsupported";
  try {
    const value = build(m, trial, frame, node, source);
    if (typeof value !== "string") {
      state.become(trial);
      return value;
    }
    why = value;
  } catch (error) {
    if (error instanceof PythonRaise) state.become(trial);
    throw error;
  }
  const site = m.site(frame, node);
  const { mayBe = [] } = giveUp(m, state, frame, node);
  m.raising.noteMayRaise(state, site, ANY_EXCEPTION);
  return amongst(unknown(why, NOT_FOLLOWED[why], site), mayBe);
}

/** Invalidates what a comprehension does besides giving a value. */
function giveUp(m: Machine, state: State, frame: Frame, node: AnyComprehension): UnknownValue {
  forgetTargets(m, state, frame, node);
  return invalidateExpression(m, state, frame, node, "unsupported");
}

/** Names that a comprehension binds around itself (`:=`) are not known where its items are not. */
function forgetTargets(m: Machine, state: State, frame: Frame, node: unknown): void {
  if (typeof node !== "object" || node === null) return;
  const { kind, target } = node as { readonly kind?: string; readonly target?: Expr };
  if (kind === "Lambda") return;
  if (kind === "NamedExpr" && target?.kind === "Name") {
    const value = unknown("unsupported", "a name that a comprehension binds", m.site(frame, target));
    bindNamed(m, state, frame, target, value, undefined);
  }
  for (const child of Object.values(node)) forgetTargets(m, state, frame, child);
}

function hasSpread(value: Value): boolean {
  if (value.kind === "list" || value.kind === "tuple" || value.kind === "set" || value.kind === "frozenset")
    return value.items.some((item) => item.spread);
  if (value.kind === "dict") return value.entries.some((entry) => entry.key === undefined);
  return certaintyOf(value) !== "concrete" || value.kind === "choice";
}

interface Collected {
  readonly key: Value | undefined;
  /** `value` is a list of the item, or an empty one, as a test decides. */
  readonly isOptional?: boolean;
  readonly value: Value;
}

/** Why items cannot be collected: something that decides about them is not known, or they are too many. */
type NotFollowed = "unsupported" | "budget";

const NOT_FOLLOWED: Readonly<Record<NotFollowed, string>> = {
  unsupported: "a comprehension that is not known",
  budget: "a comprehension of more items than are followed",
};

function build(m: Machine, state: State, frame: Frame, node: AnyComprehension, source: Course): Value | NotFollowed {
  const scope = freshId();
  state.addScope(scope);
  const inner: Frame = {
    ...frame,
    scopes: [scope, ...functionScopes(frame)],
    kind: "function",
    redirected: new Map(frame.redirected),
    comprehensions: (frame.comprehensions ?? 0) + 1,
  };
  const collected: Collected[] = [];
  const failed = generate(m, state, inner, node, 0, source, collected);
  if (failed !== undefined) return failed;
  if (node.kind === "DictComp") {
    const dict = new DictBuilder();
    for (const { key, value } of collected) dict.add(key as Value, value, undefined);
    return m.allocate(state, dict.dict, frame.file);
  }
  const items = collected.map(({ value, isOptional }): Item => ({
    value,
    spread: isOptional === true,
    site: undefined,
  }));
  return m.allocate(state, node.kind === "SetComp" ? uniqueSet(items) : { kind: "list", items }, frame.file);
}

/** Runs one `for` clause and those inside it. */
function generate(
  m: Machine,
  state: State,
  frame: Frame,
  node: AnyComprehension,
  clauseIndex: number,
  course: Course,
  out: Collected[],
): NotFollowed | undefined {
  const clause = node.generators[clauseIndex] as Comprehension;
  const contents = m.contents(state, course.iterable);
  const items = (node.kind === "SetComp" ? memberItems : iterationItems)(m, state, contents);
  if (clause.isAsync || items.some((item) => item.spread)) return "unsupported";
  if (items.length > MAX_LOOP_ROUNDS) return "budget";
  for (const item of items) {
    if (!course.check(state)) return "unsupported";
    assignTarget(m, state, frame, clause.target, item.value, undefined);
    const kept = passes(m, state, frame, clause.ifs, 0);
    if (kept.kind === "known" && !kept.holds) continue;
    const failed =
      kept.kind === "test"
        ? addOptional(m, state, frame, node, kept, out)
        : add(m, state, frame, node, clauseIndex, out);
    if (failed !== undefined) return failed;
    if (out.length > MAX_LOOP_ROUNDS) return "budget";
  }
  return course.check(state) ? undefined : "unsupported";
}

/** What one item gives: an item of the result, or what the next clause goes through. */
function add(
  m: Machine,
  state: State,
  frame: Frame,
  node: AnyComprehension,
  clauseIndex: number,
  out: Collected[],
): NotFollowed | undefined {
  const next = node.generators[clauseIndex + 1];
  if (next !== undefined) {
    const given = m.restrict(m.evaluate(state, frame, next.iter), state.assumptions);
    return generate(m, state, frame, node, clauseIndex + 1, goThrough(state, given), out);
  }
  if (node.kind === "DictComp")
    out.push({ key: m.evaluate(state, frame, node.key), value: bound(m.evaluate(state, frame, node.value)) });
  else out.push({ key: undefined, value: bound(m.evaluate(state, frame, node.elt)) });
  return undefined;
}

/** An item that is there in some worlds only: of a list, and only where computing it does nothing else. */
function addOptional(
  m: Machine,
  state: State,
  frame: Frame,
  node: AnyComprehension,
  condition: Condition,
  out: Collected[],
): NotFollowed | undefined {
  if (node.generators.length > 1 || node.kind === "DictComp" || node.kind === "SetComp") return "unsupported";
  if (!isWithoutEffects(node.elt)) return "unsupported";
  const value = optionalItem(condition, m.freeze(state, m.evaluate(state, frame, node.elt)));
  out.push({ key: undefined, value, isOptional: true });
  return undefined;
}

/** An item that is there in some worlds, as a list of one or none. */
function optionalItem(condition: Condition, value: Value): Value {
  if (condition.kind === "known") return list(condition.holds ? [value] : []);
  return {
    kind: "choice",
    test: condition.test,
    yes: optionalItem(condition.yes, value),
    no: optionalItem(condition.no, value),
  };
}

/** Whether all `if` clauses from an index on hold. */
function passes(m: Machine, state: State, frame: Frame, tests: readonly Expr[], index: number): Condition {
  const test = tests[index];
  if (test === undefined) return { kind: "known", holds: true };
  const value = m.evaluate(state, frame, test);
  const own = decide(m, state, value, m.site(frame, test), m.excerpt(frame, test));
  const rest = (condition: Condition): Condition => {
    if (condition.kind === "known") return condition.holds ? passes(m, state, frame, tests, index + 1) : condition;
    return { ...condition, yes: rest(condition.yes), no: rest(condition.no) };
  };
  return rest(own);
}
