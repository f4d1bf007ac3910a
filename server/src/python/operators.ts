import type { BinaryOperator, CompareOperator, UnaryOperator } from "../syntax/ast";
import { normalizePath } from "../base/path";
import { MAX_INTEGER_BITS, MAX_LENGTH, MAX_VALUE_SIZE } from "./budget";
import { percentFormat } from "./percentFormat";
import { PythonRaise } from "./raise";
import { keyOf } from "./symbolic";
import { bool, float, int, path, str, unknown, type DictValue, type SequenceValue, type Value } from "./value";

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
function numberOf(value: Value): bigint | number | undefined {
  if (value.kind === "bool") return value.value ? 1n : 0n;
  return value.kind === "int" || value.kind === "float" ? value.value : undefined;
}

/** `a == b` for concrete values; `undefined` where it is not certain. */
export function equals(a: Value, b: Value): boolean | undefined {
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

function isPlain(value: Value): boolean {
  return !["environment", "derived", "opaque", "reference", "model", "external", "choice", "unset", "unknown"].includes(
    value.kind,
  );
}

function isSequence(value: Value): value is SequenceValue {
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

/** Throws TypeError for what cannot be a key: lists, dicts and sets, and tuples of them. */
export function requireHashable(value: Value): void {
  if (value.kind === "list" || value.kind === "dict" || value.kind === "set" || value.kind === "reference")
    throw new PythonRaise("TypeError");
  if (value.kind === "tuple") for (const item of value.items) requireHashable(item.value);
}

/** The value under a key of a dict without unknown entries. Throws TypeError for what cannot be a key. */
export function findEntry(dict: DictValue, key: Value): Value | undefined {
  requireHashable(key);
  return dict.entries.findLast((entry) => entry.key !== undefined && equals(entry.key, key) === true)?.value;
}

/** A dict's entries by name, where all keys are texts. */
export function dictTexts(dict: DictValue): ReadonlyMap<string, Value> | undefined {
  const entries = dict.entries.map(({ key, value }) =>
    key?.kind === "str" ? ([key.value, value] as const) : undefined,
  );
  return entries.includes(undefined) ? undefined : new Map(entries as readonly (readonly [string, Value])[]);
}

function allOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
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

/** One comparison of concrete values; unknown where its outcome is not certain. Throws TypeError as Python does. */
export function compare(op: CompareOperator, a: Value, b: Value): Value {
  const answer = comparison(op, a, b);
  return answer === undefined ? unknown("unsupported", `comparison with ${op}`) : bool(answer);
}

function comparison(op: CompareOperator, a: Value, b: Value): boolean | undefined {
  const not = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer);
  switch (op) {
    case "==":
      return equals(a, b);
    case "!=":
      return not(equals(a, b));
    case "in":
      return isIn(a, b);
    case "not in":
      return not(isIn(a, b));
    case "is":
      return identical(a, b);
    case "is not":
      return not(identical(a, b));
    default:
      return ordered(op, a, b);
  }
}

function identical(a: Value, b: Value): boolean | undefined {
  if (a.kind === "none" || b.kind === "none") return a.kind === b.kind;
  if (a.kind === "bool" || b.kind === "bool") return a.kind === b.kind && equals(a, b);
  if (a.kind === "reference" && b.kind === "reference") return a.id === b.id;
  // Whether equal texts or numbers are one object is CPython's own business.
  return equals(a, b) === false ? false : undefined;
}

function ordered(op: CompareOperator, a: Value, b: Value): boolean | undefined {
  if (isSet(a) && isSet(b)) return containedSets(op, a, b);
  const sign = order(a, b);
  if (sign === undefined) return undefined;
  if (Number.isNaN(sign)) return false;
  return op === "<" ? sign < 0 : op === "<=" ? sign <= 0 : op === ">" ? sign > 0 : sign >= 0;
}

/** `a <= b` and its kin for sets: whether one holds the other. */
function containedSets(op: CompareOperator, a: SequenceValue, b: SequenceValue): boolean | undefined {
  if (op === ">" || op === ">=") return containedSets(op === ">" ? "<" : "<=", b, a);
  const isContained = allOf(a.items.map((item) => isIn(item.value, b)));
  if (op === "<=" || isContained === false) return isContained;
  return allOf([isContained, equals(a, b) === undefined ? undefined : equals(a, b) === false]);
}

/** Negative, zero or positive as `a` sorts before, with or after `b`; NaN for Python's nan; throws TypeError for a mix of types. */
export function order(a: Value, b: Value): number | undefined {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) {
    if (Number.isNaN(left) || Number.isNaN(right)) return NaN;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (a.kind === "str" && b.kind === "str") return compareCodePoints(a.value, b.value);
  if ((a.kind === "list" && b.kind === "list") || (a.kind === "tuple" && b.kind === "tuple")) return orderItems(a, b);
  if (isPlain(a) && isPlain(b) && a.kind !== b.kind && !isSequence(a) && !isSequence(b))
    throw new PythonRaise("TypeError");
  return undefined;
}

function orderItems(a: SequenceValue, b: SequenceValue): number | undefined {
  if (a.items.some((item) => item.spread) || b.items.some((item) => item.spread)) return undefined;
  for (const [index, item] of a.items.entries()) {
    const other = b.items[index];
    if (other === undefined) return 1;
    const same = equals(item.value, other.value);
    if (same === undefined) return undefined;
    if (!same) return order(item.value, other.value);
  }
  return a.items.length - b.items.length;
}

/** Python compares strings by code point, JavaScript by UTF-16 unit. */
function compareCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
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
  if (op === "%" && a.kind === "str") return percentFormat(a.value, b);
  if (a.kind === "path" && (op === "-" || op === "+")) return environPathOperation(op, a.value, b);
  if (op === "/" && (a.kind === "path" || b.kind === "path")) return joinPaths(a, b);
  if (op === "+" && a.kind === "str" && b.kind === "str") return str(a.value + b.value);
  if (op === "+" && a.kind === "bytes" && b.kind === "bytes") return { kind: "bytes", value: a.value + b.value };
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
  if (op === "+" && other.kind === "str") return path(purePath(root, other.value));
  throw new PythonRaise("TypeError");
}

