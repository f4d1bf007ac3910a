import { MAX_ANSWER_WORK, MAX_LENGTH, MAX_VALUE_SIZE } from "../values/budget";
import { DictBuilder } from "../values/dicts";
import { spend, withinFuel } from "../values/fuel";
import { equals, truthOf } from "./operators";
import { firstUnknown } from "../values/leaves";
import { PythonRaise } from "../values/raise";
import { certaintyOf, weightOf } from "../values/symbolic";
import {
  unknown,
  type DerivedValue,
  type Entry,
  type EnvironmentValue,
  type Item,
  type SequenceValue,
  type Test,
  type Value,
} from "../values/value";

/** What a variable is: set to a text, unset, or (`undefined`) not known. */
export type ReadVariable = (variable: string) => VariableState | undefined;
export type VariableState = { readonly set: true; readonly text: string } | { readonly set: false };

/** An environment that is wholly known: a variable without a text is unset. */
export function wholeEnvironment(textOf: (variable: string) => string | undefined): ReadVariable {
  return (variable) => {
    const text = textOf(variable);
    return text === undefined ? { set: false } : { set: true, text };
  };
}

/**
 * A frozen value under an environment. Variables that `read` does not know stay symbolic; choices whose test becomes
 * decidable are decided. A read that would raise (required and unset, text that its cast rejects) gives unknown with
 * cause `error`.
 */
export function resolve(value: Value, read: ReadVariable): Value {
  if (!HAS_PARTS.has(value.kind)) return value;
  const tooMuch = (): Value => unknown("budget", "a value that takes too much work to be told");
  return withinFuel(MAX_ANSWER_WORK, () => resolvePart(value, read), tooMuch);
}

function resolvePart(value: Value, read: ReadVariable): Value {
  if (!HAS_PARTS.has(value.kind)) return value;
  const known = resolved.get(read) ?? new WeakMap<Value, Value>();
  resolved.set(read, known);
  const before = known.get(value);
  if (before !== undefined) return before;
  spend(3);
  const result = resolveParts(value, read);
  known.set(value, result);
  return result;
}

/** Values share parts: each is resolved once for a reader, whose answers never change. */
const resolved = new WeakMap<ReadVariable, WeakMap<Value, Value>>();
const HAS_PARTS: ReadonlySet<Value["kind"]> = new Set([
  "environment",
  "derived",
  "choice",
  "list",
  "tuple",
  "set",
  "frozenset",
  "dict",
]);

function resolveParts(value: Value, read: ReadVariable): Value {
  switch (value.kind) {
    case "environment":
      return resolveVariable(value, read);
    case "derived":
      return resolveDerived(value, read);
    case "choice": {
      const holds = resolveTest(value.test, read);
      if (holds !== undefined) return resolvePart(holds ? value.yes : value.no, read);
      const [yes, no] = [resolvePart(value.yes, read), resolvePart(value.no, read)];
      return yes === no ? yes : { kind: "choice", test: value.test, yes, no };
    }
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      if (certaintyOf(value) === "concrete") return value;
      return withoutRepeats({
        kind: value.kind,
        items: value.items.flatMap((item) =>
          resolveItem(item, read, value.kind === "list" || value.kind === "tuple" ? "sequence" : "set"),
        ),
      });
    case "dict":
      if (certaintyOf(value) === "concrete") return value;
      return guarded(
        () => {
          const dict = new DictBuilder();
          for (const entry of value.entries.flatMap((each) => resolveEntry(each, read))) dict.put(entry);
          return dict.dict;
        },
        "a dict",
        undefined,
      );
    default:
      return value;
  }
}

/** How a test turns out under an environment; `undefined` where that stays open. */
export function resolveTest(test: Test, read: ReadVariable): boolean | undefined {
  return truthOf(resolve(test.value, read));
}

function resolveVariable(value: EnvironmentValue, read: ReadVariable): Value {
  const state = read(value.variable);
  if (state === undefined) return value;
  if (!state.set) {
    return value.fallback === undefined
      ? unknown("error", `${value.variable} is not set`, value.site)
      : resolvePart(value.fallback, read);
  }
  return guarded(() => value.convert(state.text), `${value.variable} has a text that is not accepted`, value.site);
}

