import type { Comprehension, Dict, DictComp, Expr, List, ListComp, SetDisplay, Tuple } from "../syntax/ast";
import { assignTarget } from "./assign";
import { MAX_LOOP_ROUNDS } from "./budget";
import { bindNamed, evaluate, findSlot, functionScopes } from "./expressions";
import { drained, iteratorOver } from "./iterators";
import { slotValue, type Condition, type Frame, type Machine } from "./machine";
import { putEntry, requireHashable } from "./operators";
import { ANY_EXCEPTION } from "./raise";
import type { State } from "./state";
import { iterationItems, memberItems } from "./structures";
import { certaintyOf, keyOf } from "./symbolic";
import { freshId, list, unknown, type DerivedValue, type DictValue, type Item, type Site, type Value } from "./value";
import { forgetExpression } from "./widening";

/** `[a, *b]`, `(a, b)`, `{a, b}`. */
export function sequenceDisplay(m: Machine, state: State, frame: Frame, node: List | Tuple | SetDisplay): Value {
  const items: Item[] = [];
  const members = node.kind === "Set" ? memberItems : iterationItems;
  for (const element of node.elts) {
    const site = m.site(frame, element);
    if (element.kind !== "Starred") {
      items.push({ value: evaluate(m, state, frame, element), spread: false, site });
      continue;
    }
    const value = m.restrict(evaluate(m, state, frame, element.value), state.assumptions);
    if (value.kind === "choice") items.push({ value: m.freeze(state, value), spread: true, site });
    else items.push(...members(m, state, value).map((item) => ({ ...item, site: item.site ?? site })));
  }
  if (node.kind === "Tuple") return { kind: "tuple", items };
  return m.allocate(state, node.kind === "List" ? { kind: "list", items } : uniqueSet(items), frame.file);
}

/** A set keeps the first of equal items; an item that is not concrete is kept as it is. */
function uniqueSet(items: readonly Item[]): Value {
  let keys: DictValue = { kind: "dict", entries: [] };
  const rest: Item[] = [];
  for (const item of items) {
    if (item.spread || certaintyOf(item.value) !== "concrete") rest.push(item);
    else keys = putEntry(keys, { key: item.value, value: item.value, site: item.site, valueSite: item.site });
  }
  const unique = keys.entries.map((entry): Item => ({ value: entry.value, spread: false, site: entry.site }));
  return { kind: "set", items: [...unique, ...rest] };
}

/** A part of a dict display whose expressions have been evaluated; without a key for `**value`. */
interface DictPart {
  readonly key: Value | undefined;
  readonly value: Value;
  readonly site: Site;
  readonly valueSite: Site;
}

/** `{key: value, **other}`. */
export function dictDisplay(m: Machine, state: State, frame: Frame, node: Dict): Value {
  const parts = node.items.map((item): DictPart => ({
    key: item.key === undefined ? undefined : evaluate(m, state, frame, item.key),
    value: unpacked(m, state, evaluate(m, state, frame, item.value), item.key === undefined),
    site: m.site(frame, item),
    valueSite: m.site(frame, item.value),
  }));
  return assemble(m, state, frame, parts, { kind: "dict", entries: [] });
}

/** What `**value` unpacks is read before the expressions behind it are computed. */
function unpacked(m: Machine, state: State, value: Value, isSpread: boolean): Value {
  const contents = isSpread ? m.contents(state, value) : value;
  return contents.kind === "dict" ? contents : value;
}

