import { exponentialText, fixedText, generalText } from "./floatText";
import { floatRepr, strOf } from "./text";
import type { Value } from "./value";

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
    fill: found[1] ?? (zero ? "0" : " "),
    align: (found[2] as FormatSpec["align"]) ?? (zero ? "=" : undefined),
    sign: found[3] ?? "",
    alternate: found[5] !== undefined,
    width: Number(found[7] ?? 0),
    grouping: found[8] ?? "",
    precision: found[9] === undefined ? undefined : Number(found[9]),
    type: found[10] ?? "",
  };
}

/** `format(value, spec)` for texts, paths, integers and floats (Python docs, "Format Specification Mini-Language"); else `undefined`. */
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
      return formatInt(value.value ? 1n : 0n, parsed);
    case "float":
      return formatFloat(value.value, parsed);
    default:
      return undefined;
  }
}

function formatText(text: string, spec: FormatSpec): string | undefined {
  if (spec.align === "=" || spec.grouping !== "" || spec.sign !== "" || spec.alternate) return undefined;
  const cut = spec.precision === undefined ? text : [...text].slice(0, spec.precision).join("");
  return pad(cut, spec, "<");
}

function formatInt(value: bigint, spec: FormatSpec): string | undefined {
  if (/[fFeEgG%]/.test(spec.type)) return formatFloat(Number(value), spec);
  if (spec.precision !== undefined) return undefined;
  const radix = { "": 10, d: 10, n: 10, b: 2, o: 8, x: 16, X: 16 }[spec.type];
  if (radix === undefined || (spec.grouping !== "" && (spec.type === "n" || (spec.grouping === "," && radix !== 10))))
    return undefined;
  let digits = (value < 0n ? -value : value).toString(radix);
  if (spec.type === "X") digits = digits.toUpperCase();
  if (spec.grouping !== "" && spec.align === "=") return undefined;
  if (spec.grouping !== "") digits = group(digits, spec.grouping, radix === 10 ? 3 : 4);
  const prefix = spec.alternate && radix !== 10 ? `0${spec.type}` : "";
  return padNumber(value < 0n, prefix, digits, spec);
}

function formatFloat(value: number, spec: FormatSpec): string | undefined {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21 || (spec.precision ?? 0) > 60) return undefined;
  const percent = spec.type === "%";
  const scaled = percent ? value * 100 : value;
  const text = floatDigits(Math.abs(scaled), spec);
  if (text === undefined) return undefined;
  const [, whole = "", rest = ""] = /^(\d+)(.*)$/s.exec(text) ?? [];
  if (spec.grouping !== "" && spec.align === "=" && spec.width > 0) return undefined;
  const digits = (spec.grouping === "" ? whole : group(whole, spec.grouping, 3)) + rest + (percent ? "%" : "");
  return padNumber(scaled < 0 || Object.is(scaled, -0), "", digits, spec);
}

/** The digits of a number that is not negative, by the type of its format. */
function floatDigits(value: number, { type, precision, alternate }: FormatSpec): string | undefined {
  switch (type) {
    case "f":
    case "F":
    case "%":
      return alternate ? undefined : fixedText(value, precision ?? 6);
    case "e":
      return alternate ? undefined : exponentialText(value, precision ?? 6);
    case "E":
      return alternate ? undefined : exponentialText(value, precision ?? 6).toUpperCase();
    case "g":
      return generalText(value, precision ?? 6, alternate);
    case "G":
      return generalText(value, precision ?? 6, alternate).toUpperCase();
    case "":
      return precision === undefined && !alternate ? floatRepr(value) : undefined;
    default:
      return undefined;
  }
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
