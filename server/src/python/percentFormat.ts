import { MAX_LENGTH } from "./budget";
import { spend } from "./fuel";
import { exponentialText, fixedText, generalText } from "./floatText";
import { findEntry } from "./operators";
import { PythonRaise } from "./raise";
import { reprOf, strOf } from "./text";
import { str, unknown, type Value } from "./value";

/** One conversion: `%(name)-08.3f`. */
interface Conversion {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

const CONVERSION =
  /%(?:\(((?:[^()]|\([^()]*\))*)\))?([#0\- +]*)(\*|(?!0)\d*)(?:\.(\*|\d*))?[hlL]?([diouxXeEfFgGcrsa%])/y;

/** `template % value` (Python docs, "printf-style String Formatting"). */
export function percentFormat(template: string, value: Value): Value {
  const reader = new Arguments(value);
  let out = "";
  let at = 0;
  while (at < template.length) {
    const next = template.indexOf("%", at);
    if (next < 0) break;
    out += template.slice(at, next);
    CONVERSION.lastIndex = next;
    const found = CONVERSION.exec(template);
    if (found === null) throw new PythonRaise("ValueError");
    at = next + found[0].length;
    const text = found[5] === "%" ? "%" : converted(found, reader);
    if (text === undefined) return unknown("unsupported", "string formatting of this form");
    out += text;
    spend(text.length / 4);
    if (out.length > MAX_LENGTH) return unknown("budget", "a very long string");
  }
  reader.finish();
  return str(out + template.slice(at));
}

/** What the template takes its values from. */
class Arguments {
  private readonly whole: Value;
  private readonly values: readonly Value[];
  private used = 0;
  private isNamed = false;

  constructor(whole: Value) {
    this.whole = whole;
    this.values = whole.kind === "tuple" ? whole.items.map((item) => item.value) : [whole];
  }

  next(): Value {
    const value = this.values[this.used];
    this.used += 1;
    if (value === undefined) throw new PythonRaise("TypeError");
    return value;
  }

  number(text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    if (text !== "*") return Number(text);
    const value = this.next();
    if (value.kind !== "int") throw new PythonRaise("TypeError");
    return Number(value.value);
  }

  named(name: string): Value | undefined {
    this.isNamed = true;
    if (this.whole.kind !== "dict") throw new PythonRaise("TypeError");
    const found = findEntry(this.whole, str(name));
    if (found === undefined) throw new PythonRaise("KeyError");
    return found;
  }

  /** A mapping or a list need not be used; anything else has to be. */
  finish(): void {
    const mayRemain = this.isNamed || this.whole.kind === "dict" || this.whole.kind === "list";
    if (!mayRemain && this.used < this.values.length) throw new PythonRaise("TypeError");
  }
}

function converted(found: RegExpExecArray, reader: Arguments): string | undefined {
  const [, name, flags = "", width, precision, type = ""] = found;
  const given = reader.number(width === "" ? undefined : width) ?? 0;
  const digits = precision === "" ? 0 : reader.number(precision);
  const value = name === undefined ? reader.next() : reader.named(name);
  if (value === undefined || Math.abs(given) > 10_000 || (digits ?? 0) > 60) return undefined;
  const all = given < 0 ? `${flags}-` : flags;
  return shown(value, { flags: all, width: Math.abs(given), precision: digits, type });
}

function shown(value: Value, conversion: Conversion): string | undefined {
  switch (conversion.type) {
    case "s":
    case "r":
    case "a":
      return shownText(value, conversion);
    case "c":
      return padded("", shownCharacter(value), { ...conversion, flags: conversion.flags.replaceAll("0", "") });
    case "d":
    case "i":
    case "u":
      return shownWhole(value, conversion, 10);
    case "o":
      return shownWhole(value, conversion, 8);
    case "x":
    case "X":
      return shownWhole(value, conversion, 16);
    default:
      return shownFloat(value, conversion);
  }
}

function shownText(value: Value, conversion: Conversion): string | undefined {
  const text = conversion.type === "s" ? strOf(value) : reprOf(value);
  // oxlint-disable-next-line no-control-regex -- the whole ASCII range is meant
  if (text === undefined || (conversion.type === "a" && !/^[\x00-\x7f]*$/.test(text))) return undefined;
  const cut = conversion.precision === undefined ? text : [...text].slice(0, conversion.precision).join("");
  return padded("", cut, { ...conversion, flags: conversion.flags.replaceAll("0", "") });
}

function shownCharacter(value: Value): string {
  if (value.kind === "str" && [...value.value].length === 1) return value.value;
  if (value.kind === "bool") return value.value ? "\x01" : "\0";
  if (value.kind !== "int") throw new PythonRaise("TypeError");
  if (value.value < 0n || value.value > 0x10ffffn) throw new PythonRaise("OverflowError");
  return String.fromCodePoint(Number(value.value));
}

function shownWhole(value: Value, conversion: Conversion, radix: number): string | undefined {
  const isTruncated = value.kind === "float" && radix === 10;
  if (isTruncated && !Number.isFinite(value.value)) return undefined;
  if (!isTruncated && value.kind !== "int" && value.kind !== "bool") throw new PythonRaise("TypeError");
  const number = isTruncated
    ? BigInt(Math.trunc(value.value))
    : BigInt((value as { readonly value: bigint | boolean }).value);
  const digits = (number < 0n ? -number : number).toString(radix).padStart(conversion.precision ?? 0, "0");
  const prefix = conversion.flags.includes("#") && radix !== 10 ? `0${radix === 8 ? "o" : "x"}` : "";
  const text = padded(signOf(number < 0n, conversion) + prefix, digits, conversion);
  return conversion.type === "X" ? text.toUpperCase() : text;
}

function shownFloat(value: Value, conversion: Conversion): string | undefined {
  if (value.kind !== "float" && value.kind !== "int" && value.kind !== "bool") throw new PythonRaise("TypeError");
  const number = Number(value.value);
  if (!Number.isFinite(number) || Math.abs(number) >= 1e21) return undefined;
  const magnitude = Math.abs(number);
  const precision = conversion.precision ?? 6;
  const isAlternate = conversion.flags.includes("#");
  const lower = conversion.type.toLowerCase();
  if (isAlternate && lower !== "g") return undefined;
  const digits =
    lower === "f"
      ? fixedText(magnitude, precision)
      : lower === "e"
        ? exponentialText(magnitude, precision)
        : generalText(magnitude, precision, isAlternate);
  const text = padded(signOf(number < 0 || Object.is(number, -0), conversion), digits, conversion);
  return conversion.type === lower ? text : text.toUpperCase();
}

function signOf(isNegative: boolean, { flags }: Conversion): string {
  if (isNegative) return "-";
  return flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
}

/** Fills up to the width: zeros go between sign and digits, blanks in front, or behind with `-`. */
function padded(sign: string, text: string, { flags, width }: Conversion): string {
  const missing = Math.max(width - [...sign, ...text].length, 0);
  if (flags.includes("-")) return sign + text + " ".repeat(missing);
  return flags.includes("0") ? sign + "0".repeat(missing) + text : " ".repeat(missing) + sign + text;
}
