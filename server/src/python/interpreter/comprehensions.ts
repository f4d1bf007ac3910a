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
import { bound, invalidateIterator, goThrough, iterator, type Course } from "./iterators";
import type { Frame, Machine } from "../program/machine";
import { decide, type Condition } from "./deciding";
import { noteFailures } from "../program/pure";
import { ANY_EXCEPTION, PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { iterationItems, memberItems } from "./structures";
import { certaintyOf } from "../values/symbolic";
import {
  freshId,
  list,
  unknown,
  type DerivedValue,
  type Item,
  type Site,
  type UnknownValue,
  type Value,
} from "../values/value";
import { amongst } from "../program/sharing";
import { invalidateExpression } from "./unfollowed";

type AnyComprehension = ListComp | DictComp;

/** A comprehension in a program. */
interface Code {
  readonly m: Machine;
  readonly frame: Frame;
  readonly node: AnyComprehension;
  readonly site: Site;
}

/** Something that decides about the items is not known, or they are too many. Thrown and caught in this file only. */
class NotFollowed extends Error {
  readonly kind: "unsupported" | "budget";

  constructor(kind: "unsupported" | "budget" = "unsupported") {
    super(kind === "budget" ? "a comprehension of more items than are followed" : "a comprehension that is not known");
    this.kind = kind;
  }
}

/** A comprehension: computed over known iterables, kept for later over those that the environment decides. */
export function comprehension(m: Machine, state: State, frame: Frame, node: AnyComprehension): Value {
  const code: Code = { m, frame, node, site: m.site(frame, node) };
  const first = node.generators[0] as Comprehension;
  const given = m.restrict(m.evaluate(state, frame, first.iter), state.assumptions);
  if (node.kind !== "GeneratorExp") return collected(code, state, given);
  // A generator computes nothing but what it goes through before it is asked (Python reference, "Generator expressions").
  return iterator(
    { machine: m, state, site: code.site },
    {
      sources: [given],
      code: { key: (at) => codeKey(m, at, frame, node), isPure: isWithoutEffects(node) },
      start: (at) =>
        m.distribute(at, [collected(code, at, given)], ([leaf]) =>
          leaf?.kind === "reference" ? m.contents(at, leaf) : (leaf as Value),
        ),
      invalidate: (at) => {
        invalidateIterator(given, at);
        invalidate(code, at);
      },
    },
  );
}

/** The new list that a comprehension makes of what its first clause goes through. */
export function collectedFrom(m: Machine, state: State, frame: Frame, node: ListComp, given: Value): Value {
  return collected({ m, frame, node, site: m.site(frame, node) }, state, given);
}

/** The new list, dict or set. */
function collected(code: Code, state: State, given: Value): Value {
  return code.m.perAlternative(state, given, (arm, source) => {
    const { iterable, check } = goThrough(arm, source);
    return code.m.perAlternative(arm, iterable, (inner, leaf) => collectedOver(code, inner, { iterable: leaf, check }));
  });
}

function collectedOver(code: Code, state: State, { iterable: given, check }: Course): Value {
  const { m, frame, node, site } = code;
  const isIterated = given.kind === "model" || given.kind === "class";
  const iterable: Value = isIterated ? { kind: "list", items: iterationItems(m, state, given) } : given;
  const contents = m.freeze(state, iterable);
  if (!hasSpread(contents)) return built(code, state, { iterable, check });
  const scratch = state.fork();
  const result = node.kind === "DictComp" ? "dict" : node.kind === "SetComp" ? "set" : "list";
  const kind = result === "list" ? "list comprehension" : "comprehension";
  const what = operation(`${result} comprehension ${codeKey(m, state, frame, node)}`, kind);
  const { mayBe = [] } = invalidate(code, state);
  if (certaintyOf(contents) !== "symbolic")
    return unsupported({ machine: m, state, site }, "a comprehension over something not known", mayBe);
  const compute = ([value]: readonly Value[]): Value => {
    const at = scratch.fork();
    return ifFollowed(
      () => m.freeze(at, build(code, at, { iterable: value as Value, check: () => true })),
      ({ kind: why, message }) => unknown(why, message, site),
    );
  };
  const derived: DerivedValue = { kind: "derived", operation: what, inputs: [contents], compute, site };
  noteFailures(m, state, derived, site);
  return m.allocate(state, derived, frame.file);
}

function ifFollowed(run: () => Value, otherwise: (why: NotFollowed) => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof NotFollowed) return otherwise(error);
    throw error;
  }
}

/** Runs a comprehension apart: where it cannot be followed to its end, nothing of it has happened. */
function built(code: Code, state: State, source: Course): Value {
  const { m, site } = code;
  const trial = state.fork();
  return ifFollowed(
    () => {
      try {
        const value = build(code, trial, source);
        state.become(trial);
        return value;
      } catch (error) {
        if (error instanceof PythonRaise) state.become(trial);
        throw error;
      }
    },
    ({ kind, message }) => {
      const { mayBe = [] } = invalidate(code, state);
      m.raising.noteMayRaise(state, site, ANY_EXCEPTION);
      return amongst(unknown(kind, message, site), mayBe);
    },
  );
}

