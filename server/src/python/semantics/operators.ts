import type { BinaryOperator, UnaryOperator } from "../../syntax/ast";
import { normalizePath } from "../../base/path";
import { MAX_LENGTH, MAX_VALUE_SIZE } from "../values/budget";
import { percentFormat } from "./percentFormat";
import { PythonRaise } from "../values/raise";
import { arithmetic } from "./arithmetic";
import { mergeDicts, requireHashable } from "../values/dicts";
import { spend } from "../values/fuel";
import { keyOf } from "../values/symbolic";
import { bool, float, int, path, str, unknown, type DictValue, type SequenceValue, type Value } from "../values/value";

/** Whether a value is true in a boolean context; `undefined` where that depends on something not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case "none":
      return false;
    case "bool":
      return value.value;
    case "int":
      return value.value !== 0n;
    case "float":
      return value.value !== 0;
    case "str":
    case "bytes":
      return value.value !== "";
    case "path":
    case "function":
    case "class":
    case "module":
      return true;
    case "model":
      return (value.model as { readonly isTrue?: boolean }).isTrue;
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      if (value.items.some((item) => !item.spread)) return true;
      return value.items.length === 0 ? false : undefined;
    case "dict":
      if (value.entries.some((entry) => entry.key !== undefined)) return true;
      return value.entries.length === 0 ? false : undefined;
    default:
      return undefined;
  }
}

/** A number's numeric value, bools included; `undefined` for anything else. */
export function numberOf(value: Value): bigint | number | undefined {
  if (value.kind === "bool") return value.value ? 1n : 0n;
  return value.kind === "int" || value.kind === "float" ? value.value : undefined;
}

/** `a == b` for concrete values; `undefined` where it is not certain. */
export function equals(a: Value, b: Value): boolean | undefined {
  spend(1);
  const left = numberOf(a);
  const right = numberOf(b);
  // bigint == number compares mathematically in JavaScript, as Python's int and float do.
  // eslint-disable-next-line eqeqeq
  if (left !== undefined && right !== undefined) return left == right;
  if (isSequence(a) && isSequence(b)) return sequencesEqual(a, b);
  if (a.kind === "dict" && b.kind === "dict") return dictsEqual(a, b);
  if (!isPlain(a) || !isPlain(b)) return keyOf(a) === keyOf(b) && a.kind !== "environment" ? true : undefined;
  return a.kind === b.kind && keyOf(a) === keyOf(b);
}

export function isPlain(value: Value): boolean {
  return !["environment", "derived", "opaque", "reference", "model", "external", "choice", "unset", "unknown"].includes(
    value.kind,
  );
}

export function isSequence(value: Value): value is SequenceValue {
  return value.kind === "list" || value.kind === "tuple" || value.kind === "set" || value.kind === "frozenset";
}

function sequencesEqual(a: SequenceValue, b: SequenceValue): boolean | undefined {
  const unordered = (value: SequenceValue): boolean => value.kind === "set" || value.kind === "frozenset";
  if (a.kind !== b.kind && !(unordered(a) && unordered(b))) return false;
  if (a.items.some((item) => item.spread) || b.items.some((item) => item.spread)) return undefined;
  if (a.items.length !== b.items.length) return false;
  if (unordered(a)) return allOf(a.items.map((item) => anyOf(b.items.map((other) => equals(item.value, other.value)))));
  return allOf(a.items.map((item, index) => equals(item.value, b.items[index]?.value ?? item.value)));
}

function dictsEqual(a: DictValue, b: DictValue): boolean | undefined {
  if (a.entries.some((entry) => entry.key === undefined) || b.entries.some((entry) => entry.key === undefined))
    return undefined;
  if (a.entries.length !== b.entries.length) return false;
  return allOf(
    a.entries.map((entry) => {
      const other = findEntry(b, entry.key as Value);
      return other === undefined ? false : equals(entry.value, other);
    }),
  );
}

/** The value under a key of a dict without unknown entries. Throws TypeError for what cannot be a key. */
export function findEntry(dict: DictValue, key: Value): Value | undefined {
  requireHashable(key);
  return dict.entries.findLast((entry) => entry.key !== undefined && equals(entry.key, key) === true)?.value;
}

export function allOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function anyOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** `item in container` for concrete or partly known containers; `undefined` where it is not certain. */
export function isIn(item: Value, container: Value): boolean | undefined {
  if (container.kind === "str") {
    if (item.kind !== "str") throw new PythonRaise("TypeError");
    spend(container.value.length / 16);
    return container.value.includes(item.value);
  }
  if (isSequence(container)) {
    if (isSet(container) && item.kind !== "set") requireHashable(item);
    return anyOf(container.items.map((other) => (other.spread ? undefined : equals(item, other.value))));
  }
  if (container.kind === "dict") {
    requireHashable(item);
    return anyOf(container.entries.map((entry) => (entry.key === undefined ? undefined : equals(item, entry.key))));
  }
  if (container.kind === "none" || numberOf(container) !== undefined) throw new PythonRaise("TypeError");
  return undefined;
}

