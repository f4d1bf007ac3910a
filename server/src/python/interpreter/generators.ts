import type { FunctionDef, Stmt, Suspend } from "../../syntax/ast";
import type { CallContext } from "../program/call";
import { bound, drained, iterator } from "./iterators";
import { amongst } from "../program/sharing";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { iterationItems } from "./structures";
import {
  freshId,
  NONE,
  plainItem,
  unknown,
  type Item,
  type ReferenceValue,
  type SequenceValue,
  type UnknownValue,
  type Value,
} from "../values/value";

const YIELDING = new WeakMap<FunctionDef, boolean>();

/** Whether calling a function runs nothing of it, because its body yields. */
export function isGenerator(definition: FunctionDef): boolean {
  const known = YIELDING.get(definition) ?? definition.body.some(yields);
  YIELDING.set(definition, known);
  return known;
}

function yields(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(yields);
  if (typeof node !== "object" || node === null) return false;
  const { kind } = node as { readonly kind?: unknown };
  if (kind === "Yield" || kind === "YieldFrom") return true;
  if (kind === "FunctionDef" || kind === "Lambda" || kind === "ClassDef") return false;
  return Object.values(node).some(yields);
}

/**
 * The iterator that calling a generator function gives: all that it yields is collected at once, where all is asked for at
 * once. `run` executes its body, with a list for what it yields.
 */
export function generatorIterator(
  call: CallContext,
  run: (state: State, generated: ReferenceValue) => void,
  invalidate: (state: State) => void,
): Value {
  const { machine: m, site, args } = call;
  const start = (at: State): Value => {
    const generated = m.allocate(at, { kind: "list", items: [] }, site.file) as ReferenceValue;
    run(at, generated);
    return m.contents(at, generated);
  };
  const sources = [...args.positional, ...args.keywords.values()];
  return iterator(call, { sources, code: { key: () => String(freshId()), isPure: false }, start, invalidate });
}

/** Some code of a generator is not followed: what it gives on the whole is unknown where that code may yield. */
export function invalidateYields(m: Machine, state: State, frame: Frame, node: Stmt, contents: UnknownValue): void {
  const { generated } = frame;
  if (generated === undefined || !yields(node)) return;
  m.updateObject(state, generated.id, (object) => ({ ...object, contents }));
}

/** `yield` and `yield from` inside a generator: what they give is added to its list. */
export function yieldValue(m: Machine, state: State, frame: Frame, node: Suspend): Value {
  const site = m.site(frame, node);
  const value = node.value === undefined ? NONE : m.evaluate(state, frame, node.value);
  const { generated } = frame;
  if (generated === undefined) return unknown("unsupported", `expression of kind ${node.kind}`, site);
  const given: readonly Item[] =
    node.kind === "Yield" ? [plainItem(bound(value), site)] : itemsOf(m, state, drained(state, value), site);
  m.updateObject(state, generated.id, (object) => {
    const before = object.contents as SequenceValue;
    const contents: Value =
      before.kind === "list"
        ? { kind: "list", items: [...before.items, ...given] }
        : amongst(unknown("unsupported", "what a generator gives", site), [before, ...given.map((item) => item.value)]);
    return { ...object, contents };
  });
  return NONE;
}

function itemsOf(m: Machine, state: State, value: Value, site: Item["site"]): readonly Item[] {
  const source = m.restrict(value, state.assumptions);
  return source.kind === "choice"
    ? [{ value: m.freeze(state, source), spread: true, site }]
    : iterationItems(m, state, source);
}