/** Invalidates what a comprehension does besides giving a value. */
function invalidate({ m, frame, node }: Code, state: State): UnknownValue {
  bindUnknown(m, state, frame, node);
  return invalidateExpression(m, state, frame, node, "unsupported");
}

/** Names that a comprehension binds around itself (`:=`) are not known where its items are not. */
function bindUnknown(m: Machine, state: State, frame: Frame, node: unknown): void {
  if (typeof node !== "object" || node === null) return;
  const { kind, target } = node as { readonly kind?: string; readonly target?: Expr };
  if (kind === "Lambda") return;
  if (kind === "NamedExpr" && target?.kind === "Name") {
    const value = unknown("unsupported", "a name that a comprehension binds", m.site(frame, target));
    bindNamed(m, state, frame, target, value, undefined);
  }
  for (const child of Object.values(node)) bindUnknown(m, state, frame, child);
}

function hasSpread(value: Value): boolean {
  if ("items" in value) return value.items.some((item) => item.spread);
  if (value.kind === "dict") return value.entries.some((entry) => entry.key === undefined);
  return certaintyOf(value) !== "concrete" || value.kind === "choice";
}

interface Collected {
  readonly key: Value | undefined;
  /** `value` is a list of the item, or an empty one, as a test decides. */
  readonly isOptional?: boolean;
  readonly value: Value;
}

/** Throws {@link NotFollowed}. */
function build(code: Code, state: State, source: Course): Value {
  const { m, node } = code;
  const scope = freshId();
  state.addScope(scope);
  const frame: Frame = {
    ...code.frame,
    scopes: [scope, ...functionScopes(code.frame)],
    kind: "function",
    redirected: new Map(code.frame.redirected),
    comprehensions: (code.frame.comprehensions ?? 0) + 1,
  };
  const out: Collected[] = [];
  generate({ ...code, frame }, state, 0, source, out);
  if (node.kind === "DictComp") {
    const dict = new DictBuilder();
    for (const { key, value } of out) dict.add(key as Value, value, undefined);
    return m.allocate(state, dict.dict, frame.file);
  }
  const items = out.map(({ value, isOptional }): Item => ({ value, spread: isOptional === true, site: undefined }));
  return m.allocate(state, node.kind === "SetComp" ? uniqueSet(items) : { kind: "list", items }, frame.file);
}

/** Runs one `for` clause and those inside it. */
function generate(code: Code, state: State, index: number, course: Course, out: Collected[]): void {
  const { m, frame, node } = code;
  const clause = node.generators[index] as Comprehension;
  const items = (node.kind === "SetComp" ? memberItems : iterationItems)(m, state, m.contents(state, course.iterable));
  if (clause.isAsync || items.some((item) => item.spread)) throw new NotFollowed();
  if (items.length > MAX_LOOP_ROUNDS) throw new NotFollowed("budget");
  for (const item of items) {
    if (!course.check(state)) throw new NotFollowed();
    assignTarget(m, state, frame, clause.target, item.value, undefined);
    const kept = passes(code, state, clause.ifs, 0);
    if (kept.kind === "test") out.push(optionalResult(code, state, kept));
    else if (kept.holds) add(code, state, index, out);
    if (out.length > MAX_LOOP_ROUNDS) throw new NotFollowed("budget");
  }
  if (!course.check(state)) throw new NotFollowed();
}

/** What one item gives: an item of the result, or what the next clause goes through. */
function add(code: Code, state: State, index: number, out: Collected[]): void {
  const { m, frame, node } = code;
  const next = node.generators[index + 1];
  if (next !== undefined) {
    const given = m.restrict(m.evaluate(state, frame, next.iter), state.assumptions);
    generate(code, state, index + 1, goThrough(state, given), out);
  } else if (node.kind === "DictComp")
    out.push({ key: m.evaluate(state, frame, node.key), value: bound(m.evaluate(state, frame, node.value)) });
  else out.push({ key: undefined, value: bound(m.evaluate(state, frame, node.elt)) });
}

/** An item that is there in some worlds only: of a list, and only where computing it does nothing else. */
function optionalResult({ m, frame, node }: Code, state: State, condition: Condition): Collected {
  const isOfList = node.kind !== "DictComp" && node.kind !== "SetComp" && node.generators.length === 1;
  if (!isOfList || !isWithoutEffects(node.elt)) throw new NotFollowed();
  const value = m.freeze(state, m.evaluate(state, frame, node.elt));
  const arm = (part: Condition): Value =>
    part.kind === "known"
      ? list(part.holds ? [value] : [])
      : { kind: "choice", test: part.test, yes: arm(part.yes), no: arm(part.no) };
  return { key: undefined, value: arm(condition), isOptional: true };
}

/** Whether all `if` clauses from an index on hold. */
function passes(code: Code, state: State, tests: readonly Expr[], index: number): Condition {
  const { m, frame } = code;
  const test = tests[index];
  if (test === undefined) return { kind: "known", holds: true };
  const value = m.evaluate(state, frame, test);
  const rest = (condition: Condition): Condition => {
    if (condition.kind === "known") return condition.holds ? passes(code, state, tests, index + 1) : condition;
    return { ...condition, yes: rest(condition.yes), no: rest(condition.no) };
  };
  return rest(decide(m, state, value, m.site(frame, test), m.excerpt(frame, test)));
}