/** A unary operation on a concrete value. */
export function unary(op: UnaryOperator, value: Value): Value {
  if (op === "not") {
    const truth = truthOf(value);
    return truth === undefined ? unknown("unsupported", "truth of a value") : bool(!truth);
  }
  const number = numberOf(value);
  if (number === undefined) {
    if (isPlain(value)) throw new PythonRaise("TypeError");
    return unknown("unsupported", `operator ${op}`);
  }
  if (typeof number === "bigint") return int(op === "-" ? -number : op === "~" ? ~number : number);
  if (op === "~") throw new PythonRaise("TypeError");
  return float(op === "-" ? -number : number);
}

/** A binary operation on concrete values. Throws TypeError, ZeroDivisionError ... as Python does. */
export function binary(op: BinaryOperator, a: Value, b: Value): Value {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) return arithmetic(op, a, b, left, right);
  if (op === "%" && a.kind === "str") return percentFormat(a.value, b, findEntry);
  if (a.kind === "path" && (op === "-" || op === "+")) return environPathOperation(op, a.value, b);
  if (op === "/" && (a.kind === "path" || b.kind === "path")) return joinPaths(a, b);
  if (op === "+" && a.kind === "str" && b.kind === "str") return str(a.value + b.value);
  if (op === "+" && a.kind === "bytes" && b.kind === "bytes") return { kind: "bytes", value: a.value + b.value };
  if (op === "+" && isSequence(a) && isSequence(b)) spend((a.items.length + b.items.length) / 4);
  if (op === "+" && isSequence(a) && a.kind === b.kind && (a.kind === "list" || a.kind === "tuple")) {
    return { kind: a.kind, items: [...a.items, ...(b as SequenceValue).items] };
  }
  if (op === "*") return repeated(a, b, left, right);
  if (op === "|" && a.kind === "dict" && b.kind === "dict") return mergeDicts(a, b);
  if (isSet(a) && isSet(b)) return setOperation(op, a, b);
  if (isPlain(a) && isPlain(b)) throw new PythonRaise("TypeError");
  return unknown("unsupported", `operator ${op}`);
}

/** `environ.Path` of django-environ: `- 2` goes up two folders, `+ "x"` joins. `pathlib` has neither. */
function environPathOperation(op: "-" | "+", root: string, other: Value): Value {
  if (op === "-" && other.kind === "int") return path(normalizePath(root + "/..".repeat(Number(other.value))));
  if (op === "+" && other.kind === "str") return path(purePath([root, other.value]));
  throw new PythonRaise("TypeError");
}

function joinPaths(a: Value, b: Value): Value {
  if ((a.kind !== "path" && a.kind !== "str") || (b.kind !== "path" && b.kind !== "str"))
    throw new PythonRaise("TypeError");
  return path(purePath([a.value, b.value]));
}

/** `str(Path(first, *rest))`: pathlib drops `.` parts and doubled slashes, and keeps `..`. */
export function purePath(parts: readonly string[]): string {
  for (const part of parts) spend(part.length / 4);
  let joined = "";
  for (const part of parts) joined = part.startsWith("/") || joined === "" ? part : `${joined}/${part}`;
  const absolute = joined.startsWith("/");
  const kept = joined.split("/").filter((part) => part !== "" && part !== ".");
  if (kept.length === 0) return absolute ? "/" : ".";
  return (absolute ? "/" : "") + kept.join("/");
}

function repeated(a: Value, b: Value, left: bigint | number | undefined, right: bigint | number | undefined): Value {
  const [what, count] = right === undefined ? [b, left] : [a, right];
  if (typeof count !== "bigint") throw new PythonRaise("TypeError");
  const times = count < 0n ? 0 : Number(count);
  if (what.kind === "str" || what.kind === "bytes") {
    if (what.value.length * times > MAX_LENGTH) return unknown("budget", "a very long string");
    return { kind: what.kind, value: what.value.repeat(times) };
  }
  if (what.kind !== "list" && what.kind !== "tuple") throw new PythonRaise("TypeError");
  if (what.items.length * times > MAX_VALUE_SIZE) return unknown("budget", "a very long list");
  return { kind: what.kind, items: Array.from({ length: times }, () => what.items).flat() };
}

export function isSet(value: Value): value is SequenceValue {
  return value.kind === "set" || value.kind === "frozenset";
}

function setOperation(op: BinaryOperator, a: SequenceValue, b: SequenceValue): Value {
  const has = (set: SequenceValue, value: Value): boolean => isIn(value, { ...set, kind: "list" }) === true;
  const onlyA = a.items.filter((item) => !has(b, item.value));
  const onlyB = b.items.filter((item) => !has(a, item.value));
  const both = a.items.filter((item) => has(b, item.value));
  switch (op) {
    case "|":
      return { kind: a.kind, items: [...a.items, ...onlyB] };
    case "&":
      return { kind: a.kind, items: both };
    case "-":
      return { kind: a.kind, items: onlyA };
    case "^":
      return { kind: a.kind, items: [...onlyA, ...onlyB] };
    default:
      throw new PythonRaise("TypeError");
  }
}
