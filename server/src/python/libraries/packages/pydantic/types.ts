import { table } from "../../../../base/table";
import type { Expr } from "../../../../syntax/ast";
import type { Model } from "../../../program/call";
import { purePath } from "../../../semantics/operators";
import { PythonRaise } from "../../../values/raise";
import { parseFloatText, parseIntText } from "../../../semantics/text";
import {
  bool,
  float,
  freshId,
  int,
  list,
  NONE,
  path,
  str,
  tuple,
  unknown,
  type Cast,
  type Value,
} from "../../../values/value";
import { parseJson } from "../../stdlib/json";

/** The annotation of a field as far as its validation is modelled. */
export type FieldType =
  | { readonly kind: "str" | "bool" | "int" | "float" | "path" | "secret" | "any" | "none" | "unknown" }
  | { readonly kind: "list" | "tuple" | "dict" | "optional"; readonly inner: FieldType }
  | { readonly kind: "literal"; readonly values: readonly Value[] };

const SIMPLE: Readonly<Record<string, FieldType>> = table({
  str: { kind: "str" },
  bool: { kind: "bool" },
  int: { kind: "int" },
  float: { kind: "float" },
  Path: { kind: "path" },
  SecretStr: { kind: "secret" },
  Any: { kind: "any" },
});

const UNKNOWN: FieldType = { kind: "unknown" };

/** Reads an annotation; names count as what they usually stand for. */
export function fieldType(annotation: Expr): FieldType {
  const name = lastName(annotation);
  if (name !== undefined) return SIMPLE[name] ?? containerType(name, []) ?? UNKNOWN;
  if (annotation.kind === "Constant" && annotation.value === null) return { kind: "none" };
  if (annotation.kind === "BinOp" && annotation.op === "|") return union([annotation.left, annotation.right]);
  if (annotation.kind !== "Subscript") return UNKNOWN;
  const args = annotation.slice.kind === "Tuple" ? annotation.slice.elts : [annotation.slice];
  switch (lastName(annotation.value)) {
    case "Optional":
      return { kind: "optional", inner: fieldType(annotation.slice) };
    case "Union":
      return union(args);
    case "Literal":
      return literal(args);
    default:
      return containerType(lastName(annotation.value) ?? "", args) ?? UNKNOWN;
  }
}

function lastName(expression: Expr): string | undefined {
  return expression.kind === "Name" ? expression.id : expression.kind === "Attribute" ? expression.attr : undefined;
}

function union(parts: readonly Expr[]): FieldType {
  const types = parts.map(fieldType);
  const others = types.filter(({ kind }) => kind !== "none");
  const [only] = others;
  return others.length === 1 && only !== undefined && others.length < types.length
    ? { kind: "optional", inner: only }
    : UNKNOWN;
}

function literal(args: readonly Expr[]): FieldType {
  const values = args.map((arg) => (arg.kind === "Str" ? str(arg.value) : undefined));
  return values.includes(undefined) ? UNKNOWN : { kind: "literal", values: values as Value[] };
}

function containerType(name: string, args: readonly Expr[]): FieldType | undefined {
  const [first, second] = args;
  const typeOf = (arg: Expr | undefined): FieldType => (arg === undefined ? { kind: "any" } : fieldType(arg));
  if (/^([Ll]ist|Sequence)$/.test(name)) return { kind: "list", inner: typeOf(first) };
  if (/^[Dd]ict$/.test(name)) {
    const hasTextKeys = first === undefined || lastName(first) === "str";
    return hasTextKeys ? { kind: "dict", inner: typeOf(second) } : undefined;
  }
  const isOpenTuple = first === undefined || (second?.kind === "Constant" && second.value === "...");
  return /^[Tt]uple$/.test(name) && isOpenTuple ? { kind: "tuple", inner: typeOf(first) } : undefined;
}

/** How a value of the type is told from a text. */
export function castOf(type: FieldType): Cast {
  switch (type.kind) {
    case "bool":
    case "int":
    case "float":
    case "path":
    case "list":
    case "tuple":
    case "dict":
      return type.kind;
    case "optional":
      return castOf(type.inner);
    case "unknown":
      return "other";
    default:
      return "str";
  }
}

/** What the text of a variable becomes: JSON for lists and dicts, and then what the type makes of it. Throws as pydantic does. */
export function fromText(text: string, type: FieldType): Value {
  if (isComplex(type)) {
    if (type.kind === "optional") return fromOptionalJson(text, type);
    return validated(settingsJson(text), type);
  }
  return validated(str(text), type);
}

