import { spend } from "../values/fuel";
import { slotValue, bind } from "../program/slots";
import type { Expr, Stmt } from "../../syntax/ast";
import { callContext } from "../program/call";
import type { Model } from "../program/call";
import type { Read } from "../program/evaluation";
import { instanceBehind } from "./instances";
import { bound, drained } from "./iterators";
import type { Frame, Machine } from "../program/machine";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { iterationItems } from "./structures";
import { invalidate, invalidateValue } from "../program/invalidate";
import { amongst } from "../program/sharing";
import { isUnchanging } from "../semantics/types";
import { freshId, unknown, type Site, type Step, type Value } from "../values/value";
import { unpacked } from "./unpacking";
import { assignmentStep, mutate } from "./mutation";
import { withItem, withoutItem } from "./items";

/** The statement that binds, and what it tells about the binding. */
export interface BindingSource {
  readonly target: Expr;
  /** `undefined` inside expressions and comprehensions: no event is recorded. */
  readonly statement: Stmt | undefined;
  /** The expression that alone was bound. */
  readonly expression: Expr | undefined;
}

/** What is told of a binding: its place, its step, what it read. */
const COST_OF_BINDING = 40;

/** Binds a name in the frame's own scope (or where `global` sends it) and records the event. */
export function bindName(
  m: Machine,
  state: State,
  frame: Frame,
  name: string,
  given: Value,
  source: BindingSource,
): void {
  const value = bound(given);
  const scope = frame.redirected.get(name) ?? (frame.scopes[0] as number);
  const binding = freshId();
  const steps = source.statement === undefined ? [] : [assignmentStep(m, frame, source.statement, source.target)];
  state.setSlot(scope, name, { kind: "bound", value, steps, binding, overridable: m.overridden });
  const [step] = steps;
  if (step === undefined || source.statement === undefined || frame.kind === "function") return;
  spend(COST_OF_BINDING);
  m.bindings.push({
    id: binding,
    name,
    step,
    value: m.freeze(state, value),
    expression: source.expression,
    statement: source.statement,
    reads: (m.reads[m.reads.length - 1] ?? []).slice() as readonly Read[],
    atModuleLevel: frame.kind === "module",
    unconditional: m.undecided === 0,
  });
}

/** Assigns to any target: names, unpacking, attributes, subscripts. */
export function assignTarget(
  m: Machine,
  state: State,
  frame: Frame,
  target: Expr,
  value: Value,
  statement: Stmt | undefined,
  expression?: Expr,
): void {
  switch (target.kind) {
    case "Name":
      bindName(m, state, frame, target.id, value, { target, statement, expression });
      return;
    case "Tuple":
    case "List":
      for (const [index, part] of unpacked(m, state, frame, target.elts, value).entries())
        assignTarget(m, state, frame, target.elts[index] as Expr, part, statement);
      return;
    case "Starred":
      assignTarget(m, state, frame, target.value, value, statement);
      return;
    case "Subscript":
      assignItem(m, state, frame, target, value, statement);
      return;
    case "Attribute":
      assignAttribute(m, state, frame, target, value);
      return;
    default:
      return;
  }
}

function assignAttribute(
  m: Machine,
  state: State,
  frame: Frame,
  target: Extract<Expr, { kind: "Attribute" }>,
  value: Value,
): void {
  const owner = m.evaluate(state, frame, target.value);
  m.perAlternative(state, owner, (inner, leaf) => {
    const site = m.site(frame, target);
    if (leaf.kind === "model")
      (leaf.model as Model).assignAttribute?.(target.attr, value, callContext(m, inner, frame, site));
    storeInUnknown(m, inner, leaf, value, site, target.attr);
    setAttribute(inner, leaf, target.attr, value, [
      { kind: "assignment", site, target: target.attrRange, module: frame.module },
    ]);
    return leaf;
  });
}

/** `owner.name = value` for modules, classes and objects of the project; anything else has no attributes to speak of. */
export function setAttribute(state: State, owner: Value, name: string, value: Value, steps: readonly Step[]): void {
  const scope =
    owner.kind === "module"
      ? state.modules.get(owner.file)
      : owner.kind === "class"
        ? owner.scope
        : instanceBehind(owner)?.scope;
  if (scope === undefined) return;
  state.setSlot(scope, name, bind(bound(value), steps));
}

