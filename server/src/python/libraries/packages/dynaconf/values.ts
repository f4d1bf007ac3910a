import { table } from "../../../../base/table";
import { presenceOf, readVariable } from "../../variables";
import type { CallContext } from "../../../program/call";
import { PythonRaise } from "../../../values/raise";
import { parseFloatText, parseIntText } from "../../../semantics/text";
import { bool, float, int, NONE, str, unknown, type Cast, type Entry, type Value } from "../../../values/value";
import { parseJson } from "../../stdlib/json";
import { parseToml } from "../../stdlib/toml";

/** What dynaconf 3 makes of single values (its `utils/parse_conf.py`). */

/** A variable's text: a value in TOML, or the text itself; `@int 5` and its kin ask for a type. */
export function fromVariable(text: string): Value {
  const word = text.trim();
  const given = word === "True" || word === "False" ? text.toLowerCase() : text;
  if (given.includes("\n")) return unknown("unsupported", "a text of several lines");
  if (given.startsWith("@")) return marked(given);
  const parsed = tomlValue(given);
  return parsed === undefined ? str(given) : plain(parsed);
}

/** `key=text` read as TOML; `undefined` where it is none. */
function tomlValue(text: string): Value | undefined {
  try {
    const table = parseToml(`key=${text}`);
    return table.kind === "dict" && table.entries.length === 1 ? table.entries[0]?.value : table;
  } catch (error) {
    if (error instanceof PythonRaise) return undefined;
    throw error;
  }
}

const CONVERTERS =
  /^@(str|int|float|bool|json|format|jinja|reset|del|merge|merge_unique|insert|get|read_file|upper|lower|title|capitalize|strip|lstrip|rstrip|split|casefold|swapcase|note|comment|null|none|empty)(?: |$)/;

function marked(text: string): Value {
  const mark = CONVERTERS.exec(text)?.[1];
  if (mark === undefined) {
    const parsed = tomlValue(text);
    return parsed === undefined ? str(text) : plain(parsed);
  }
  const rest = text.slice(text.indexOf(" ") + 1);
  if (!text.includes(" ") && !/^(none|null|note|comment)$/.test(mark)) return unknown("unsupported", `@${mark}`);
  if (rest.startsWith("@")) return unknown("unsupported", `@${mark} of another mark`);
  switch (mark) {
    case "str":
      return str(rest);
    case "int":
      return number(() => int(parseIntText(rest)));
    case "float":
      return number(() => float(parseFloatText(rest)));
    case "bool":
      return bool(/^(t|true|yes|y|1|on|enabled)$/i.test(rest.trim()));
    case "json":
      return jsonValue(rest);
    case "none":
    case "null":
    case "note":
    case "comment":
      return NONE;
    default:
      return unknown("unsupported", `@${mark}`);
  }
}

function number(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof PythonRaise ? new PythonRaise("DynaconfParseError") : error;
  }
}

function jsonValue(text: string): Value {
  try {
    return plain(parseJson(text));
  } catch (error) {
    if (error instanceof PythonRaise) return unknown("unsupported", "@json of a text that is no JSON");
    throw error;
  }
}

/** A value as the settings hold it: tuples become lists, marked texts what they ask for. */
export function plain(value: Value): Value {
  switch (value.kind) {
    case "str":
      return value.value.startsWith("@") && CONVERTERS.test(value.value) ? marked(value.value) : value;
    case "list":
    case "tuple": {
      const items = value.items.map((item) => ({ ...item, value: plain(item.value) }));
      return items.some((item) => isMergeMark(item.value)) ? merged() : { kind: "list", items };
    }
    case "dict": {
      if (value.entries.some(({ key }) => key?.kind !== "str" || isMergeMark(key))) return merged();
      return { kind: "dict", entries: value.entries.map((entry) => ({ ...entry, value: plain(entry.value) })) };
    }
    default:
      return value;
  }
}

function isMergeMark(value: Value): boolean {
  return value.kind === "str" && /^dynaconf_(merge|include|id)/.test(value.value);
}

function merged(): Value {
  return unknown("unsupported", "a value that dynaconf merges");
}

/** A setting that a variable replaces; in a dict, single entries can be replaced as well. */
export function overridden(variable: string, value: Value, call: CallContext): Value {
  if (value.kind === "dict" || value.kind === "list") {
    const test = call.machine.test(presenceOf(variable, call), call.site, `${variable} is set`);
    const replaced = replaceable(variable, value, call);
    const kept = value.kind === "dict" ? { ...value, entries: entriesOf(variable, value.entries, call) } : value;
    return call.machine.choose(test, replaced, kept);
  }
  return replaceable(variable, value, call);
}

function entriesOf(variable: string, entries: readonly Entry[], call: CallContext): readonly Entry[] {
  return entries.map((entry) => {
    if (entry.key?.kind !== "str" || !/^\w+$/.test(entry.key.value)) return entry;
    const inner = `${variable}__${entry.key.value}`;
    if (entry.value.kind === "list") return entry;
    return entry.value.kind === "dict"
      ? { ...entry, value: { ...entry.value, entries: entriesOf(inner, entry.value.entries, call) } }
      : { ...entry, value: replaceable(inner, entry.value, call) };
  });
}

const CASTS: Readonly<Record<string, Cast>> = table({
  bool: "bool",
  int: "int",
  float: "float",
  list: "json",
  dict: "json",
});

function replaceable(variable: string, value: Value | undefined, call: CallContext): Value {
  return call.machine.freeze(call.state, readSetting(variable, value, call));
}

/** A setting by its variable; without a fallback, reading it raises where the variable is unset. */
export function readSetting(variable: string, fallback: Value | undefined, call: CallContext): Value {
  return readVariable(
    {
      variable,
      library: "dynaconf",
      cast: CASTS[fallback?.kind ?? ""] ?? "other",
      fallback,
      convert: fromVariable,
      missing: "AttributeError",
    },
    call,
  );
}
