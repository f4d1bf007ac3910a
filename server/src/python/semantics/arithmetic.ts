import type { BinaryOperator } from "../../syntax/ast";
import { MAX_INTEGER_BITS } from "../values/budget";
import { PythonRaise } from "../values/raise";
import { bool, float, int, unknown, type Value } from "../values/value";

/** A binary operation on two numbers, which are given as such as well. Throws as Python does. */
export function arithmetic(
  op: BinaryOperator,
  a: Value,
  b: Value,
  left: bigint | number,
  right: bigint | number,
): Value {
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
  if (b < 0n && a === 0n) throw new PythonRaise("ZeroDivisionError");
  if (b < 0n) return unknown("unsupported", "a negative power");
  const bits = BigInt(a.toString(2).length) * b;
  return bits > MAX_INTEGER_BITS ? unknown("budget", "a very large number") : int(a ** b);
}

function isSafe(value: bigint): boolean {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER);
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** The quotient and the remainder of floats are not computed, nor are their powers: settings have none. */
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
    case "%":
    case "**":
      return unknown("unsupported", `operator ${op} on floats`);
    default:
      throw new PythonRaise("TypeError");
  }
}
