import { bind } from "../program/slots";
import { handOut, overrideNames } from "../program/openNames";
import type { Expr, Stmt } from "../../syntax/ast";
import { classSlot } from "./classes";
import { Effects } from "../program/effects";
import { findSlot } from "../program/scopes";
import { instanceBehind } from "./instances";
import type { Frame, Machine } from "../program/machine";
import { slotValue } from "../program/machine";
import { forgetEnvironment, type State } from "../program/state";
import {
  freshId,
  unknown,
  type Cause,
  type FunctionValue,
  type Site,
  type Step,
  type UnknownValue,
  type Value,
} from "../values/value";
import { forgetContents, handOutScope } from "./forgetting";

/**
 * Gives up on statements: every name that they may bind becomes unknown, and so does the contents of every object that
 * they may change. Errs towards unknown: a name bound in a branch that would not run is given up too.
 */
export function forget(m: Machine, state: State, frame: Frame, statements: readonly Stmt[], kind: Cause["kind"]): void {
  const effects = new Effects();
  for (const statement of statements) effects.add(statement);
  const site = statements[0] === undefined ? undefined : m.site(frame, statements[0]);
  forgetEffects(m, state, frame, effects, { kind, site });
}

/**
 * Gives up on all that is left of a module. What it imports may do more than its own text says: its names may be replaced,
 * and modules of the workspace that have not been executed may change any object.
 */
export function forgetRest(m: Machine, state: State, frame: Frame, rest: readonly Stmt[]): void {
  const effects = new Effects();
  for (const statement of rest) effects.add(statement);
  const site = rest[0] === undefined ? undefined : m.site(frame, rest[0]);
  const given: Widening = { kind: "budget", site };
  if (effects.opensNamespace && site !== undefined) {
    const step: Step = { kind: "import", site, target: site.range, module: frame.module };
    overrideNames(state, frame.scopes.at(-1) as number, step, "code beyond what is followed");
  }
  if (effects.imports) state.forgetObjects(because(given));
  forgetEffects(m, state, frame, effects, given);
}

/** Gives up on what an expression does that is not followed, besides giving a value. */
export function forgetExpression(m: Machine, state: State, frame: Frame, node: Expr, kind: Cause["kind"]): void {
  const effects = new Effects();
  effects.add(node);
  forgetEffects(m, state, frame, effects, { kind, site: m.site(frame, node) });
}

/** Some code that is given up, and where its names are looked up. */
interface Part {
  readonly effects: Effects;
  readonly frame: Frame;
}

function forgetEffects(m: Machine, state: State, frame: Frame, effects: Effects, given: Widening): void {
  forgetParts(m, state, partsOf(m, state, { effects, frame }, given, new Set()), given);
}

/**
 * Gives up what parts of code do, which may run in any order and more than once: first what they do to objects, which the
 * names lead to that are given up afterwards.
 */
function forgetParts(m: Machine, state: State, parts: readonly Part[], given: Widening): void {
  // What they bind or give may be anything that they read.
  for (const { effects, frame } of parts)
    for (const expression of effects.read)
      for (const value of reach(state, frame, expression)) {
        if (effects.parted.has(expression)) state.escapeParts(value);
        else state.escape(value);
      }
  forgetObjects(m, state, parts, given);
  for (const { effects, frame } of parts) forgetNamespaces(m, state, frame, effects, given);
  for (const { effects, frame } of parts) {
    for (const variable of effects.variables) state.environ.set(variable, because(given));
    if (effects.opensEnvironment) forgetEnvironment(state, because(given));
    for (const name of effects.global)
      for (const scope of outerScopes(state, frame, name)) forgetName(state, scope, name, frame, given);
    for (const name of effects.names)
      if (!effects.global.has(name))
        forgetName(state, frame.redirected.get(name) ?? (frame.scopes[0] as number), name, frame, given);
  }
}

/** Names of modules, classes and objects that some code may bind. */
function forgetNamespaces(m: Machine, state: State, frame: Frame, effects: Effects, given: Widening): void {
  const { site } = given;
  if (effects.opensNamespace && site !== undefined) {
    const step: Step = { kind: "assignment", site, target: site.range, module: frame.module };
    handOut(state, frame.scopes[frame.scopes.length - 1] as number, step);
  }
  for (const target of effects.opened)
    for (const scope of scopesOf(reach(state, frame, target), state)) handOutScope(m, state, scope, site);
  for (const { value, attr } of effects.attributes)
    for (const scope of scopesOf(reach(state, frame, value), state)) forgetName(state, scope, attr, frame, given);
}

/** Where a name that is declared `global` or `nonlocal` may be bound: in the module, and wherever around it is bound. */
function outerScopes(state: State, frame: Frame, name: string): readonly number[] {
  return frame.scopes.filter(
    (scope, index) => index === frame.scopes.length - 1 || (index > 0 && state.slot(scope, name) !== undefined),
  );
}

/** Some code and the functions of the project that it may call, and those that they may call. */
function partsOf(m: Machine, state: State, part: Part, given: Widening, seen: Set<unknown>): readonly Part[] {
  const { effects, frame } = part;
  const named = [...effects.called, ...effects.read].flatMap((expression) => reach(state, frame, expression));
  return [part, ...named.flatMap((callee) => calleeParts(m, state, callee, given, seen))];
}

