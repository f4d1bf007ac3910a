import { PythonRaise } from "./raise";
import type { Value } from "./value";

/** `str(value)` of a concrete value, as CPython prints it; `undefined` where that is not modelled. */
export function strOf(value: Value): string | undefined {
  if (value.kind === "str" || value.kind === "path") return value.value;
  return reprOf(value);
}

/** `repr(value)` of a concrete value; `undefined` where that is not modelled. */
export function reprOf(value: Value): string | undefined {
  switch (value.kind) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return value.value.toString();
    case "float":
      return floatRepr(value.value);
    case "str":
      return quote(value.value);
    case "path":
      return `PosixPath(${quote(value.value)})`;
    case "list":
      return wrap(
        "[",
        value.items.map((item) => reprOf(item.value)),
        "]",
      );
    case "tuple":
      return wrap(
        "(",
        value.items.map((item) => reprOf(item.value)),
        value.items.length === 1 ? ",)" : ")",
      );
    case "dict":
      return wrap(
        "{",
        value.entries.map((entry) => {
          const key = entry.key === undefined ? undefined : reprOf(entry.key);
          const content = reprOf(entry.value);
          return key === undefined || content === undefined ? undefined : `${key}: ${content}`;
        }),
        "}",
      );
    default:
      // Sets print in hash order, which differs from run to run.
      return undefined;
  }
}

function wrap(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  return parts.includes(undefined) ? undefined : open + parts.join(", ") + close;
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

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** `repr(str)`: single quotes unless the text holds one and no double quote; unprintable characters escaped. */
export function quote(text: string): string {
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

interface FormatSpec {
  readonly fill: string;
  readonly align: "<" | ">" | "=" | "^" | undefined;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const SPEC = /^(?:(.)?([<>=^]))?([+\- ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su;

function parseSpec(spec: string): FormatSpec | undefined {
  const found = SPEC.exec(spec);
  if (found === null || found[4] !== undefined) return undefined;
  const zero = found[6] !== undefined;
  return {
    fill: found[1] ?? (zero && found[2] === undefined ? "0" : " "),
    align: (found[2] as FormatSpec["align"]) ?? (zero ? "=" : undefined),
    sign: found[3] ?? "-",
    alternate: found[5] !== undefined,
    width: Number(found[7] ?? 0),
    grouping: found[8] ?? "",
    precision: found[9] === undefined ? undefined : Number(found[9]),
    type: found[10] ?? "",
  };
}

/** `format(value, spec)` for the types that settings format: text, paths, integers and fixed-point floats; else `undefined`. */
export function formatValue(value: Value, spec: string): string | undefined {
  if (spec === "") return strOf(value);
  const parsed = parseSpec(spec);
  if (parsed === undefined || parsed.width > 10_000) return undefined;
  switch (value.kind) {
    case "str":
      return parsed.type === "" || parsed.type === "s" ? formatText(value.value, parsed) : undefined;
    case "int":
      return formatInt(value.value, parsed);
    case "bool":
      return parsed.type === "" ? undefined : formatInt(value.value ? 1n : 0n, parsed);
    case "float":
      return formatFloat(value.value, parsed);
    default:
      return undefined;
  }
}

function formatText(text: string, spec: FormatSpec): string | undefined {
  if (spec.align === "=" || spec.grouping !== "" || spec.sign !== "-") return undefined;
  const cut = spec.precision === undefined ? text : [...text].slice(0, spec.precision).join("");
  return pad(cut, spec, "<");
}

function formatInt(value: bigint, spec: FormatSpec): string | undefined {
  if (spec.precision !== undefined) return undefined;
  if (/[fF%]/.test(spec.type)) return formatFloat(Number(value), spec);
  const radix = { "": 10, d: 10, n: 10, b: 2, o: 8, x: 16, X: 16 }[spec.type];
  if (radix === undefined) return undefined;
  let digits = (value < 0n ? -value : value).toString(radix);
  if (spec.type === "X") digits = digits.toUpperCase();
  if (spec.grouping !== "" && spec.align === "=") return undefined;
  if (spec.grouping !== "") digits = group(digits, spec.grouping, radix === 10 ? 3 : 4);
  const prefix = spec.alternate && radix !== 10 ? `0${spec.type}` : "";
  return padNumber(value < 0n, prefix, digits, spec);
}

function formatFloat(value: number, spec: FormatSpec): string | undefined {
  if (!/^[fF%]$/.test(spec.type) || !Number.isFinite(value) || Math.abs(value) >= 1e21) return undefined;
  const percent = spec.type === "%";
  const scaled = percent ? value * 100 : value;
  const precision = spec.precision ?? 6;
  if (precision > 100) return undefined;
  let digits = fixed(Math.abs(scaled), precision);
  if (spec.grouping !== "") {
    const [whole = "", rest] = digits.split(".");
    digits = group(whole, spec.grouping, 3) + (rest === undefined ? "" : `.${rest}`);
  }
  return padNumber(scaled < 0 || Object.is(scaled, -0), "", digits + (percent ? "%" : ""), spec);
}

/** `round(value, places)` for finite floats. */
export function roundFloat(value: number, places: number): number {
  const rounded = Number(fixed(Math.abs(value), places));
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}

/**
 * A number with that many decimals, rounded as CPython does it: the double's true value, and a tie to the even digit.
 * `toFixed` is exact, too, but takes the larger neighbour of a tie.
 */
function fixed(value: number, decimals: number): string {
  const rounded = value.toFixed(decimals);
  // A double that lies half-way between two numbers of n decimals is a multiple of 5 to the n: impossible from 23 on.
  if (decimals > 22) return rounded;
  const more = 60;
  const exact = value.toFixed(decimals + more);
  const isTie = /^50*$/.test(exact.slice(-more));
  return isTie && /[13579]$/.test(rounded) ? exact.slice(0, -more).replace(/\.$/, "") : rounded;
}

function group(digits: string, mark: string, size: number): string {
  return digits.replace(new RegExp(`\\B(?=(\\w{${size}})+$)`, "g"), mark);
}

function padNumber(negative: boolean, prefix: string, digits: string, spec: FormatSpec): string {
  const sign = negative ? "-" : spec.sign === "-" ? "" : spec.sign;
  if (spec.align !== "=") return pad(sign + prefix + digits, spec, ">");
  const missing = spec.width - sign.length - prefix.length - digits.length;
  return sign + prefix + spec.fill.repeat(Math.max(missing, 0)) + digits;
}

function pad(text: string, spec: FormatSpec, usual: "<" | ">"): string {
  const missing = Math.max(spec.width - [...text].length, 0);
  const align = spec.align ?? usual;
  const left = align === ">" ? missing : align === "^" ? Math.floor(missing / 2) : 0;
  return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
}

/** `float(text)`; throws ValueError as CPython does. */
export function parseFloatText(text: string): number {
  const clean = trim(text).replace(/(?<=\d)_(?=\d)/g, "");
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(clean)) return Number(clean);
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
const LEADING = new RegExp(`^[${WHITESPACE}]+`);
const TRAILING = new RegExp(`[${WHITESPACE}]+$`);

/** `text.strip()`. */
export function trim(text: string): string {
  return text.replace(LEADING, "").replace(TRAILING, "");
}
