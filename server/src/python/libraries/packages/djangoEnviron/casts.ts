import { isText } from "../../../semantics/types";
import type { CallContext } from "../../../program/call";
import { equals } from "../../../semantics/operators";
import { PythonRaise } from "../../../values/raise";
import { parseFloatText, parseIntText } from "../../../semantics/text";
import {
  bool,
  float,
  list,
  NONE,
  str,
  tuple,
  unknown,
  type Cast,
  type DictValue,
  type Value,
} from "../../../values/value";
import { parseJson } from "../../stdlib/json";
import { castName, convertByCalling, toInt } from "../../variables";
import { DictBuilder } from "../../../values/dicts";

// What django-environ 0.14 makes of a text (`Env.parse_value`), and where it gets the type from.

/** The exception with which a cast rejects a text, where it is only one. */
export function rejection(type: Value | undefined): { readonly rejects?: string } {
  const name = type?.kind === "external" ? type.name : undefined;
  if (name === "builtins.int" || name === "builtins.float") return { rejects: "ValueError" };
  return name === "json.loads" ? { rejects: "JSONDecodeError" } : {};
}

/** Smart cast: without a cast, the default's type is used. */
export function typeOf(fallback: Value | undefined, call: CallContext): Value | undefined {
  const value = fallback === undefined ? undefined : call.machine.freeze(call.state, fallback);
  if (value === undefined || value.kind === "none") return undefined;
  const name = typeName(value);
  return { kind: "external", name: name ?? NO_TYPE, site: call.site };
}

/** Stands for the type of a default that is not known. */
const NO_TYPE = "type of a default";

function typeName(value: Value): string | undefined {
  if (value.kind === "path") return "pathlib.Path";
  if (/^(str|bool|int|float|list|tuple|dict)$/.test(value.kind)) return `builtins.${value.kind}`;
  if (value.kind === "environment") {
    const own = /^(str|bool|int|float|list|tuple|dict)$/.test(value.cast) ? `builtins.${value.cast}` : undefined;
    return value.fallback === undefined || typeName(value.fallback) === own ? own : undefined;
  }
  if (value.kind === "choice") return typeName(value.yes) === typeName(value.no) ? typeName(value.yes) : undefined;
  return value.kind === "derived" && isText(value) ? "builtins.str" : undefined;
}

/** What the type stands for among the casts that all libraries have. */
export function castOf(type: Value | undefined): Cast {
  return type?.kind === "list" || type?.kind === "reference"
    ? "list"
    : type?.kind === "dict"
      ? "dict"
      : type?.kind === "tuple"
        ? "tuple"
        : castName(type);
}

const TRUE_WORDS = new Set(["true", "on", "ok", "y", "yes", "1"]);

/** Makes of a text what the type asks for; a text that is the default comes back as it is. */
export function converter(
  call: CallContext,
  type: Value | undefined,
  fallback: Value | undefined,
): (text: string) => Value {
  const parse = parser(call, type);
  return (text) => {
    if (text.startsWith("$")) return unknown("environment", "a text that names another variable");
    if (fallback?.kind === "none" && text === "") return NONE;
    // A text equal to the default comes back without being parsed.
    if (fallback !== undefined && equals(str(text), fallback) === true) return fallback;
    return parse(text);
  };
}

function parser(call: CallContext, type: Value | undefined): (text: string) => Value {
  const frozen = type === undefined ? undefined : call.machine.freeze(call.state, type);
  const pieces = (text: string): readonly string[] => text.split(",").filter((piece) => piece !== "");
  if (frozen?.kind === "list" || frozen?.kind === "tuple") {
    const item = frozen.items[0]?.value;
    if (item === undefined) return () => unknown("unsupported", "an empty cast");
    const convert = item.kind === "external" && item.name === "builtins.str" ? str : convertByCalling(item, call);
    const unwrap = (text: string): string =>
      frozen.kind === "tuple" ? text.replace(/^\(+|(?<!\()\(+$/g, "").replace(/^\)+|(?<!\))\)+$/g, "") : text;
    return (text) => ({
      kind: frozen.kind,
      items: pieces(unwrap(text)).map((piece) => ({ value: convert(piece), spread: false, site: undefined })),
    });
  }
  if (frozen?.kind === "dict") return dictParser(call, frozen);
  if (frozen?.kind === "external" && frozen.name === NO_TYPE)
    return () => unknown("environment", "a text that is cast to the type of a default");
  switch (castName(frozen)) {
    case "str":
      return str;
    case "bool":
      return frozen?.kind === "external" && frozen.name === "builtins.bool"
        ? parseBoolean
        : convertByCalling(frozen as Value, call);
    case "int":
      return toInt;
    case "float":
      return parseFloat;
    case "list":
      return (text) => list(pieces(text).map(str));
    case "tuple":
      return (text) => tuple(pieces(text.replace(/^\(+|(?<!\()\(+$/g, "").replace(/^\)+|(?<!\))\)+$/g, "")).map(str));
    case "dict":
      return (text) => dictOf(pieces(text));
    case "json":
      return parseJson;
    default:
      return frozen === undefined ? str : convertByCalling(frozen, call);
  }
}

/** `cast={"key": ..., "value": ..., "cast": {...}}`: pairs that are separated by semicolons. */
function dictParser(call: CallContext, given: DictValue): (text: string) => Value {
  const option = (name: string, entries = given.entries): Value | undefined =>
    entries.find((entry) => entry.key?.kind === "str" && entry.key.value === name)?.value;
  const casts = option("cast");
  const key = option("key");
  const convertKey = key === undefined ? str : convertByCalling(key, call);
  const usual = parser(call, option("value") ?? { kind: "external", name: "builtins.str", site: call.site });
  return (text) => {
    const result = new DictBuilder();
    for (const pair of text.split(";").filter((each) => each !== "")) {
      const [name, written] = pair.split("=");
      if (name === undefined || written === undefined) throw new PythonRaise("IndexError");
      const own = casts?.kind === "dict" ? option(name, casts.entries) : undefined;
      result.add(convertKey(name), (own === undefined ? usual : parser(call, own))(written), undefined);
    }
    return result.dict;
  };
}

function parseBoolean(text: string): Value {
  try {
    return bool(parseIntText(text) !== 0n);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    return bool(TRUE_WORDS.has(text.toLowerCase().trim()));
  }
}

function parseFloat(text: string): Value {
  const parts = text.replace(/[^\d,.-]/g, "").split(/[,.]/);
  return float(
    parseFloatText(
      parts.length === 1 ? (parts[0] as string) : `${parts.slice(0, -1).join("")}.${parts[parts.length - 1]}`,
    ),
  );
}

function dictOf(pieces: readonly string[]): Value {
  const entries = pieces.map((piece) => {
    const cut = piece.indexOf("=");
    if (cut < 0) throw new PythonRaise("ValueError");
    return { key: str(piece.slice(0, cut)), value: str(piece.slice(cut + 1)), site: undefined, valueSite: undefined };
  });
  return { kind: "dict", entries };
}
