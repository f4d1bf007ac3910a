import { table } from "../../../../base/table";
import { normalizePath } from "../../../../base/path";
import {
  withArguments,
  argument,
  textArgument,
  type CallContext,
  type KnownCall,
  type Model,
} from "../../../program/call";
import type { State } from "../../../program/state";
import { own } from "../../../program/objects";
import { pure } from "../../../program/pure";
import { PythonRaise } from "../../../values/raise";
import { iterationItems } from "../../../interpreter/structures";
import { certaintyOf, keyOf } from "../../../values/symbolic";
import { trim } from "../../../semantics/text";
import {
  freshId,
  list,
  NONE,
  plainItem,
  str,
  tuple,
  unknown,
  type Cast,
  type Item,
  type Value,
} from "../../../values/value";
import { literalEval } from "../../stdlib/ast";
import { DEFAULT_URL_OPTIONS, djDatabaseUrl } from "../databaseUrls/databaseUrls";
import { booleanWords, convertByCalling, readVariable, toFloat, toInt, type VariableRead } from "../../variables";

/**
 * django-configurations 2.5, `configurations.values` (https://django-configurations.readthedocs.io/en/stable/values/): a
 * value reads `DJANGO_` and the attribute's name, unless `environ_name`, `environ_prefix` or `environ` say otherwise.
 * With `environ_name` it reads at once, so that it may also stand inside of a dict.
 */
interface ValueType {
  readonly cast: Cast;
  readonly convert: (call: CallContext) => (text: string) => Value;
  /** The default when none is given; lists and tuples are converted from what is given. */
  readonly empty?: Value;
  readonly isRequired?: boolean;
}

const WORDS = { yes: new Set(["yes", "y", "true", "1"]), no: new Set(["no", "n", "false", "0", ""]) };
const opaque = (name: string) => () => () => unknown("environment", `values.${name}()`);

const TYPES: Readonly<Record<string, ValueType>> = table({
  Value: { cast: "str", convert: () => str },
  BooleanValue: { cast: "bool", convert: () => booleanWords(WORDS, undefined, (text) => trim(text).toLowerCase()) },
  IntegerValue: { cast: "int", convert: () => toInt },
  PositiveIntegerValue: { cast: "int", convert: () => positive },
  FloatValue: { cast: "float", convert: () => toFloat },
  ListValue: { cast: "list", convert: (call) => sequence(call, list), empty: list([]) },
  BackendsValue: { cast: "list", convert: (call) => sequence(call, list), empty: list([]) },
  TupleValue: { cast: "tuple", convert: (call) => sequence(call, tuple), empty: tuple([]) },
  DictValue: { cast: "dict", convert: () => literalDict, empty: { kind: "dict", entries: [] } },
  SetValue: { cast: "set", convert: (call) => sequence(call, uniqueSet), empty: uniqueSet([]) },
  SecretValue: { cast: "str", convert: () => nonEmpty, isRequired: true },
  URLValue: { cast: "str", convert: () => str },
  EmailValue: { cast: "str", convert: () => str },
  IPValue: { cast: "str", convert: () => str },
  RegexValue: { cast: "str", convert: () => str },
  PathValue: { cast: "str", convert: pathText },
  SingleNestedListValue: { cast: "list", convert: (call) => nested(call, list), empty: list([]) },
  SingleNestedTupleValue: { cast: "tuple", convert: (call) => nested(call, tuple), empty: tuple([]) },
  CacheURLValue: { cast: "cache", convert: opaque("CacheURLValue") },
  EmailURLValue: { cast: "email", convert: opaque("EmailURLValue") },
  DatabaseURLValue: { cast: "database", convert: databases },
});

export const CONFIGURATIONS_CALLS: Readonly<Record<string, KnownCall>> = table(
  Object.fromEntries(
    Object.entries(TYPES).map(([name, type]) => [
      `configurations.values.${name}`,
      (call: CallContext) => declare(name, type, call),
    ]),
  ),
);

/** A value that waits for the name of the attribute that it is assigned to. */
interface Declared extends Model {
  read(attribute: string, state: State): Value;
}

/** What a class attribute is in the end: declared values read their variable, in the program as it is then. */
export function settledValue(value: Value, attribute: string, state: State): Value {
  if (value.kind !== "model" || !value.name.startsWith("configurations.values.")) return value;
  return (value.model as Declared).read(attribute, state);
}

function declare(name: string, type: ValueType, call: CallContext): Value | undefined {
  const { args, machine: m, state, site } = call;
  if (args.open || args.positional.length > 1) return undefined;
  const isUrl = name.endsWith("URLValue") && name !== "URLValue";
  const environ = args.keywords.get("environ");
  const prefix = prefixOf(args.keywords.get("environ_prefix"), isUrl);
  if (prefix === undefined || (environ !== undefined && environ.kind !== "bool")) return undefined;
  const fallback = fallbackOf(type, call, isUrl);
  if (environ?.kind === "bool" && !environ.value) return own(m, state, fallback, site.file);
  const isRequired =
    type.isRequired === true ||
    (args.keywords.get("environ_required")?.kind === "bool" &&
      (args.keywords.get("environ_required") as { value: boolean }).value);
  const read = (attribute: string, at: State): Value => {
    const variable =
      prefix +
      (textArgument(call, -1, "environ_name") ?? (isUrl ? URL_VARIABLES[name] : undefined) ?? attribute.toUpperCase());
    const request: VariableRead = {
      variable,
      library: "django-configurations",
      cast: type.cast,
      fallback: isRequired ? undefined : fallback,
      convert: type.convert(call),
      missing: "ValueError",
    };
    return readVariable(request, { ...call, state: at });
  };
  if (args.keywords.has("environ_name") && !isUrl) return read("", state);
  const model: Declared = { read, key: String(freshId()) };
  return { kind: "model", name: `configurations.values.${name}`, model };
}