function assignItem(
  m: Machine,
  state: State,
  frame: Frame,
  target: Extract<Expr, { kind: "Subscript" }>,
  given: Value,
  statement: Stmt | undefined,
): void {
  const owner = m.evaluate(state, frame, target.value);
  const key = m.evaluate(state, frame, target.slice);
  const site = m.site(frame, statement ?? target);
  const isWritten = statement?.kind === "Assign" && statement.targets.includes(target);
  const valueSite = isWritten ? m.site(frame, statement.value) : site;
  const isSlice = key.kind === "opaque" && key.callee === "builtins.slice";
  const value = isSlice ? drained(state, given) : bound(given);
  const items = isSlice && m.contents(state, value).kind !== "choice" ? iterationItems(m, state, value) : undefined;
  m.perAlternative(state, owner, (inner, leaf) => {
    const context = callContext(m, inner, frame, site);
    if (leaf.kind === "external") m.libraries.assignItem(leaf.name, key, value, context);
    else if (leaf.kind === "model") (leaf.model as Model).assignItem?.(key, value, context);
    else if (leaf.kind === "reference") {
      const change = (contents: Value): Value =>
        withItem(contents, key, value, m.site(frame, target), { whole: site, valueSite, items });
      mutate(m, inner, frame, leaf, target, "setitem", statement, change, [value]);
    } else if (leaf.kind === "environment" || leaf.kind === "derived")
      invalidateValue(
        inner,
        leaf,
        amongst(unknown("unsupported", "a value from the environment of which an item was assigned", site), [value]),
      );
    storeInUnknown(m, inner, leaf, value, site);
    if (leaf.kind === "none" || leaf.kind === "str" || leaf.kind === "tuple") throw new PythonRaise("TypeError", site);
    return leaf;
  });
}

const CHANGED = "an object that something unknown may be";

/** Something is stored in what is not known, or outside of the project: whoever has it there may change it. */
function storeInUnknown(m: Machine, state: State, owner: Value, value: Value, site: Site, attribute?: string): void {
  if (owner.kind !== "unknown" && owner.kind !== "opaque" && owner.kind !== "external") return;
  invalidate(m, state, [owner], amongst(unknown("unsupported", CHANGED, site), [value]), attribute);
  if (!isUnchanging(value))
    invalidate(m, state, [value], unknown("unsupported", "an object that was put into something unknown", site));
}

/** `del target`. */
export function deleteTarget(m: Machine, state: State, frame: Frame, target: Expr, statement: Stmt): void {
  if (target.kind === "Tuple" || target.kind === "List") {
    for (const part of target.elts) deleteTarget(m, state, frame, part, statement);
    return;
  }
  if (target.kind === "Name") {
    const scope = frame.redirected.get(target.id) ?? (frame.scopes[0] as number);
    if (slotValue(state.slot(scope, target.id)).kind === "unset")
      throw new PythonRaise("NameError", m.site(frame, target));
    state.setSlot(scope, target.id, undefined);
    return;
  }
  if (target.kind !== "Subscript") return;
  const owner = m.evaluate(state, frame, target.value);
  const key = m.evaluate(state, frame, target.slice);
  m.perAlternative(state, owner, (inner, leaf) => {
    if (leaf.kind === "external")
      m.libraries.deleteItem(leaf.name, key, callContext(m, inner, frame, m.site(frame, target)));
    else if (leaf.kind === "unknown")
      invalidate(m, inner, [leaf], unknown("unsupported", CHANGED, m.site(frame, target)));
    else if (leaf.kind === "environment" || leaf.kind === "derived")
      invalidateValue(
        inner,
        leaf,
        unknown("unsupported", "a value from the environment of which an item was deleted", m.site(frame, target)),
      );
    else if (leaf.kind === "reference") {
      mutate(m, inner, frame, leaf, target, "delitem", statement, (contents) =>
        withoutItem(contents, key, m.site(frame, target)),
      );
    }
    return leaf;
  });
}

/** `name := value`, which binds outside of all comprehensions around it. */
export function bindNamed(
  m: Machine,
  state: State,
  frame: Frame,
  target: Extract<Expr, { kind: "Name" }>,
  value: Value,
  expression: Expr | undefined,
): void {
  const around = frame.comprehensions ?? 0;
  const owner: Frame = around === 0 ? frame : { ...frame, scopes: frame.scopes.slice(around), kind: "module" };
  bindName(m, state, owner, target.id, value, { target, statement: undefined, expression });
}