/** Adds the parts in their order. Where worlds unpack different dicts with objects inside, each world gets a dict of its own. */
function assemble(m: Machine, state: State, frame: Frame, parts: readonly DictPart[], start: DictValue): Value {
  let result = start;
  for (const [index, { key, value, site, valueSite }] of parts.entries()) {
    if (key !== undefined) {
      result = addEntry(result, key, value, site, valueSite);
      continue;
    }
    const contents = m.contents(state, value);
    if (contents.kind === "dict") {
      for (const entry of contents.entries) result = putEntry(result, entry);
    } else if (contents.kind === "choice" && holdsObjects(m, state, contents)) {
      const [before, rest] = [result, parts.slice(index + 1)];
      return m.perAlternative(state, contents, (inner, leaf) =>
        assemble(m, inner, frame, [{ key, value: leaf, site, valueSite }, ...rest], before),
      );
    } else result = putEntry(result, { key: undefined, value: m.freeze(state, value), site, valueSite });
  }
  return m.allocate(state, result, frame.file);
}

/** Whether some alternative is a dict with lists, dicts or other objects inside: a copy shares them, so it cannot be frozen. */
function holdsObjects(m: Machine, state: State, value: Value): boolean {
  if (value.kind === "choice") return holdsObjects(m, state, value.yes) || holdsObjects(m, state, value.no);
  const contents = value.kind === "reference" ? m.contents(state, value) : value;
  if (contents.kind === "choice") return holdsObjects(m, state, contents);
  return contents.kind === "dict" && contents.entries.some((entry) => isObject(entry.value));
}

function isObject(value: Value): boolean {
  return value.kind === "reference" || (value.kind === "choice" && (isObject(value.yes) || isObject(value.no)));
}

/** An entry whose key is not known may replace any other. */
export function addEntry(
  dict: DictValue,
  key: Value,
  value: Value,
  site: DictValue["entries"][number]["site"],
  valueSite = site,
): DictValue {
  requireHashable(key);
  if (certaintyOf(key) === "concrete") return putEntry(dict, { key, value, site, valueSite });
  const open = unknown("unsupported", "an item whose key is not known", site);
  return putEntry(dict, { key: undefined, value: open, site, valueSite });
}

type AnyComprehension = ListComp | DictComp;

