import { MAX_LENGTH } from "../values/budget";
import { fixedText } from "./floatText";
import { spend } from "../values/fuel";
import { findEntry } from "./operators";
import { PythonRaise } from "../values/raise";
import { digitsOf, reprOf, strOf } from "./text";
import { str, unknown, type Value } from "../values/value";

/** `%(name)-08.3f` with the conversions that settings use. */
const CONVERSION = /%(?:\(([^()]*)\))?([-0]?)(\d*)(?:\.(\d+))?([sdirf%])/y;
const MAX_WIDTH = 10_000;
const MAX_PRECISION = 60;

/** `template % value` (Python docs, "printf-style String Formatting"). */
export function percentFormat(template: string, value: Value): Value {
  const values = value.kind === "tuple" ? value.items.map((item) => item.value) : [value];
  const isMapping = value.kind === "dict";
  let used = 0;
  let isNamed = false;
  let out = "";
  let at = 0;
  for (let next = template.indexOf("%"); next >= 0; next = template.indexOf("%", at)) {
    CONVERSION.lastIndex = next;
    const found = CONVERSION.exec(template);
    if (found === null) return unknown("unsupported", "string formatting of this form");
    const [whole, name, flag = "", width = "", precision, type = ""] = found;
    out += template.slice(at, next);
    at = next + whole.length;
    let text: string | undefined = "%";
    if (type !== "%") {
      isNamed ||= name !== undefined;
      const given = name === undefined ? values[used++] : named(value, name);
      if (given === undefined) throw new PythonRaise("TypeError");
      text = padded(shown(given, type, precision), flag, Number(width), type);
    }
    if (text === undefined) return unknown("unsupported", "string formatting of this form");
    spend(text.length / 4);
    out += text;
    if (out.length > MAX_LENGTH) return unknown("budget", "a very long string");
  }
  // A mapping or a list need not be used; anything else has to be.
  if (!isNamed && !isMapping && value.kind !== "list" && used < values.length) throw new PythonRaise("TypeError");
  return str(out + template.slice(at));
}

function named(mapping: Value, name: string): Value {
  if (mapping.kind !== "dict") throw new PythonRaise("TypeError");
  const found = findEntry(mapping, str(name));
  if (found === undefined) throw new PythonRaise("KeyError");
  return found;
}

/** A value by its conversion; `undefined` where that is not modelled. */
function shown(value: Value, type: string, precision: string | undefined): string | undefined {
  if (type === "s" || type === "r") {
    const text = type === "s" ? strOf(value) : reprOf(value);
    return precision === undefined || text === undefined ? text : [...text].slice(0, Number(precision)).join("");
  }
  if (value.kind !== "int" && value.kind !== "bool" && value.kind !== "float") throw new PythonRaise("TypeError");
  const number = Number(value.value);
  if (!Number.isFinite(number) || Math.abs(number) >= 1e21 || Number(precision ?? 0) > MAX_PRECISION) return undefined;
  if (type === "f") {
    const sign = number < 0 || Object.is(number, -0) ? "-" : "";
    return sign + fixedText(Math.abs(number), Number(precision ?? 6));
  }
  if (precision !== undefined) return undefined;
  return digitsOf(value.kind === "float" ? BigInt(Math.trunc(number)) : BigInt(value.value));
}

/** Fills up to the width: zeros go between sign and digits, blanks in front, or behind with `-`. */
function padded(text: string | undefined, flag: string, width: number, type: string): string | undefined {
  if (text === undefined || width > MAX_WIDTH) return undefined;
  const missing = Math.max(width - [...text].length, 0);
  if (flag === "-") return text + " ".repeat(missing);
  if (flag !== "0" || type === "s" || type === "r") return " ".repeat(missing) + text;
  return text.startsWith("-") ? `-${"0".repeat(missing)}${text.slice(1)}` : "0".repeat(missing) + text;
}
