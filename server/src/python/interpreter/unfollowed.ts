import { slotValue, bind } from "../program/slots";
import { expose, overrideNames } from "../program/openNames";
import type { Expr, Stmt } from "../../syntax/ast";
import { classSlot } from "./classes";
import { Effects } from "../program/effects";
import { findSlot } from "../program/scopes";
import { spend } from "../values/fuel";
import { instanceBehind } from "./instances";
import { exposeScope, invalidate } from "../program/invalidate";
import { amongst, partsOfObjects } from "../program/sharing";
import type { Frame, Machine } from "../program/machine";
import { invalidateEnvironment, type State } from "../program/state";
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

/**
 * Invalidates what statements do that are not followed: every name that they may bind becomes unknown, and so does the contents
 * of every object that they may change. Errs towards unknown: a name bound in a branch that would not run is among them.
 * Gives what they may give.
 */
export function invalidateStatements(
  m: Machine,
  state: State,
  frame: Frame,
  statements: readonly Stmt[],
  kind: Cause["kind"],
): UnknownValue {
  return invalidateCode(m, state, frame, effectsOf(statements), because(kind, m, frame, statements));
}

/**
 * Invalidates all that is left of a module. What it imports may do more than its own text says: its names may be replaced,
 * and modules of the workspace that have not been executed may change any object.
 */
export function invalidateRest(m: Machine, state: State, frame: Frame, rest: readonly Stmt[]): void {
  const effects = effectsOf(rest);
  const given = because("budget", m, frame, rest);
  const { site } = given.because;
  if (effects.opensNamespace && site !== undefined) {
    const step: Step = { kind: "import", site, target: site.range, module: frame.module };
    overrideNames(state, frame.scopes.at(-1) as number, step, "code beyond what is followed");
  }
  if (effects.imports) state.invalidateObjects(given);
  invalidateCode(m, state, frame, effects, given);
}

/** Invalidates what an expression does that is not followed, and gives what it may give. */
export function invalidateExpression(
  m: Machine,
  state: State,
  frame: Frame,
  node: Expr,
  kind: Cause["kind"],
): UnknownValue {
  return invalidateCode(m, state, frame, effectsOf([node]), because(kind, m, frame, [node]));
}

/** Invalidates what a call does that is not followed: what the function's body may bind or change, and what it was handed. */
export function invalidateCall(
  m: Machine,
  state: State,
  callee: FunctionValue,
  handed: readonly Value[],
  site: Site,
): UnknownValue {
  const given = amongst(unknown("call", "code that is not followed", site), handed);
  invalidate(m, state, handed, unknown("call", "an object that was handed to a function", site));
  return invalidateParts(m, state, calleeParts(m, state, callee, new Set()), given);
}

/** Every object that some code may lead to by what it reads. */
export function readBy(m: Machine, state: State, frame: Frame, code: readonly (Stmt | Expr)[]): readonly Value[] {
  const parts = partsOf(m, state, { effects: effectsOf(code), frame, defaults: [] }, new Set());
  for (const { effects } of parts) spend(COST_OF_READING * effects.read.length);
  return readValues(state, parts);
}

/** What an expression leads to is looked for in every end of a block: names, their alternatives, and their attributes. */
const COST_OF_READING = 12;

function effectsOf(code: readonly (Stmt | Expr)[]): Effects {
  const effects = new Effects();
  for (const part of code) effects.add(part);
  return effects;
}

const OF_BODIES = new WeakMap<FunctionValue["definition"], Effects>();

/** Kept: with functions that call each other too deeply, each is needed thousands of times. */
function effectsOfBody(definition: FunctionValue["definition"]): Effects {
  const known = OF_BODIES.get(definition);
  if (known !== undefined) return known;
  const effects = effectsOf(definition.kind === "Lambda" ? [definition.body] : definition.body);
  OF_BODIES.set(definition, effects);
  return effects;
}

/** Some code that is not followed, where its names are looked up, and the defaults of its parameters. */
interface Part {
  readonly effects: Effects;
  readonly frame: Frame;
  readonly defaults: readonly Value[];
}

function invalidateCode(m: Machine, state: State, frame: Frame, effects: Effects, given: UnknownValue): UnknownValue {
  return invalidateParts(m, state, partsOf(m, state, { effects, frame, defaults: [] }, new Set()), given);
}

/**
 * Invalidates what parts of code do, which may run in any order and more than once: first what they do to objects, which the
 * names lead to that are invalidated afterwards. What they bind or give may be anything that they read.
 */
function invalidateParts(m: Machine, state: State, parts: readonly Part[], cause: UnknownValue): UnknownValue {
  const given = amongst(cause, readValues(state, parts));
  const fresh = (): UnknownValue => ({ ...given, id: freshId() });
  invalidate(m, state, changedBy(state, parts), given);
  for (const { effects, frame } of parts) invalidateNamespaces(m, state, frame, effects, fresh);
  for (const { effects, frame } of parts) {
    for (const variable of effects.variables) state.environ.set(variable, fresh());
    if (effects.opensEnvironment) invalidateOpened(state, cause, fresh);
    for (const name of effects.global)
      for (const scope of outerScopes(state, frame, name)) invalidateName(state, scope, name, frame, fresh());
    for (const name of effects.names)
      if (!effects.global.has(name))
        invalidateName(state, frame.redirected.get(name) ?? (frame.scopes[0] as number), name, frame, fresh());
  }
  return given;
}