/** A comprehension: computed over known iterables, kept for later over those that the environment decides. */
export function comprehension(m: Machine, state: State, frame: Frame, node: AnyComprehension): Value {
  const site = m.site(frame, node);
  const first = node.generators[0] as Comprehension;
  const result = node.kind === "DictComp" ? "dict" : node.kind === "SetComp" ? "set" : "list";
  const source = drained(m, state, m.restrict(evaluate(m, state, frame, first.iter), state.assumptions));
  const value = m.perAlternative(state, source, (inner, leaf) => {
    const iterable: Value = leaf.kind === "model" ? { kind: "list", items: iterationItems(m, inner, leaf) } : leaf;
    const contents = m.freeze(inner, iterable);
    const certainty = certaintyOf(contents);
    const isOpen = hasSpread(contents);
    if (certainty === "symbolic" && isOpen) {
      const scratch = inner.fork();
      const compute = ([value]: readonly Value[]): Value =>
        m.freeze(scratch, build(m, scratch, frame, node, value as Value));
      const operation = `${result} comprehension ${codeKey(m, inner, frame, node)}`;
      forgetTargets(m, inner, frame, node);
      forgetExpression(m, inner, frame, node, "unsupported");
      const derived: DerivedValue = { kind: "derived", operation, inputs: [contents], compute, site };
      m.noteFailures(inner, derived, site);
      return m.allocate(inner, derived, frame.file);
    }
    if (isOpen) {
      forgetTargets(m, inner, frame, node);
      forgetExpression(m, inner, frame, node, "unsupported");
      m.noteMayRaise(inner, site, ANY_EXCEPTION);
      return unknown("unsupported", "a comprehension over something not known", site);
    }
    return build(m, inner, frame, node, iterable);
  });
  return node.kind === "GeneratorExp" ? asGenerator(m, state, value, frame) : value;
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

/** A generator gives its items once only. They are computed when it is made, not when it is asked. */
function asGenerator(m: Machine, state: State, value: Value, frame: Frame): Value {
  return m.distribute(state, [value], ([leaf]) =>
    leaf?.kind === "reference" ? iteratorOver(m, state, m.contents(state, leaf), frame.file) : (leaf as Value),
  );
}

/**
 * What tells one comprehension or lambda from another: its text, and what the names in it stand for. Without places in
 * the file, so that the same code computed again gives the same key.
 */
export function codeKey(m: Machine, state: State, frame: Frame, node: Expr): string {
  const parsed = m.host.parse(frame.file);
  const text = parsed.ok ? parsed.text.slice(node.start, node.end).replace(/\s+/g, " ") : String(freshId());
  const names = new Set(namesIn(node));
  const bound = [...names].toSorted().map((name) => {
    const slot = findSlot(state, frame, name);
    return slot === undefined ? "" : `${name}=${keyOf(m.freeze(state, slotValue(slot)))}`;
  });
  return [text, ...bound].join("|");
}

function namesIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (typeof node !== "object" || node === null) return [];
  const { kind, id } = node as { readonly kind?: string; readonly id?: string };
  return kind === "Name" && id !== undefined ? [id] : Object.values(node).flatMap(namesIn);
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

function build(m: Machine, state: State, frame: Frame, node: AnyComprehension, iterable: Value): Value {
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
  const complete = generate(m, state, inner, node, 0, iterable, collected);
  if (!complete) return unknown("unsupported", "a comprehension that is not known", m.site(frame, node));
  if (node.kind === "DictComp") {
    let dict: DictValue = { kind: "dict", entries: [] };
    for (const { key, value } of collected) dict = addEntry(dict, key as Value, value, undefined);
    return m.allocate(state, dict, frame.file);
  }
  const items = collected.map(({ value, isOptional }): Item => ({
    value,
    spread: isOptional === true,
    site: undefined,
  }));
  return m.allocate(state, node.kind === "SetComp" ? uniqueSet(items) : { kind: "list", items }, frame.file);
}

/** Runs one `for` clause and those inside it; false when something that decides about items is not known. */
function generate(
  m: Machine,
  state: State,
  frame: Frame,
  node: AnyComprehension,
  index: number,
  iterable: Value,
  out: Collected[],
): boolean {
  const clause = node.generators[index] as Comprehension;
  const items = (node.kind === "SetComp" ? memberItems : iterationItems)(m, state, iterable);
  if (clause.isAsync || items.some((item) => item.spread) || items.length > MAX_LOOP_ROUNDS) return false;
  for (const item of items) {
    assignTarget(m, state, frame, clause.target, item.value, undefined);
    const kept = passes(m, state, frame, clause.ifs, 0);
    if (kept.kind === "known" && !kept.holds) continue;
    const next = node.generators[index + 1];
    if (kept.kind === "test") {
      // Only a list can hold an item that may or may not be there.
      if (next !== undefined || node.kind === "DictComp" || node.kind === "SetComp") return false;
      out.push({
        key: undefined,
        value: optionalItem(kept, m.freeze(state, evaluate(m, state, frame, node.elt))),
        isOptional: true,
      });
      continue;
    }
    if (next !== undefined) {
      if (!generate(m, state, frame, node, index + 1, evaluate(m, state, frame, next.iter), out)) return false;
    } else if (node.kind === "DictComp") {
      out.push({ key: evaluate(m, state, frame, node.key), value: evaluate(m, state, frame, node.value) });
    } else {
      out.push({ key: undefined, value: evaluate(m, state, frame, node.elt) });
    }
    if (out.length > MAX_LOOP_ROUNDS) return false;
  }
  return true;
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
  const value = evaluate(m, state, frame, test);
  const own = m.decide(state, value, m.site(frame, test), m.excerpt(frame, test));
  const rest = (condition: Condition): Condition => {
    if (condition.kind === "known") return condition.holds ? passes(m, state, frame, tests, index + 1) : condition;
    return { ...condition, yes: rest(condition.yes), no: rest(condition.no) };
  };
  return rest(own);
}