function joinPaths(a: Value, b: Value): Value {
  if ((a.kind !== "path" && a.kind !== "str") || (b.kind !== "path" && b.kind !== "str"))
    throw new PythonRaise("TypeError");
  return path(purePath(a.value, b.value));
}

/** `str(Path(first, *rest))`: pathlib drops `.` parts and doubled slashes, and keeps `..`. */
export function purePath(...parts: readonly string[]): string {
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

/** `{**a, **b}`: later entries win, earlier positions stay. */
export function mergeDicts(a: DictValue, b: DictValue): DictValue {
  let merged = a;
  for (const entry of b.entries) merged = putEntry(merged, entry);
  return merged;
}

/** A dict with one more entry, replacing an equal key's value in its place. */
export function putEntry(dict: DictValue, entry: DictValue["entries"][number]): DictValue {
  const key = entry.key;
  if (key !== undefined) {
    requireHashable(key);
    const at = dict.entries.findIndex((old) => old.key !== undefined && equals(old.key, key) === true);
    const later = at >= 0 && dict.entries.slice(at).some((old) => old.key === undefined);
    if (at >= 0 && !later)
      return { kind: "dict", entries: dict.entries.with(at, { ...entry, key: dict.entries[at]?.key }) };
  }
  return { kind: "dict", entries: [...dict.entries, entry] };
}

function isSet(value: Value): value is SequenceValue {
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

function arithmetic(op: BinaryOperator, a: Value, b: Value, left: bigint | number, right: bigint | number): Value {
  const bothBool = a.kind === "bool" && b.kind === "bool";
  if (typeof left === "bigint" && typeof right === "bigint") {
    const result = integerOperation(op, left, right);
    if (bothBool && (op === "|" || op === "&" || op === "^")) return bool(result.kind === "int" && result.value !== 0n);
    return result;
  }
  return floatOperation(op, Number(left), Number(right));
}

function integerOperation(op: BinaryOperator, a: bigint, b: bigint): Value {
  if ((op === "/" || op === "//" || op === "%") && b === 0n) throw new PythonRaise("ZeroDivisionError");
  if ((op === "<<" || op === ">>") && b < 0n) throw new PythonRaise("ValueError");
  if ((op === "<<" || op === "**") && b > MAX_INTEGER_BITS) return unknown("budget", "a very large number");
  switch (op) {
    case "+":
      return int(a + b);
    case "-":
      return int(a - b);
    case "*":
      return product(a, b);
    case "/":
      // Both exact in a double or the quotient may differ in its last digit.
      return isSafe(a) && isSafe(b)
        ? float(Number(a) / Number(b))
        : unknown("unsupported", "division of large numbers");
    case "//":
      return int(floorDivide(a, b));
    case "%":
      return int(a - b * floorDivide(a, b));
    case "**":
      return power(a, b);
    case "|":
      return int(a | b);
    case "&":
      return int(a & b);
    case "^":
      return int(a ^ b);
    case "<<":
      return product(a, 1n << b);
    case ">>":
      return int(a >> b);
    case "@":
      throw new PythonRaise("TypeError");
  }
}

function product(a: bigint, b: bigint): Value {
  const result = a * b;
  const limit = 1n << MAX_INTEGER_BITS;
  return result > limit || result < -limit ? unknown("budget", "a very large number") : int(result);
}

function power(a: bigint, b: bigint): Value {
  if (b < 0n) return a === 0n ? raise("ZeroDivisionError") : floatPower(Number(a), Number(b));
  const bits = BigInt(a.toString(2).length) * b;
  return bits > MAX_INTEGER_BITS ? unknown("budget", "a very large number") : int(a ** b);
}

function raise(exception: string): never {
  throw new PythonRaise(exception);
}

function isSafe(value: bigint): boolean {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER);
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function floatOperation(op: BinaryOperator, a: number, b: number): Value {
  if ((op === "/" || op === "//" || op === "%") && b === 0) throw new PythonRaise("ZeroDivisionError");
  switch (op) {
    case "+":
      return float(a + b);
    case "-":
      return float(a - b);
    case "*":
      return float(a * b);
    case "/":
      return float(a / b);
    case "//":
      return float(floatDivision(a, b).quotient);
    case "%":
      return float(floatDivision(a, b).remainder);
    case "**":
      return floatPower(a, b);
    default:
      throw new PythonRaise("TypeError");
  }
}

/** Quotient and remainder as CPython computes them (`float_divmod` in Objects/floatobject.c); both operations are exact. */
function floatDivision(a: number, b: number): { readonly quotient: number; readonly remainder: number } {
  let remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder === 0) remainder = b < 0 ? -0 : 0;
  else if (b < 0 !== remainder < 0) {
    remainder += b;
    quotient -= 1;
  }
  if (quotient === 0) return { quotient: a / b < 0 || Object.is(a / b, -0) ? -0 : 0, remainder };
  const whole = Math.floor(quotient);
  return { quotient: quotient - whole > 0.5 ? whole + 1 : whole, remainder };
}

/** Powers of two are exact; the last digit of others depends on the C library. */
function floatPower(a: number, b: number): Value {
  if (a === 0 && b < 0) throw new PythonRaise("ZeroDivisionError");
  const exponent = Math.log2(Math.abs(a));
  const isExact = Number.isInteger(b) && Number.isInteger(exponent) && 2 ** exponent === Math.abs(a);
  if (!isExact || Math.abs(exponent * b) > 1000) return unknown("unsupported", "operator ** on floats");
  return float((a < 0 && b % 2 !== 0 ? -1 : 1) * 2 ** (exponent * b));
}
