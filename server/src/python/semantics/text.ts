import { table } from "../../base/table";
import { MAX_DIGITS } from "../values/budget";
import { spend } from "../values/fuel";
import { PythonRaise } from "../values/raise";
import { str, unknown, type SequenceValue, type Value } from "../values/value";

/** `str(value)` of a concrete value, as CPython prints it; `undefined` where that is not modelled. */
export function strOf(value: Value): string | undefined {
  if (value.kind === "str" || value.kind === "path") return value.value;
  return reprOf(value);
}

/** `repr(value)` of a concrete value; `undefined` where that is not modelled. */
export function reprOf(value: Value): string | undefined {
  spend(2);
  switch (value.kind) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return digitsOf(value.value);
    case "float":
      return floatRepr(value.value);
    case "str":
      return quote(value.value);
    case "path":
      return `PosixPath(${quote(value.value)})`;
    case "list":
    case "tuple":
      return displayOf(
        value.kind,
        value.items.map((item) => reprOf(item.value)),
      );
    case "dict":
      return displayOf(
        "dict",
        value.entries.map(({ key, value: content }) => entryText(key && reprOf(key), reprOf(content))),
      );
    default:
      // Sets print in hash order, which differs from run to run.
      return undefined;
  }
}

/** The decimal digits of a number; `undefined` for so many that CPython refuses to convert them. */
export function digitsOf(value: bigint): string | undefined {
  const text = isShort(value) ? value.toString() : "";
  return text === "" || text.length > MAX_DIGITS ? undefined : text;
}

const LONGEST = 10n ** BigInt(MAX_DIGITS);

function isShort(value: bigint): boolean {
  return value < LONGEST && value > -LONGEST;
}

/** A list, tuple, set or dict as Python writes it, with its parts as texts; `undefined` where one of them is. */
export function displayOf(kind: SequenceValue["kind"] | "dict", parts: readonly string[]): string;
export function displayOf(
  kind: SequenceValue["kind"] | "dict",
  parts: readonly (string | undefined)[],
): string | undefined;
export function displayOf(
  kind: SequenceValue["kind"] | "dict",
  parts: readonly (string | undefined)[],
): string | undefined {
  if (parts.includes(undefined)) return undefined;
  const joined = parts.join(", ");
  if (kind === "list") return `[${joined}]`;
  if (kind === "tuple") return parts.length === 1 ? `(${joined},)` : `(${joined})`;
  if (kind === "frozenset") return `frozenset({${joined}})`;
  return kind === "set" && parts.length === 0 ? "set()" : `{${joined}}`;
}

/** `key: value` of a dict; `undefined` where one of them is. */
export function entryText(key: string | undefined, value: string | undefined): string | undefined {
  return key === undefined || value === undefined ? undefined : `${key}: ${value}`;
}

/** `repr(float)`: the shortest digits that read back, exponent form below 1e-4 and from 1e16 (CPython `float_repr_style`). */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const [digits = "", exponent = "0"] = value.toExponential().split("e");
    const size = Math.abs(Number(exponent)).toString().padStart(2, "0");
    return `${digits}e${exponent.startsWith("-") ? "-" : "+"}${size}`;
  }
  const text = value.toString();
  return /[.e]/.test(text) ? text : `${text}.0`;
}

const ESCAPES: Readonly<Record<string, string>> = table({ "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" });

/** `repr(str)`: single quotes unless the text holds one and no double quote; unprintable characters escaped. */
export function quote(text: string): string {
  spend(text.length);
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = "";
  for (const character of text) out += character === mark ? `\\${mark}` : (ESCAPES[character] ?? printable(character));
  return mark + out + mark;
}

function printable(character: string): string {
  if (character === " " || !/[\p{C}\p{Z}]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** `float(text)`; throws ValueError as CPython does. */
export function parseFloatText(text: string): number {
  const clean = trim(text).replace(/(?<=\d)_(?=\d)/g, "");
  if (/^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(clean)) return Number(clean);
  const word = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(clean);
  if (word === null) throw new PythonRaise("ValueError");
  if (word[2]?.toLowerCase() === "nan") return NaN;
  return word[1] === "-" ? -Infinity : Infinity;
}

/** `int(text, base)`; throws ValueError as CPython does. */
export function parseIntText(text: string, base = 10): bigint {
  const found = /^([+-]?)(0[xX]_?|0[oO]_?|0[bB]_?)?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)$/.exec(trim(text));
  if (found === null) throw new PythonRaise("ValueError");
  const prefix = (found[2] ?? "").toLowerCase().replace("_", "");
  const prefixed = { "0x": 16, "0o": 8, "0b": 2 }[prefix];
  let digits = (found[3] ?? "").replaceAll("_", "").toLowerCase();
  let radix = base;
  if (prefixed !== undefined && (base === 0 || base === prefixed)) radix = prefixed;
  else if (prefixed !== undefined) digits = prefix + digits;
  else if (base === 0) {
    if (/^0+[1-9]/.test(digits)) throw new PythonRaise("ValueError");
    radix = 10;
  }
  if (digits.length > MAX_DIGITS) throw new RangeError("a number of too many digits");
  let value = 0n;
  for (const digit of digits) {
    const amount = parseInt(digit, 36);
    if (Number.isNaN(amount) || amount >= radix) throw new PythonRaise("ValueError");
    value = value * BigInt(radix) + BigInt(amount);
  }
  return found[1] === "-" ? -value : value;
}

/** Python's `str.strip()` white space (`str.isspace`), which is not JavaScript's. */
export const WHITESPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANK = new RegExp(`^[${WHITESPACE}]$`);

export function isBlank(character: string): boolean {
  return BLANK.test(character);
}

/** A text without the characters at its ends that a test takes. */
export function trimmed(
  text: string,
  isTaken: (character: string) => boolean,
  ends: "both" | "left" | "right",
): string {
  const characters = [...text];
  let from = 0;
  let to = characters.length;
  if (ends !== "right") while (from < to && isTaken(characters[from] as string)) from += 1;
  if (ends !== "left") while (to > from && isTaken(characters[to - 1] as string)) to -= 1;
  return from === 0 && to === characters.length ? text : characters.slice(from, to).join("");
}

/** `text.strip()`. */
export function trim(text: string): string {
  return trimmed(text, isBlank, "both");
}

/** `bytes.decode()`; only ASCII is answered. */
export function decodeBytes(value: Value): Value {
  if (value.kind !== "bytes") throw new PythonRaise("TypeError");
  // oxlint-disable-next-line no-control-regex -- the whole ASCII range is meant
  return /^[\x00-\x7f]*$/.test(value.value) ? str(value.value) : unknown("unsupported", "bytes beyond ASCII");
}
