import { table } from "../../../base/table";
import { argument, type CallContext, type KnownCall } from "../../program/call";
import { order } from "../../semantics/comparisons";
import { walk } from "../../interpreter/conditions";
import { decide } from "../../interpreter/deciding";
import { braceFormat } from "../../semantics/formatting";
import { truthOf, unary } from "../../semantics/operators";
import { drained, isView } from "../../interpreter/iterators";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import { isSequence } from "../../interpreter/structures";
import { certaintyOf } from "../../values/symbolic";
import { roundFloat } from "../../semantics/floatText";
import { decodeBytes, parseFloatText, parseIntText, reprOf, strOf } from "../../semantics/text";
import { bool, float, int, str, unknown, type Value } from "../../values/value";

function text(shown: string | undefined): Value {
  return shown === undefined ? unknown("unsupported", "the text of an object") : str(shown);
}

/** A function of one argument. */
function one(operation: string, compute: (value: Value) => Value, empty?: Value): KnownCall {
  return (call) => {
    const [value, ...rest] = call.args.positional;
    if (rest.length > 0 || call.args.keywords.size > 0 || call.args.open) return undefined;
    if (value === undefined) return empty;
    return pure(call.machine, call.state, operation, [value], ([given]) => compute(given as Value), {
      site: call.site,
    });
  };
}

/** A function of one or two arguments, given by position. */
function upToTwo(operation: string, compute: (first: Value, second: Value | undefined) => Value): KnownCall {
  return (call) => {
    const { positional, keywords, open } = call.args;
    if (positional.length === 0 || positional.length > 2 || keywords.size > 0 || open) return undefined;
    return pure(call.machine, call.state, operation, positional, ([a, b]) => compute(a as Value, b), {
      site: call.site,
    });
  };
}

const toInt: KnownCall = (call) => {
  const base = argument(call.args, 1, "base");
  if (call.args.positional.length === 0) return call.args.keywords.size === 0 ? int(0) : undefined;
  if (base !== undefined && base.kind !== "int") return undefined;
  const [value] = call.args.positional;
  const radix = base === undefined ? 10 : Number(base.value);
  const operation = base === undefined ? "int" : `int base ${radix}`;
  return pure(call.machine, call.state, operation, [value as Value], ([given]) => wholeNumber(given as Value, radix), {
    site: call.site,
  });
};

function wholeNumber(given: Value, radix: number): Value {
  switch (given.kind) {
    case "int":
      return given;
    case "bool":
      return int(given.value ? 1 : 0);
    case "float":
      if (Number.isNaN(given.value)) throw new PythonRaise("ValueError");
      if (!Number.isFinite(given.value)) throw new PythonRaise("OverflowError");
      return int(BigInt(Math.trunc(given.value)));
    case "str":
      if (hasOtherDigits(given.value)) return unknown("unsupported", "digits beyond ASCII");
      return int(parseIntText(given.value, radix));
    case "bytes":
      return int(parseIntText(given.value, radix));
    default:
      throw new PythonRaise("TypeError");
  }
}

/** Python takes the decimal digits of every script. */
function hasOtherDigits(text: string): boolean {
  return /(?![0-9])\p{Nd}/u.test(text);
}

function toFloat(value: Value): Value {
  switch (value.kind) {
    case "float":
      return value;
    case "int":
      return float(Number(value.value));
    case "bool":
      return float(value.value ? 1 : 0);
    case "str":
      if (hasOtherDigits(value.value)) return unknown("unsupported", "digits beyond ASCII");
      return float(parseFloatText(value.value));
    default:
      throw new PythonRaise("TypeError");
  }
}

const toBool: KnownCall = (call) => {
  const { machine: m, state, site } = call;
  const [value] = call.args.positional;
  if (value === undefined) return bool(false);
  const contents = m.freeze(state, value);
  if (contents.kind === "choice" || certaintyOf(contents) !== "symbolic") {
    return walk(m, state, decide(m, state, value, site, "bool(...)"), (_, holds) => bool(holds));
  }
  const compute = ([given]: readonly Value[]): Value => {
    const truth = truthOf(given as Value);
    return truth === undefined ? unknown("unsupported", "truth of a value") : bool(truth);
  };
  return pure(m, state, "bool", [value], compute, { site });
};

function lengthOf(value: Value): Value {
  if (value.kind === "str") return int([...value.value].length);
  if (value.kind === "bytes") return int(value.value.length);
  if (isSequence(value)) return int(value.items.length);
  if (value.kind === "dict") return int(value.entries.length);
  throw new PythonRaise("TypeError");
}

const toText: KnownCall = (call) => {
  if (call.args.positional.length < 2 && call.args.keywords.size === 0)
    return one("str", (value) => text(strOf(value)), str(""))(call);
  return decoded(call);
};

/** `str(bytes, encoding)`. */
function decoded(call: CallContext): Value | undefined {
  const encoding = argument(call.args, 1, "encoding");
  const [value] = call.args.positional;
  if (value === undefined || encoding?.kind !== "str" || !/^(utf-?8|ascii)$/i.test(encoding.value)) return undefined;
  return pure(call.machine, call.state, "str decoded", [value], ([given]) => decodeBytes(given as Value), {
    site: call.site,
  });
}

function rounded(value: Value, digits: Value | undefined): Value {
  if (digits !== undefined && digits.kind !== "none" && digits.kind !== "int") throw new PythonRaise("TypeError");
  const isWhole = digits === undefined || digits.kind === "none";
  const places = isWhole ? 0 : Number((digits as { readonly value: bigint }).value);
  if (value.kind === "bool") return int(value.value ? 1 : 0);
  if (value.kind === "int") return places >= 0 ? value : unknown("unsupported", "round() to tens");
  if (value.kind !== "float") throw new PythonRaise("TypeError");
  if (places < 0 || places > 22 || !Number.isFinite(value.value) || Math.abs(value.value) >= 1e21)
    return unknown("unsupported", "round() of this form");
  const result = roundFloat(value.value, places);
  return isWhole ? int(BigInt(result)) : float(result);
}

function formatted(value: Value, spec: Value | undefined): Value {
  if (spec !== undefined && spec.kind !== "str") throw new PythonRaise("TypeError");
  if (spec !== undefined && /[{}]/.test(spec.value)) return unknown("unsupported", "format() of this form");
  return braceFormat(spec === undefined || spec.value === "" ? "{}" : `{:${spec.value}}`, [value], new Map());
}

function absolute(value: Value): Value {
  return truthOf(value) !== undefined && order(value, int(0)) === -1 ? unary("-", value) : unary("+", value);
}

/** Built-in functions that make one value of another. */
export const CONVERSION_CALLS: Readonly<Record<string, KnownCall>> = table({
  "builtins.str": toText,
  "builtins.repr": one("repr", (value) => text(reprOf(value))),
  "builtins.int": toInt,
  "builtins.float": one("float", toFloat, float(0)),
  "builtins.bool": toBool,
  "builtins.len": (call) => {
    const positional = call.args.positional.map((value) => (isView(value) ? drained(call.state, value) : value));
    return one("len", lengthOf)({ ...call, args: { ...call.args, positional } });
  },
  "builtins.abs": one("abs", absolute),
  "builtins.round": upToTwo("round", rounded),
  "builtins.format": upToTwo("format", formatted),
});
