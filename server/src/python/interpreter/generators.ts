import type { FunctionDef, Stmt, Suspend } from "../../syntax/ast";
import type { CallContext } from "../program/call";
import { codeKey } from "./codeKey";
import { isMutator } from "./mutators";
import { bound, drained, iterator } from "./iterators";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { iterationItems } from "./structures";
import {
  NONE,
  plainItem,
  unknown,
  type Item,
  type ReferenceValue,
  type SequenceValue,
  type Value,
} from "../values/value";

const KINDS = new WeakMap<FunctionDef, "plain" | "generator" | "effectful generator">();

/** Whether a body yields (calling it runs nothing of it), and if so, whether it does more than computing what it yields. */
export function generatorKind(definition: FunctionDef): "plain" | "generator" | "effectful generator" {
  const known = KINDS.get(definition);
  if (known !== undefined) return known;
  const yields = definition.body.some((node) => holds(node, ({ kind }) => kind === "Yield" || kind === "YieldFrom"));
  const kind = !yields
    ? "plain"
    : definition.body.some((node) => holds(node, hasEffect))
      ? "effectful generator"
      : "generator";
  KINDS.set(definition, kind);
  return kind;
}

type Part = Readonly<Record<string, unknown>>;

function holds(node: unknown, test: (part: Part) => boolean): boolean {
  if (Array.isArray(node)) return node.some((each) => holds(each, test));
  if (typeof node !== "object" || node === null) return false;
  const part = node as Part;
  if (test(part)) return true;
  if (part.kind === "FunctionDef" || part.kind === "Lambda" || part.kind === "ClassDef") return false;
  return Object.values(part).some((each) => holds(each, test));
}

/** What other code could notice before all items are asked for. */
function hasEffect(part: Part): boolean {
  const { kind } = part;
  if (kind === "Global" || kind === "Nonlocal" || kind === "Delete" || kind === "With") return true;
  if (kind === "Assign") return (part.targets as readonly Part[]).some((target) => !isLocal(target));
  if (kind === "AugAssign" || kind === "AnnAssign") return !isLocal(part.target as Part);
  if (kind !== "Call") return false;
  const callee = part.func as Part;
  return callee.kind === "Attribute" && isMutator(callee.attr as string);
}

function isLocal(target: Part): boolean {
  if (target.kind === "Tuple" || target.kind === "List") return (target.elts as readonly Part[]).every(isLocal);
  return target.kind === "Name";
}

/**
 * The iterator that calling a generator function gives. `run` executes its body, with a list for what it yields, in a
 * frame that holds its parameters.
 */
export function generatorIterator(
  call: CallContext,
  definition: FunctionDef,
  frame: Frame,
  run: (state: State, generated: ReferenceValue) => void,
  giveUp: (state: State) => void,
): Value {
  const { machine: m, site } = call;
  const start = (at: State): Value => {
    const generated = m.allocate(at, { kind: "list", items: [] }, site.file) as ReferenceValue;
    run(at, generated);
    return m.contents(at, generated);
  };
  const sources = [...call.args.positional, ...call.args.keywords.values()];
  return iterator(call, { sources, code: (at) => codeKey(m, at, frame, definition), start, giveUp });
}

/** Some code of a generator is not followed: what it gives on the whole is unknown where that code may yield. */
export function giveUpYields(m: Machine, state: State, frame: Frame, node: Stmt): void {
  const { generated } = frame;
  if (generated === undefined || !holds(node, ({ kind }) => kind === "Yield" || kind === "YieldFrom")) return;
  const contents = unknown("unsupported", "what a generator gives", m.site(frame, node));
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
        : unknown("unsupported", "what a generator gives", site);
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
