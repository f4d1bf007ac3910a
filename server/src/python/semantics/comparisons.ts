import type { CompareOperator } from "../../syntax/ast";
import { equals, isIn, isPlain, isSequence, numberOf } from "./operators";
import { spend } from "../values/fuel";
import { PythonRaise } from "../values/raise";
import { bool, unknown, type SequenceValue, type Value } from "../values/value";

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
  const sign = order(a, b);
  if (sign === undefined) return undefined;
  if (Number.isNaN(sign)) return false;
  return op === "<" ? sign < 0 : op === "<=" ? sign <= 0 : op === ">" ? sign > 0 : sign >= 0;
}

/** Negative, zero or positive as `a` sorts before, with or after `b`; NaN for Python's nan; throws TypeError for a mix of types. */
export function order(a: Value, b: Value): number | undefined {
  spend(2);
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
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  spend(at / 4);
  if (at === shorter) return a.length - b.length;
  // The second half of a pair is told apart by the whole.
  if (at > 0 && /[\ud800-\udbff]/.test(a.charAt(at - 1))) at -= 1;
  return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
}
