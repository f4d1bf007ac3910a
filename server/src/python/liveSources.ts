import type { Expr, For } from "../syntax/ast";
import { Effects } from "./effects";
import { evaluate, findSlot } from "./expressions";
import { generatorKind } from "./generators";
import { slotValue, type Frame, type Machine } from "./machine";
import { PythonRaise } from "./raise";
import type { State } from "./state";
import type { Value } from "./value";

/** A mutable object that a loop goes through while its body runs, with what it held before the first round. */
export interface LiveSource {
  readonly object: Value;
  readonly contents: Value;
  /** `items`, `keys`: round by round, one item after the other. `whole`: in an order that is not followed. */
  readonly by: "items" | "keys" | "whole";
}

/** Functions that ask for an item when the next round begins, not before. */
const LAZY = /^(zip|map|filter|reversed|iter)$/;

/** What the loop's source reads anew for every round: a change in the body changes the rounds to come. */
export function liveSources(m: Machine, state: State, frame: Frame, iter: Expr): readonly LiveSource[] {
  const live = (expr: Expr, by: LiveSource["by"]): readonly LiveSource[] => {
    if (!isPath(expr)) return inside(expr);
    const value = m.silently(() => quietly(() => evaluate(m, state.fork(), frame, expr)));
    return value === undefined ? [] : objectsOf(m, state, value, by);
  };
  const inside = (expr: Expr): readonly LiveSource[] => {
    if (expr.kind === "GeneratorExp") return expr.generators.flatMap((each) => live(each.iter, "whole"));
    if (expr.kind === "IfExp") return [...live(expr.body, "items"), ...live(expr.orelse, "items")];
    if (expr.kind === "BoolOp") return expr.values.flatMap((each) => live(each, "items"));
    if (expr.kind !== "Call") return [];
    const { func, args } = expr;
    const [first] = args;
    if (func.kind === "Name" && func.id === "enumerate" && first !== undefined) return live(first, "items");
    if (func.kind === "Name" && LAZY.test(func.id)) return args.flatMap((each) => live(each, "whole"));
    if (func.kind !== "Attribute") return [];
    if (func.attr === "keys") return live(func.value, "keys");
    return func.attr === "items" || func.attr === "values" ? live(func.value, "items") : [];
  };
  return live(iter, "keys").map((each) => (each.contents.kind === "dict" ? each : { ...each, by: listed(each.by) }));
}

function listed(by: LiveSource["by"]): LiveSource["by"] {
  return by === "keys" ? "items" : by;
}

function isPath(expr: Expr): boolean {
  if (expr.kind === "Name") return true;
  if (expr.kind === "Attribute") return isPath(expr.value);
  return expr.kind === "Subscript" && isPath(expr.value) && (expr.slice.kind === "Str" || expr.slice.kind === "Int");
}

function quietly(run: () => Value): Value | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof PythonRaise) return undefined;
    throw error;
  }
}

function objectsOf(m: Machine, state: State, value: Value, by: LiveSource["by"]): readonly LiveSource[] {
  const given = m.restrict(value, state.assumptions);
  if (given.kind === "choice") return [...objectsOf(m, state, given.yes, by), ...objectsOf(m, state, given.no, by)];
  return given.kind === "reference" ? [{ object: given, contents: m.contents(state, given), by }] : [];
}

/** Whether the body has left alone what the rounds from an index on are about, and how many they are. */
export function isUndisturbed(m: Machine, state: State, sources: readonly LiveSource[], index: number): boolean {
  return sources.every(({ object, contents, by }) => isSame(contents, m.contents(state, object), by, index));
}

function isSame(old: Value, now: Value, by: LiveSource["by"], index: number): boolean {
  if (old === now) return true;
  const from = by === "whole" ? 0 : index;
  if (now.kind === "choice") return isSame(old, now.yes, by, index) && isSame(old, now.no, by, index);
  if (old.kind === "dict" && now.kind === "dict")
    return (
      old.entries.length === now.entries.length &&
      old.entries.every(({ key, value }, at) => {
        const entry = now.entries[at];
        return key === entry?.key && (by === "keys" || at < from || value === entry?.value);
      })
    );
  if (!("items" in old) || !("items" in now) || old.kind !== now.kind) return false;
  return (
    old.items.length === now.items.length &&
    old.items.every(({ value }, at) => at < from || value === now.items[at]?.value)
  );
}

/**
 * Whether what the loop goes through is computed round by round of names that its body binds, or is an iterator that its
 * body asks, too. Judged by the text: too often rather than too seldom.
 */
export function mayFeedItself(state: State, frame: Frame, node: For): boolean {
  const read = lazilyRead(state, frame, node.iter);
  if (read.size === 0) return false;
  const body = new Effects();
  for (const statement of node.body) body.add(statement);
  const isIterator = node.iter.kind === "Name";
  const touched = isIterator ? namesIn(node.body) : new Set([...body.names, ...body.global]);
  return [...read].some((name) => touched.has(name));
}

/** The names that are read when the next round begins. */
function lazilyRead(state: State, frame: Frame, iter: Expr): ReadonlySet<string> {
  const none: ReadonlySet<string> = new Set();
  if (iter.kind === "GeneratorExp") return namesIn(iter);
  if (iter.kind === "Name") {
    const { kind } = slotValue(findSlot(state, frame, iter.id));
    return kind === "model" ? new Set([iter.id]) : none;
  }
  if (iter.kind !== "Call" || iter.func.kind !== "Name") return none;
  const inner = iter.args.map((arg) => lazilyRead(state, frame, arg));
  const { id } = iter.func;
  if (id === "map" || id === "filter") return namesIn(iter.args);
  if (id === "zip" || id === "enumerate" || id === "iter") return new Set(inner.flatMap((names) => [...names]));
  const callee = slotValue(findSlot(state, frame, id));
  if (callee.kind !== "function" || callee.definition.kind === "Lambda") return none;
  return generatorKind(callee.definition) === "plain" ? none : namesIn(callee.definition.body);
}

/** Every name in some code, whatever is done with it. */
function namesIn(node: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(node)) for (const part of node) namesIn(part, found);
  else if (typeof node === "object" && node !== null) {
    const { kind, id } = node as { readonly kind?: unknown; readonly id?: unknown };
    if (kind === "Name" && typeof id === "string") found.add(id);
    for (const part of Object.values(node)) namesIn(part, found);
  }
  return found;
}
