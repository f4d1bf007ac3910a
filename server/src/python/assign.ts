import type { Expr, Stmt } from "../syntax/ast";
import { callContext, dottedName } from "./calls";
import { MAX_VALUE_SIZE } from "./budget";
import type { Model } from "./call";
import { addEntry } from "./displays";
import { evaluate } from "./expressions";
import type { Read } from "./evaluation";
import { instanceBehind } from "./instances";
import type { Frame, Machine } from "./machine";
import { slotValue } from "./machine";
import { assignExternalItem, deleteExternalItem } from "./known/registry";
import { PythonRaise } from "./raise";
import type { State } from "./state";
import { isSequence, iterationItems } from "./structures";
import { isSymbolicList } from "./symbolic";
import { forgetEscaped, forgetValue } from "./widening";
import {
  freshId,
  plainItem,
  unknown,
  type DerivedValue,
  type Item,
  type SequenceValue,
  type Step,
  type Value,
} from "./value";

/** The statement that binds, and what it tells about the binding. */
export interface BindingSource {
  readonly target: Expr;
  /** `undefined` inside expressions and comprehensions: no event is recorded. */
  readonly statement: Stmt | undefined;
  /** The expression that alone was bound. */
  readonly expression: Expr | undefined;
}

/** Binds a name in the frame's own scope (or where `global` sends it) and records the event. */
export function bindName(
  m: Machine,
  state: State,
  frame: Frame,
  name: string,
  value: Value,
  source: BindingSource,
): void {
  const scope = frame.redirected.get(name) ?? (frame.scopes[0] as number);
  const binding = freshId();
  const steps = source.statement === undefined ? [] : [assignmentStep(m, frame, source.statement, source.target)];
  state.setSlot(scope, name, { kind: "bound", value, steps, binding, overridable: m.overridden });
  const [step] = steps;
  if (step === undefined || source.statement === undefined || frame.kind === "function") return;
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

function assignmentStep(m: Machine, frame: Frame, statement: Stmt, target: Expr): Step {
  return {
    kind: "assignment",
    site: m.site(frame, statement),
    target: { start: target.start, end: target.end },
    module: frame.module,
  };
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
      unpack(m, state, frame, target.elts, value, statement);
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

function unpack(
  m: Machine,
  state: State,
  frame: Frame,
  targets: readonly Expr[],
  value: Value,
  statement: Stmt | undefined,
): void {
  const values = m.distribute(state, [value], ([leaf]) => ({
    kind: "tuple",
    items: unpackedItems(m, state, frame, targets, leaf as Value),
  }));
  for (const [index, target] of targets.entries()) {
    const part = m.distribute(state, [values], ([leaf]) =>
      leaf?.kind === "tuple" ? (leaf.items[index]?.value as Value) : (leaf as Value),
    );
    assignTarget(m, state, frame, target, part, statement);
  }
}

/** One item a target; a starred target gets a list. Throws ValueError where the numbers do not match. */
function unpackedItems(
  m: Machine,
  state: State,
  frame: Frame,
  targets: readonly Expr[],
  value: Value,
): readonly Item[] {
  const contents = m.contents(state, value);
  if (contents.kind === "derived") return laterItems(m, state, frame, targets, contents);
  const items = iterationItems(m, state, value);
  const star = targets.findIndex((target) => target.kind === "Starred");
  if (items.some((item) => item.spread)) {
    return targets.map(() => ({ value: unknown("unsupported", "an unpacked value"), spread: false, site: undefined }));
  }
  if (star < 0) {
    if (items.length !== targets.length) throw new PythonRaise("ValueError");
    return items;
  }
  const after = targets.length - star - 1;
  if (items.length < targets.length - 1) throw new PythonRaise("ValueError");
  const middle = m.allocate(state, { kind: "list", items: items.slice(star, items.length - after) }, "");
  return [
    ...items.slice(0, star),
    { value: middle, spread: false, site: undefined },
    ...items.slice(items.length - after),
  ];
}

/** The items of something that the environment decides: each is computed once that is known. */
function laterItems(
  m: Machine,
  state: State,
  frame: Frame,
  targets: readonly Expr[],
  value: DerivedValue,
): readonly Item[] {
  const site = m.site(frame, targets[0] as Expr);
  const star = targets.findIndex((target) => target.kind === "Starred");
  if (!/^str\.r?partition$/.test(value.operation)) m.noteMayRaise(state, site, "ValueError");
  return targets.map((target, index) => {
    const isStar = target.kind === "Starred";
    const part = ([whole]: readonly Value[]): Value => unpackedPart(whole as Value, index, targets.length, star);
    const operation = `unpack ${index} of ${targets.length}${star < 0 ? "" : `, all from ${star}`}`;
    const result = isStar ? { site, result: "list" as const } : { site };
    return plainItem(m.pure(state, operation, [value], part, result));
  });
}

/** What one of several targets gets of a value; `star` is the place of a starred one, or negative. */
function unpackedPart(whole: Value, index: number, count: number, star: number): Value {
  const items =
    whole.kind === "str"
      ? [...whole.value].map((character) => plainItem({ kind: "str", value: character }))
      : whole.kind === "list" || whole.kind === "tuple"
        ? whole.items
        : undefined;
  if (items === undefined || items.some((item) => item.spread)) return unknown("unsupported", "an unpacked value");
  const extra = items.length - count;
  if (star < 0 ? extra !== 0 : extra < -1) throw new PythonRaise("ValueError");
  if (star < 0 || index < star) return items[index]?.value ?? unknown("unsupported", "an unpacked value");
  if (index > star) return items[index + extra]?.value ?? unknown("unsupported", "an unpacked value");
  return { kind: "list", items: items.slice(star, star + extra + 1) };
}

function assignAttribute(
  m: Machine,
  state: State,
  frame: Frame,
  target: Extract<Expr, { kind: "Attribute" }>,
  value: Value,
): void {
  const owner = evaluate(m, state, frame, target.value);
  m.perAlternative(state, owner, (inner, leaf) => {
    const site = m.site(frame, target);
    if (leaf.kind === "model")
      (leaf.model as Model).assignAttribute?.(target.attr, value, callContext(m, inner, frame, site));
    if (leaf.kind === "unknown") {
      forgetEscaped(m, inner, site);
      const any = unknown("unsupported", `attribute ${target.attr}, which something unknown may have been given`, site);
      for (const owner of inner.escapedObjects())
        if (owner.kind === "class") setAttribute(inner, owner, target.attr, any, []);
    }
    if (leaf.kind === "unknown" || leaf.kind === "opaque" || leaf.kind === "external") inner.escape(value);
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
  state.setSlot(scope, name, { kind: "bound", value, steps, binding: freshId(), overridable: undefined });
}

function assignItem(
  m: Machine,
  state: State,
  frame: Frame,
  target: Extract<Expr, { kind: "Subscript" }>,
  value: Value,
  statement: Stmt | undefined,
): void {
  const owner = evaluate(m, state, frame, target.value);
  const key = evaluate(m, state, frame, target.slice);
  const site = m.site(frame, statement ?? target);
  const isWritten = statement?.kind === "Assign" && statement.targets.includes(target);
  const valueSite = isWritten ? m.site(frame, statement.value) : site;
  const isSlice = key.kind === "opaque" && key.callee === "builtins.slice";
  const items = isSlice && m.contents(state, value).kind !== "choice" ? iterationItems(m, state, value) : undefined;
  m.perAlternative(state, owner, (inner, leaf) => {
    const context = callContext(m, inner, frame, site);
    if (leaf.kind === "external") assignExternalItem(leaf.name, key, value, context);
    else if (leaf.kind === "model") (leaf.model as Model).assignItem?.(key, value, context);
    else if (leaf.kind === "reference") {
      mutate(m, inner, frame, leaf, target, "setitem", statement, (contents) =>
        withItem(contents, key, value, m.site(frame, target), { whole: site, valueSite, items }),
      );
      escapeInto(m, inner, leaf, [value]);
    } else if (leaf.kind === "environment" || leaf.kind === "derived") {
      forgetValue(inner, leaf, "a value from the environment of which an item was assigned", site);
    } else if (leaf.kind === "unknown") forgetEscaped(m, inner, site);
    if (leaf.kind !== "reference") inner.escape(value);
    if (leaf.kind === "none" || leaf.kind === "str" || leaf.kind === "tuple") throw new PythonRaise("TypeError", site);
    return leaf;
  });
}

interface AssignedItem {
  readonly whole: Item["site"];
  readonly valueSite: Item["site"];
  /** What is assigned to a slice. */
  readonly items: readonly Item[] | undefined;
}

/** Contents after `contents[key] = value`. */
function withItem(
  contents: Value,
  key: Value,
  value: Value,
  site: Item["site"],
  { whole, valueSite, items }: AssignedItem,
): Value {
  if (contents.kind === "dict") return addEntry(contents, key, value, whole, valueSite);
  if (contents.kind === "list" && key.kind === "opaque" && key.callee === "builtins.slice")
    return (
      withSlice(contents, key.args, items) ??
      unknown("unsupported", "a list of which a slice was assigned", site, contents)
    );
  if (isSequence(contents) && (key.kind === "int" || key.kind === "bool")) {
    const index = Number(key.value);
    const at = index < 0 ? contents.items.length + index : index;
    if (contents.items.some((item) => item.spread))
      return unknown("unsupported", "a list of which one item was replaced", site);
    if (contents.items[at] === undefined) throw new PythonRaise("IndexError", site);
    return { kind: contents.kind, items: contents.items.with(at, { value, spread: false, site: whole }) };
  }
  // A dict that the environment decides keeps its unknown entries, and this one comes after them.
  if (contents.kind === "environment" || contents.kind === "derived") {
    const open = { key: undefined, value: contents, site: undefined, valueSite: undefined };
    return addEntry({ kind: "dict", entries: [open] }, key, value, whole, valueSite);
  }
  return unknown("unsupported", "an object of which an item was assigned", site, contents);
}

/** How the name at the root of a target reads: `TEMPLATES` for `TEMPLATES[0]["OPTIONS"]`. */
export function rootName(target: Expr): string {
  let current = target;
  while (
    current.kind === "Subscript" ||
    (current.kind === "Attribute" && current.value.kind !== "Name") ||
    current.kind === "Call"
  ) {
    current = current.kind === "Call" ? current.func : current.value;
  }
  if (current.kind === "Attribute") return current.attr;
  return dottedName(current) ?? "";
}

/** What was put into an object that is not known to its end may come out of it as something unknown. */
export function escapeInto(
  m: Machine,
  state: State,
  reference: Extract<Value, { kind: "reference" }>,
  values: Iterable<Value>,
): void {
  if (!isClosed(m.contents(state, reference))) for (const value of values) state.escape(value);
}

/** Whether all parts of a container are known one by one. */
function isClosed(contents: Value): boolean {
  if (contents.kind === "choice") return isClosed(contents.yes) && isClosed(contents.no);
  if (contents.kind === "dict") return contents.entries.every((entry) => entry.key !== undefined);
  return isSequence(contents) && contents.items.every((item) => !item.spread);
}

/** Changes an object in place, in every alternative of its contents, and records the step. */
export function mutate(
  m: Machine,
  state: State,
  frame: Frame,
  reference: Extract<Value, { kind: "reference" }>,
  target: Expr,
  how: Parameters<typeof recordMutation>[5],
  statement: Stmt | undefined,
  change: (contents: Value, state: State) => Value,
): void {
  const contents = m.contents(state, reference);
  const changed = m.perAlternative(state, contents, (inner, leaf) => {
    const list = isSymbolicList(leaf) && how !== "setitem" ? openList(leaf) : leaf;
    const result: Value = list.kind === "unknown" ? { ...list, id: freshId() } : change(list, inner);
    return "items" in result && result.items.length > MAX_VALUE_SIZE ? unknown("budget", "a very long list") : result;
  });
  m.updateObject(state, reference.id, (object) => ({ ...object, contents: changed }));
  recordMutation(m, state, frame, reference.id, target, how, statement);
}

/** A list whose items the environment decides, as one spread item. */
function openList(value: Value): Value {
  return { kind: "list", items: [{ value, spread: true, site: undefined }] };
}

function recordMutation(
  m: Machine,
  state: State,
  frame: Frame,
  id: number,
  target: Expr,
  how: (typeof m.mutations)[number]["how"],
  statement: Stmt | undefined,
): void {
  if (statement === undefined) return;
  const step: Step = { ...assignmentStep(m, frame, statement, target), kind: "mutation" };
  const object = state.object(id);
  if (object === undefined) return;
  state.setObject(id, { ...object, steps: [...object.steps, step] });
  m.mutations.push({
    name: rootName(target),
    how,
    step,
    createdIn: object.createdIn,
    atModuleLevel: frame.kind === "module",
  });
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
  const owner = evaluate(m, state, frame, target.value);
  const key = evaluate(m, state, frame, target.slice);
  m.perAlternative(state, owner, (inner, leaf) => {
    if (leaf.kind === "external")
      deleteExternalItem(leaf.name, key, callContext(m, inner, frame, m.site(frame, target)));
    else if (leaf.kind === "unknown") forgetEscaped(m, inner, m.site(frame, target));
    else if (leaf.kind === "environment" || leaf.kind === "derived")
      forgetValue(inner, leaf, "a value from the environment of which an item was deleted", m.site(frame, target));
    else if (leaf.kind === "reference") {
      mutate(m, inner, frame, leaf, target, "delitem", statement, (contents) =>
        withoutItem(contents, key, m.site(frame, target)),
      );
    }
    return leaf;
  });
}

/** A list after `items[lower:upper] = others`; `undefined` for other slices, and where places are not certain. */
function withSlice(
  list: SequenceValue,
  bounds: readonly Value[],
  others: readonly Item[] | undefined,
): SequenceValue | undefined {
  const [lower, upper, step] = bounds;
  if (others === undefined || step?.kind !== "none" || list.items.some((item) => item.spread)) return undefined;
  const size = list.items.length;
  const place = (bound: Value | undefined, otherwise: number): number | undefined => {
    if (bound?.kind === "none") return otherwise;
    if (bound?.kind !== "int") return undefined;
    return Math.min(Math.max(bound.value < 0n ? size + Number(bound.value) : Number(bound.value), 0), size);
  };
  const [from, to] = [place(lower, 0), place(upper, size)];
  if (from === undefined || to === undefined) return undefined;
  return { kind: "list", items: list.items.toSpliced(from, Math.max(to - from, 0), ...others) };
}

function withoutItem(contents: Value, key: Value, site: Item["site"]): Value {
  if (
    contents.kind === "dict" &&
    contents.entries.every((entry) => entry.key !== undefined) &&
    (key.kind === "str" || key.kind === "int")
  ) {
    const kept = contents.entries.filter((entry) => !(entry.key?.kind === key.kind && entry.key.value === key.value));
    if (kept.length === contents.entries.length) throw new PythonRaise("KeyError", site);
    return { kind: "dict", entries: kept };
  }
  if (contents.kind === "list" && key.kind === "opaque" && key.callee === "builtins.slice") {
    const rest = withSlice(contents, key.args, []);
    if (rest !== undefined) return rest;
  }
  if (contents.kind === "list" && key.kind === "int" && contents.items.every((item) => !item.spread)) {
    const at = key.value < 0n ? contents.items.length + Number(key.value) : Number(key.value);
    if (contents.items[at] === undefined) throw new PythonRaise("IndexError", site);
    return { kind: "list", items: contents.items.toSpliced(at, 1) };
  }
  return unknown("unsupported", "an object of which an item was deleted", site, contents);
}
