import { fixedText } from "./floatText";
import { digitsOf, strOf } from "./text";
import type { Value } from "../values/value";

/** What settings use of the mini-language: fill and alignment, zeros, width, digits and type. */
const SPEC = /^(?:(.)?([<>^]))?(0)?(\d+)?(?:\.(\d+))?([sdf])?$/su;
const MAX_WIDTH = 10_000;
const MAX_DECIMALS = 60;

/** `format(value, spec)` for strings, paths, integers and floats (Python docs, "Format Specification Mini-Language"); else `undefined`. */
export function formatValue(value: Value, spec: string): string | undefined {
  if (spec === "") return strOf(value);
  const [whole, fill, align, zero, width = "0", digits, type = ""] = SPEC.exec(spec) ?? [];
  if (whole === undefined || Number(width) > MAX_WIDTH || Number(digits ?? 0) > MAX_DECIMALS) return undefined;
  const isText = value.kind === "str";
  // Zeros go between the sign and the digits: only of numbers, and not beside another alignment.
  if (zero !== undefined && (align !== undefined || isText)) return undefined;
  const text = isText ? shortened(value.value, digits, type) : shownNumber(value, digits, type);
  if (text === undefined) return undefined;
  const missing = Math.max(Number(width) - [...text].length, 0);
  if (zero !== undefined) return text.replace(/^-?/, (sign) => sign + "0".repeat(missing));
  const side = align ?? (isText ? "<" : ">");
  const left = side === ">" ? missing : side === "^" ? Math.floor(missing / 2) : 0;
  return (fill ?? " ").repeat(left) + text + (fill ?? " ").repeat(missing - left);
}

function shortened(text: string, length: string | undefined, type: string): string | undefined {
  if (type !== "" && type !== "s") return undefined;
  return length === undefined ? text : [...text].slice(0, Number(length)).join("");
}

function shownNumber(value: Value, decimals: string | undefined, type: string): string | undefined {
  if (value.kind !== "int" && value.kind !== "bool" && value.kind !== "float") return undefined;
  if (type === "f") return fixed(Number(value.value), Number(decimals ?? 6));
  const isWhole = value.kind !== "float" && decimals === undefined && (type === "" || type === "d");
  return isWhole ? digitsOf(BigInt(value.value)) : undefined;
}

function fixed(value: number, decimals: number): string | undefined {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return undefined;
  return (value < 0 || Object.is(value, -0) ? "-" : "") + fixedText(Math.abs(value), decimals);
}
