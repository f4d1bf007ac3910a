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
