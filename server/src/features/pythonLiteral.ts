import { displayOf, entryText, floatRepr, quote } from "../python/semantics/text";
import type { Value } from "../python/values/value";

/** Longer integers are refused by `int()` in decimal (CPython 3.11, `sys.int_info.default_max_str_digits`). */
const MAX_DECIMAL_DIGITS = 4000;

/**
 * A Python literal that `ast.literal_eval` reads back to the value: paths as texts, frozen sets as sets (as tuples where only
 * a hashable value may stand), infinities as `1e999`. `undefined` when the value is not wholly known, or is a NaN, an
 * object or a function, which no literal can express.
 */
export function pythonLiteral(value: Value): string | undefined {
  return literal(value, false);
}

function literal(value: Value, hashable: boolean): string | undefined {
  switch (value.kind) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return integer(value.value);
    case "float":
      return float(value.value);
    case "str":
    case "path":
      return quote(value.value);
    case "bytes":
      return bytes(value.value);
    case "list":
    case "tuple":
    case "set":
    case "frozenset": {
      const isSet = value.kind === "set" || value.kind === "frozenset";
      const parts = value.items.map((item) => (item.spread ? undefined : literal(item.value, hashable || isSet)));
      return displayOf(!isSet ? value.kind : hashable ? "tuple" : "set", parts);
    }
    case "dict":
      return displayOf(
        "dict",
        value.entries.map((entry) => entryText(entry.key && literal(entry.key, true), literal(entry.value, false))),
      );
    default:
      return undefined;
  }
}

function integer(value: bigint): string {
  const decimal = value.toString();
  if (decimal.length <= MAX_DECIMAL_DIGITS) return decimal;
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

function float(value: number): string | undefined {
  if (Number.isNaN(value)) return undefined;
  if (!Number.isFinite(value)) return value > 0 ? "1e999" : "-1e999";
  return floatRepr(value);
}

/** `repr(bytes)`; quotes are chosen as for texts. */
function bytes(value: string): string {
  const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
  let text = "";
  for (const character of value) {
    const code = character.charCodeAt(0);
    if (character === mark || character === "\\") text += `\\${character}`;
    else if (character === "\t") text += "\\t";
    else if (character === "\n") text += "\\n";
    else if (character === "\r") text += "\\r";
    else text += code < 32 || code >= 127 ? `\\x${code.toString(16).padStart(2, "0")}` : character;
  }
  return `b${mark}${text}${mark}`;
}