function resolveDerived(value: DerivedValue, read: ReadVariable): Value {
  const inputs = value.inputs.map((input) => resolvePart(input, read));
  const computed = computeDerived({ ...value, inputs });
  // A comprehension's body may read further variables.
  return computed.kind === "derived" || certaintyOf(computed) !== "symbolic" ? computed : resolvePart(computed, read);
}

/** Combinations of alternatives of which each is computed. */
const MAX_CASES = 1000;

/** Computes a derived value whose inputs have become concrete, distributing over choices that remain among them. */
export function computeDerived(value: DerivedValue): Value {
  const at = value.inputs.findIndex((input) => input.kind === "choice");
  const choice = value.inputs[at];
  if (choice?.kind === "choice") {
    const cases = value.inputs.reduce(
      (product, input) => (input.kind === "choice" ? product * weightOf(input) : product),
      1,
    );
    if (cases > MAX_CASES) return unknown("budget", "more alternatives than are followed", value.site);
    const arm = (input: Value): Value => computeDerived({ ...value, inputs: value.inputs.with(at, input) });
    return { kind: "choice", test: choice.test, yes: arm(choice.yes), no: arm(choice.no) };
  }
  const certainties = value.inputs.map(certaintyOf);
  if (certainties.includes("unknown")) {
    return firstUnknown(value.inputs) ?? unknown("unsupported", value.operation.id, value.site);
  }
  if (certainties.includes("symbolic")) return value;
  return guarded(() => value.compute(value.inputs), `${value.operation.id} fails`, value.site);
}

/** The result of a computation, unless it is too long to be kept. */
export function bounded(compute: () => Value, site: DerivedValue["site"]): Value {
  try {
    const value = compute();
    const isText = value.kind === "str" || value.kind === "bytes" || value.kind === "path";
    const isLong = isText ? value.value.length > MAX_LENGTH : isLongList(value);
    if (isText && !isLong) spend(value.value.length / 8);
    return isLong ? unknown("budget", "a very long value", site) : value;
  } catch (error) {
    // JavaScript's own limit on the length of a string.
    if (error instanceof RangeError) return unknown("budget", "a very long text", site);
    if (error instanceof PythonRaise && error.site === undefined) throw new PythonRaise(error.exception, site);
    throw error;
  }
}

function isLongList(value: Value): boolean {
  if (value.kind === "derived" || value.kind === "dict" || "items" in value) return weightOf(value) > MAX_VALUE_SIZE;
  return false;
}

function guarded(compute: () => Value, text: string, site: DerivedValue["site"]): Value {
  try {
    return bounded(compute, site);
  } catch (error) {
    if (error instanceof PythonRaise) return unknown("error", `${text} (${error.exception})`, site);
    throw error;
  }
}

/** Items of a set may turn out to be equal. */
function withoutRepeats(sequence: SequenceValue): SequenceValue {
  if (sequence.kind === "list" || sequence.kind === "tuple") return sequence;
  const kept: Item[] = [];
  for (const item of sequence.items) {
    const isRepeat = kept.some((other) => !other.spread && !item.spread && equals(other.value, item.value) === true);
    if (!isRepeat) kept.push(item);
  }
  return { kind: sequence.kind, items: kept };
}

function resolveItem(item: Item, read: ReadVariable, into: "sequence" | "set"): readonly Item[] {
  const value = resolvePart(item.value, read);
  if (!item.spread) return [{ ...item, value }];
  if (value.kind === "list" || value.kind === "tuple") return value.items;
  if (into === "set" && (value.kind === "set" || value.kind === "frozenset")) return value.items;
  return [{ ...item, value }];
}

function resolveEntry(entry: Entry, read: ReadVariable): readonly Entry[] {
  const value = resolvePart(entry.value, read);
  if (entry.key !== undefined) return [{ ...entry, key: resolvePart(entry.key, read), value }];
  return value.kind === "dict" ? value.entries : [{ ...entry, value }];
}