function calleeParts(m: Machine, state: State, callee: Value, given: Widening, seen: Set<unknown>): readonly Part[] {
  if (callee.kind === "class")
    return calleeParts(m, state, slotValue(classSlot(state, callee, "__init__")), given, seen);
  if (callee.kind !== "function" || seen.has(callee.definition)) return [];
  seen.add(callee.definition);
  const { definition } = callee;
  const effects = new Effects();
  if (definition.kind === "Lambda") effects.add(definition.body);
  else for (const statement of definition.body) effects.add(statement);
  forgetContents(m, state, [...callee.defaults.values()], because(given));
  // Names that it binds are its own.
  const own = freshId();
  state.addScope(own);
  const frame: Frame = {
    file: callee.file,
    module: m.host.moduleName(callee.file),
    scopes: [own, ...callee.scopes],
    kind: "function",
    redirected: new Map(),
    importGuarded: false,
  };
  return partsOf(m, state, { effects, frame }, given, seen);
}

/** Gives up on a call that is not followed: what the function's body may bind or change, and what it was handed. */
export function forgetCall(
  m: Machine,
  state: State,
  callee: FunctionValue,
  handed: readonly Value[],
  site: Site,
): void {
  forgetContents(m, state, handed, unknown("call", "an object that was handed to a function", site));
  const given: Widening = { kind: "call", site };
  forgetParts(m, state, calleeParts(m, state, callee, given, new Set()), given);
}

interface Widening {
  readonly kind: Cause["kind"];
  readonly site: Site | undefined;
}

const TEXTS: Partial<Record<Cause["kind"], string>> = {
  "syntax-error": "a statement that cannot be parsed",
  error: "a statement that raises an exception",
  budget: "code beyond what is followed",
  unsupported: "a loop or match that is not followed",
};

function because({ kind, site }: Widening): UnknownValue {
  return unknown(kind, TEXTS[kind] ?? "code that is not followed", site);
}

function forgetName(state: State, scope: number, name: string, frame: Frame, given: Widening): void {
  const { site } = given;
  const step: Step | undefined =
    site === undefined ? undefined : { kind: "assignment", site, target: site.range, module: frame.module };
  state.setSlot(scope, name, bind(because(given), step === undefined ? [] : [step]));
}

function forgetObjects(m: Machine, state: State, parts: readonly Part[], given: Widening): void {
  const bound = new Set(parts.flatMap(({ effects }) => [...effects.names, ...effects.global]));
  // What is changed through a name that the same code binds may be any object that the code reads.
  const isIndirect = parts.some(({ effects }) =>
    effects.changed.some((expression) => namesOf(expression).some((name) => bound.has(name))),
  );
  const changed = parts.flatMap(({ effects, frame }) =>
    (isIndirect ? [...effects.changed, ...effects.read] : effects.changed).flatMap((expression) =>
      reach(state, frame, expression),
    ),
  );
  forgetContents(m, state, changed, because(given));
}

function namesOf(expression: Expr): readonly string[] {
  const effects = new Effects();
  effects.add(expression);
  return effects.read.flatMap((part) => (part.kind === "Name" ? [part.id] : []));
}

/** The values that an expression can lead to, one of whose objects it gives: too many rather than too few. */
function reach(state: State, frame: Frame, expression: Expr): readonly Value[] {
  switch (expression.kind) {
    case "Name":
      return alternatives(slotValue(findSlot(state, frame, expression.id)));
    case "Attribute":
      return reach(state, frame, expression.value).flatMap((owner) => attributeOf(state, owner, expression.attr));
    case "Subscript":
      return reach(state, frame, expression.value);
    default: {
      const effects = new Effects();
      effects.add(expression);
      return effects.read.flatMap((part) => reach(state, frame, part));
    }
  }
}

function attributeOf(state: State, owner: Value, name: string): readonly Value[] {
  if (owner.kind === "module") {
    const scope = state.modules.get(owner.file);
    return scope === undefined ? [] : alternatives(slotValue(state.slot(scope, name)));
  }
  if (owner.kind === "class") return alternatives(slotValue(classSlot(state, owner, name)));
  const instance = instanceBehind(owner);
  if (instance === undefined) return [owner];
  const slots = [state.slot(instance.scope, name), classSlot(state, instance.owner, name)];
  return slots.flatMap((slot) => alternatives(slotValue(slot)));
}

function alternatives(value: Value, seen = new Set<Value>()): readonly Value[] {
  if (seen.has(value)) return [];
  seen.add(value);
  return value.kind === "choice" ? [...alternatives(value.yes, seen), ...alternatives(value.no, seen)] : [value];
}

/** The scopes whose names are the attributes of some values. */
function scopesOf(values: readonly Value[], state: State): readonly number[] {
  return values.flatMap((value) => {
    const scope =
      value.kind === "module"
        ? state.modules.get(value.file)
        : value.kind === "class"
          ? value.scope
          : instanceBehind(value)?.scope;
    return scope === undefined ? [] : [scope];
  });
}