const URL_VARIABLES: Readonly<Record<string, string>> = table({
  DatabaseURLValue: "DATABASE_URL",
  CacheURLValue: "CACHE_URL",
  EmailURLValue: "EMAIL_URL",
});

/** `DJANGO_` unless another prefix is given; `None` and the empty text mean none. */
function prefixOf(given: Value | undefined, isUrl: boolean): string | undefined {
  if (given === undefined) return isUrl ? "" : "DJANGO_";
  if (given.kind === "none" || (given.kind === "str" && given.value === "")) return "";
  return given.kind === "str" ? `${given.value.replace(/_$/, "")}_` : undefined;
}

function fallbackOf(type: ValueType, call: CallContext, isUrl: boolean): Value {
  const { machine: m, state, site } = call;
  const given = argument(call.args, 0, "default");
  if (given === undefined || given.kind === "none") return type.empty ?? NONE;
  if (isUrl) {
    const convert = type.convert(call);
    return pure(
      m,
      state,
      "configurations URL",
      [given],
      ([text]) => (text?.kind === "str" ? convert(text.value) : unknown("unsupported", "a URL")),
      { site },
    );
  }
  if (type.cast !== "list" && type.cast !== "tuple" && type.cast !== "set") return m.freeze(state, given);
  const items = iterationItems(m, state, m.restrict(given, state.assumptions));
  const converter = call.args.keywords.get("converter");
  const converted = converter === undefined ? items : items.map((item) => convertedItem(item, converter, call));
  const values = m.freeze(state, { kind: type.cast, items: converted });
  return values.kind === "set" ? uniqueSet(values.items.map(({ value }) => value)) : values;
}

function convertedItem(item: Item, converter: Value, call: CallContext): Item {
  if (item.spread) return { ...item, value: unknown("unsupported", "a default that is converted", call.site) };
  return { ...item, value: call.machine.call(converter, withArguments(call, [item.value])) };
}

function uniqueSet(values: readonly Value[]): Value {
  const isPlain = values.every((value) => certaintyOf(value) === "concrete");
  if (!isPlain) return unknown("unsupported", "a set that is not known");
  const kept = values.filter((value, index) => values.findIndex((other) => keyOf(other) === keyOf(value)) === index);
  return { kind: "set", items: kept.map((value) => plainItem(value)) };
}

/** `ast.literal_eval(text)`, which has to give a dict; an empty text gives an empty one. */
function literalDict(text: string): Value {
  if (text === "") return { kind: "dict", entries: [] };
  const value = literalEval(text);
  if (value.kind === "dict" || value.kind === "unknown") return value;
  throw new PythonRaise("ValueError");
}

/** The library makes a path absolute only where it reads it at once; otherwise the setting is the text. */
function pathText(call: CallContext): (text: string) => Value {
  if (!call.args.keywords.has("environ_name")) return str;
  return (text) =>
    text.startsWith("/") ? str(normalizePath(text)) : unknown("machine", "an absolute path", call.site);
}

/** `a,b;c,d`: a sequence of sequences. */
function nested(call: CallContext, make: (values: readonly Value[]) => Value): (text: string) => Value {
  const separator = textArgument(call, -1, "seq_separator") ?? ";";
  const inner = sequence(call, make);
  return (text) =>
    make(
      trim(text)
        .split(separator)
        .map(trim)
        .filter((part) => part !== "")
        .map(inner),
    );
}

function positive(text: string): Value {
  const value = toInt(text);
  if (value.kind === "int" && value.value < 0n) throw new PythonRaise("ValueError");
  return value;
}

function nonEmpty(text: string): Value {
  if (text === "") throw new PythonRaise("ValueError");
  return str(text);
}

function sequence(call: CallContext, make: (values: readonly Value[]) => Value): (text: string) => Value {
  const separator = textArgument(call, -1, "separator") ?? ",";
  const converter = call.args.keywords.get("converter");
  const convert = converter === undefined ? str : convertByCalling(converter, call);
  return (text) =>
    make(
      trim(text)
        .split(separator)
        .map(trim)
        .filter((part) => part !== "")
        .map(convert),
    );
}

/** `{alias: dj_database_url.parse(text)}`. */
function databases(call: CallContext): (text: string) => Value {
  const alias = textArgument(call, -1, "alias") ?? "default";
  return (text) => ({
    kind: "dict",
    entries: [
      { key: str(alias), value: djDatabaseUrl(text, DEFAULT_URL_OPTIONS), site: undefined, valueSite: undefined },
    ],
  });
}