function isComplex(type: FieldType): boolean {
  return type.kind === "optional" ? isComplex(type.inner) : /^(list|tuple|dict)$/.test(type.kind);
}

function fromOptionalJson(text: string, type: FieldType): Value {
  try {
    return validated(parseJson(text), type);
  } catch (error) {
    // A text that is no JSON goes on as it is, and is rejected as such.
    if (error instanceof PythonRaise) throw new PythonRaise("ValidationError");
    throw error;
  }
}

function settingsJson(text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof PythonRaise) throw new PythonRaise("SettingsError");
    throw error;
  }
}

const YES = /^(1|on|t|true|y|yes)$/i;
const NO = /^(0|off|f|false|n|no)$/i;

function reject(): never {
  throw new PythonRaise("ValidationError");
}

/** What pydantic's validation in its usual, lax mode makes of a value. Throws ValidationError. */
export function validated(value: Value, type: FieldType): Value {
  if (value.kind === "unknown") return value;
  switch (type.kind) {
    case "any":
      return value;
    case "str":
      return value.kind === "str" ? value : otherwise(value);
    case "bool":
      return toBool(value);
    case "int":
      return toInt(value);
    case "float":
      return toFloat(value);
    case "path":
      return value.kind === "str" ? path(purePath([value.value])) : value.kind === "path" ? value : otherwise(value);
    case "none":
      return value.kind === "none" ? value : reject();
    case "optional":
      return value.kind === "none" ? NONE : validated(value, type.inner);
    case "literal":
      if (value.kind !== "str") return otherwise(value);
      return type.values.some((each) => each.kind === "str" && each.value === value.value) ? value : reject();
    case "list":
    case "tuple":
      return sequenceOf(value, type.kind, type.inner);
    case "dict":
      return dictOf(value, type.inner);
    case "secret":
    case "unknown":
      return unknown("unsupported", "a field of a type that is not modelled");
  }
}

/** A plain value of another type is rejected; anything else is not sure. */
function otherwise(value: Value): Value {
  return /^(none|bool|int|float|str|list|tuple|dict)$/.test(value.kind)
    ? reject()
    : unknown("unsupported", "the validation of a field");
}

function toBool(value: Value): Value {
  if (value.kind === "bool") return value;
  if (value.kind === "str") return YES.test(value.value) ? bool(true) : NO.test(value.value) ? bool(false) : reject();
  if (value.kind !== "int" && value.kind !== "float") return otherwise(value);
  const number = Number(value.value);
  return number === 0 || number === 1 ? bool(number === 1) : reject();
}

function toInt(value: Value): Value {
  if (value.kind === "int") return value;
  if (value.kind === "bool") return int(value.value ? 1 : 0);
  if (value.kind === "float") return Number.isInteger(value.value) ? int(value.value) : reject();
  if (value.kind !== "str") return otherwise(value);
  const digits = /^\s*([-+]?\d+(?:_\d+)*)(?:\.0+)?\s*$/.exec(value.value)?.[1];
  if (digits !== undefined) return int(parseIntText(digits));
  return /^[\s\d_.+-]*$/.test(value.value) && /\d/.test(value.value) && /[_+-]/.test(value.value.slice(1))
    ? unknown("unsupported", "a number of an unusual form")
    : reject();
}

function toFloat(value: Value): Value {
  if (value.kind === "float") return value;
  if (value.kind === "int") return float(Number(value.value));
  if (value.kind === "bool") return float(value.value ? 1 : 0);
  if (value.kind !== "str") return otherwise(value);
  if (value.value.includes("_")) return unknown("unsupported", "a number with underscores");
  try {
    return float(parseFloatText(value.value));
  } catch {
    return reject();
  }
}

function sequenceOf(value: Value, kind: "list" | "tuple", inner: FieldType): Value {
  if (value.kind !== "list" && value.kind !== "tuple") return otherwise(value);
  const make = kind === "list" ? list : tuple;
  return make(value.items.map((item) => validated(item.value, inner)));
}

function dictOf(value: Value, inner: FieldType): Value {
  if (value.kind !== "dict") return otherwise(value);
  if (value.entries.some(({ key }) => key?.kind !== "str")) return unknown("unsupported", "the keys of a dict");
  return { kind: "dict", entries: value.entries.map((entry) => ({ ...entry, value: validated(entry.value, inner) })) };
}

/** A `SecretStr`: shown as stars, and asked for its text. */
export function secretText(text: Value): Value {
  const model: Model = {
    key: `${freshId()}`,
    method: (name) => (name === "get_secret_value" ? text : undefined),
  };
  return { kind: "model", name: "pydantic.SecretStr", model };
}
