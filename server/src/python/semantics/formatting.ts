import { MAX_LENGTH } from "../values/budget";
import { formatValue } from "./formatSpec";
import { spend } from "../values/fuel";
import { PythonRaise } from "../values/raise";
import { reprOf, strOf } from "./text";
import { str, unknown, type Value } from "../values/value";

/** A doubled brace, a field, or a brace that is neither. */
const PART = /\{\{|\}\}|\{([^{}!:]*)(?:!([^{}:]*))?(?::([^{}]*))?\}|[{}]/g;

/**
 * `template.format(*args, **keywords)` (Python docs, "Format String Syntax"): fields by position or name, with conversions
 * and plain specs. Throws ValueError, KeyError ... as CPython does.
 */
export function braceFormat(template: string, args: readonly Value[], keywords: ReadonlyMap<string, Value>): Value {
  spend(template.length);
  let automatic = 0;
  let isManual = false;
  let isModelled = true;
  let length = template.length;
  const lookUp = (name: string): Value => {
    const isNumber = /^\d+$/.test(name);
    isManual ||= isNumber;
    const value = name === "" ? args[automatic++] : isNumber ? args[Number(name)] : keywords.get(name);
    if (isManual && automatic > 0) throw new PythonRaise("ValueError");
    if (value === undefined) throw new PythonRaise(name === "" || isNumber ? "IndexError" : "KeyError");
    return value;
  };
  const text = template.replace(PART, (part: string, name?: string, conversion?: string, spec = "") => {
    if (part === "{{" || part === "}}") return part.charAt(0);
    // Fields inside of specs, attributes and items of what is formatted.
    isModelled &&= name !== undefined && !/[.[\]]/.test(name) && conversion !== "a";
    if (!isModelled) return "";
    if (conversion !== undefined && !/^[rs]$/.test(conversion)) throw new PythonRaise("ValueError");
    const shown = shownField(lookUp(name ?? ""), conversion, spec);
    isModelled &&= shown !== undefined;
    length += shown?.length ?? 0;
    if (length > MAX_LENGTH) throw new RangeError("a very long string");
    return shown ?? "";
  });
  return isModelled ? str(text) : unknown("unsupported", "string formatting of this form");
}

function shownField(value: Value, conversion: string | undefined, spec: string): string | undefined {
  if (conversion === undefined) return formatValue(value, spec);
  const text = conversion === "s" ? strOf(value) : reprOf(value);
  return text === undefined ? undefined : formatValue(str(text), spec);
}
