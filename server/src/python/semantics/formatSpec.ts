import { fixedText } from "./floatText";
import { digitsOf, strOf } from "./text";
import type { Value } from "../values/value";

interface FormatSpec {
  readonly fill: string;
  readonly align: string | undefined;
  readonly width: number;
  readonly isGrouped: boolean;
  readonly precision: number | undefined;
  readonly type: string;
}

/** What settings use of the mini-language. */
const SPEC = /^(?:(.)?([<>^]))?(0)?(\d+)?(,)?(?:\.(\d+))?([sdf])?$/su;
const MAX_WIDTH = 10_000;
const MAX_PRECISION = 60;

function parseSpec(spec: string): FormatSpec | undefined {
  const found = SPEC.exec(spec);
  if (found === null) return undefined;
  const [, fill, align, zero, width, grouping, precision, type = ""] = found;
  // Zeros between the sign and the digits: only of numbers, and not beside a fill of another sort.
  if (zero !== undefined && (align !== undefined || grouping !== undefined)) return undefined;
  return {
    fill: fill ?? (zero === undefined ? " " : "0"),
    align: align ?? (zero === undefined ? undefined : "="),
    width: Number(width ?? 0),
    isGrouped: grouping !== undefined,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

/** `format(value, spec)` for texts, paths, integers and floats (Python docs, "Format Specification Mini-Language"); else `undefined`. */
export function formatValue(value: Value, spec: string): string | undefined {
  if (spec === "") return strOf(value);
  const parsed = parseSpec(spec);
  if (parsed === undefined || parsed.width > MAX_WIDTH || (parsed.precision ?? 0) > MAX_PRECISION) return undefined;
  if (value.kind === "str") return formatText(value.value, parsed);
  if (value.kind === "bool") return formatWhole(value.value ? 1n : 0n, parsed);
  if (value.kind === "int")
    return parsed.type === "f" ? formatFixed(Number(value.value), parsed) : formatWhole(value.value, parsed);
  return value.kind === "float" && parsed.type === "f" ? formatFixed(value.value, parsed) : undefined;
}

function formatText(text: string, spec: FormatSpec): string | undefined {
  if (spec.align === "=" || spec.isGrouped || (spec.type !== "" && spec.type !== "s")) return undefined;
  const cut = spec.precision === undefined ? text : [...text].slice(0, spec.precision).join("");
  return padded(cut, spec, "<");
}

function formatWhole(value: bigint, spec: FormatSpec): string | undefined {
  if (spec.precision !== undefined || (spec.type !== "" && spec.type !== "d")) return undefined;
  const digits = digitsOf(value < 0n ? -value : value);
  return digits === undefined ? undefined : formatNumber(value < 0n, spec.isGrouped ? grouped(digits) : digits, spec);
}

function formatFixed(value: number, spec: FormatSpec): string | undefined {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return undefined;
  const [whole = "", rest] = fixedText(Math.abs(value), spec.precision ?? 6).split(".");
  const digits = spec.isGrouped ? grouped(whole) : whole;
  return formatNumber(value < 0 || Object.is(value, -0), rest === undefined ? digits : `${digits}.${rest}`, spec);
}

function grouped(digits: string): string {
  const first = digits.length % 3;
  const groups = digits.slice(first).match(/\d{3}/g) ?? [];
  return (first === 0 ? groups : [digits.slice(0, first), ...groups]).join(",");
}

function formatNumber(isNegative: boolean, digits: string, spec: FormatSpec): string {
  const sign = isNegative ? "-" : "";
  if (spec.align !== "=") return padded(sign + digits, spec, ">");
  return sign + spec.fill.repeat(Math.max(spec.width - sign.length - digits.length, 0)) + digits;
}

function padded(text: string, spec: FormatSpec, usual: "<" | ">"): string {
  const missing = Math.max(spec.width - [...text].length, 0);
  const align = spec.align ?? usual;
  const left = align === ">" ? missing : align === "^" ? Math.floor(missing / 2) : 0;
  return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
}