/**
 * What a file that is not in the workspace puts into the environment (a `.env` that git ignores) is the environment's own
 * business, as what such a file gives python-dotenv is: only what the program itself has set before may be another text.
 */
function invalidateOpened(state: State, cause: UnknownValue, fresh: () => UnknownValue): void {
  if (cause.because.kind !== "file") return invalidateEnvironment(state, fresh());
  for (const name of [...state.environ.keys()]) state.environ.set(name, fresh());
}

/** What the expressions lead to that parts of code read: where only parts come out, those. */
function readValues(state: State, parts: readonly Part[]): readonly Value[] {
  return parts.flatMap(({ effects, frame }) =>
    effects.read.flatMap((expression) => {
      const values = reach(state, frame, expression);
      return effects.parted.has(expression) ? partsOfObjects(state, values) : values;
    }),
  );
}

/** Names of modules, classes and objects that some code may bind. */
function invalidateNamespaces(
  m: Machine,
  state: State,
  frame: Frame,
  effects: Effects,
  fresh: () => UnknownValue,
): void {
  const { site } = fresh().because;
  if (effects.opensNamespace && site !== undefined) {
    const step: Step = { kind: "assignment", site, target: site.range, module: frame.module };
    expose(state, frame.scopes[frame.scopes.length - 1] as number, step);
  }
  for (const target of effects.opened)
    for (const scope of scopesOf(reach(state, frame, target), state)) exposeScope(m, state, scope, site);
  for (const { value, attr } of effects.attributes)
    for (const scope of scopesOf(reach(state, frame, value), state)) invalidateName(state, scope, attr, frame, fresh());
}

/** Where a name that is declared `global` or `nonlocal` may be bound: in the module, and wherever around it is bound. */
function outerScopes(state: State, frame: Frame, name: string): readonly number[] {
  return frame.scopes.filter(
    (scope, index) => index === frame.scopes.length - 1 || (index > 0 && state.slot(scope, name) !== undefined),
  );
}

/** Some code and the functions of the project that it may call, and those that they may call. */
function partsOf(m: Machine, state: State, part: Part, seen: Set<unknown>): readonly Part[] {
  const { effects, frame } = part;
  const named = [...effects.called, ...effects.read].flatMap((expression) => reach(state, frame, expression));
  return [part, ...named.flatMap((callee) => calleeParts(m, state, callee, seen))];
}

function calleeParts(m: Machine, state: State, callee: Value, seen: Set<unknown>): readonly Part[] {
  if (callee.kind === "class") return calleeParts(m, state, slotValue(classSlot(state, callee, "__init__")), seen);
  if (callee.kind !== "function" || seen.has(callee.definition)) return [];
  seen.add(callee.definition);
  const { definition } = callee;
  const effects = effectsOfBody(definition);
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
  return partsOf(m, state, { effects, frame, defaults: [...callee.defaults.values()] }, seen);
}

const TEXTS: Partial<Record<Cause["kind"], string>> = {
  "syntax-error": "a statement that cannot be parsed",
  error: "a statement that raises an exception",
  budget: "code beyond what is followed",
  unsupported: "a loop or match that is not followed",
};

function because(kind: Cause["kind"], m: Machine, frame: Frame, code: readonly (Stmt | Expr)[]): UnknownValue {
  const site = code[0] === undefined ? undefined : m.site(frame, code[0]);
  return unknown(kind, TEXTS[kind] ?? "code that is not followed", site);
}

function invalidateName(state: State, scope: number, name: string, frame: Frame, value: UnknownValue): void {
  const { site } = value.because;
  const steps: readonly Step[] =
    site === undefined ? [] : [{ kind: "assignment", site, target: site.range, module: frame.module }];
  state.setSlot(scope, name, bind(value, steps));
}

/** The objects that parts of code may change. */
function changedBy(state: State, parts: readonly Part[]): readonly Value[] {
  const bound = new Set(parts.flatMap(({ effects }) => [...effects.names, ...effects.global]));
  // What is changed through a name that the same code binds may be any object that the code reads.
  const isIndirect = parts.some(({ effects }) =>
    effects.changed.some((expression) => namesOf(expression).some((name) => bound.has(name))),
  );
  return parts.flatMap(({ effects, frame, defaults }) => [
    ...defaults,
    ...(isIndirect ? [...effects.changed, ...effects.read] : effects.changed).flatMap((expression) =>
      reach(state, frame, expression),
    ),
  ]);
}

function namesOf(expression: Expr): readonly string[] {
  return effectsOf([expression]).read.flatMap((part) => (part.kind === "Name" ? [part.id] : []));
}

/** The values that an expression can lead to, one of whose objects it gives: too many rather than too few. */
function reach(state: State, frame: Frame, expression: Expr): readonly Value[] {
  spend(1);
  switch (expression.kind) {
    case "Name":
      return alternatives(slotValue(findSlot(state, frame, expression.id)));
    case "Attribute":
      return reach(state, frame, expression.value).flatMap((owner) => attributeOf(state, owner, expression.attr));
    case "Subscript":
      return reach(state, frame, expression.value);
    default: {
      return effectsOf([expression]).read.flatMap((part) => reach(state, frame, part));
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
