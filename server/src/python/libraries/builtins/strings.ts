import { operation } from "../../semantics/operations";
import { table } from "../../../base/table";
import { unsupported, type CallContext } from "../../program/call";
import { braceFormat } from "../../semantics/formatting";
import { spend } from "../../values/fuel";
import { drained } from "../../interpreter/iterators";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import { isSequence, iterationItems } from "../../interpreter/structures";
import { STRING_METHODS, type StringMethod } from "./stringOperations";
import { isMachineFact } from "../../values/symbolic";
import { decodeBytes } from "../../semantics/text";
import { int, unknown, type Value } from "../../values/value";

/** A method of a string, or of a value from the environment that will be one; `undefined` for others. */
export function stringMethod(receiver: Value, name: string, call: CallContext): Value | undefined {
  if (receiver.kind === "bytes") return decodedBytes(receiver, name, call);
  const isSymbolic =
    receiver.kind === "environment" ? !/^(path|url)$/.test(receiver.cast) : receiver.kind === "derived";
  const isText = isSymbolic || (receiver.kind === "external" && isMachineFact(receiver.name));
  if (receiver.kind !== "str" && !(isText && (name in STRING_METHODS || name === "format"))) return undefined;
  if (name === "format") return format(receiver, call);
  const { machine: m, state, args, site } = call;
  const method = STRING_METHODS[name];
  if (method === undefined && !OTHER_METHODS.test(name)) throw new PythonRaise("AttributeError", site);
  const isOther = [...args.keywords.keys()].some((keyword) => KEYWORDS[name]?.includes(keyword) !== true);
  if (method === undefined || args.open || isOther) return unsupported(call, `str.${name}()`);
  const positional = name === "join" ? args.positional.map((value) => asItems(call, value)) : args.positional;
  const inputs = [receiver, ...positional, ...keywordInputs(name, call)];
  return pure(m, state, `str.${name}`, inputs, ([text, ...rest]) => apply(text as Value, method, rest, call, name), {
    site,
  });
}

/** `bytes.decode()` is the only method of bytes that is modelled. */
function decodedBytes(receiver: Value, name: string, call: CallContext): Value | undefined {
  const { machine: m, state, args, site } = call;
  const isUtf8 = args.positional.every((value) => value.kind === "str" && /^(utf[-_]?8|ascii)$/i.test(value.value));
  if (name !== "decode" || !isUtf8 || args.open || args.keywords.size > 0) return undefined;
  return pure(m, state, "bytes.decode", [receiver], ([given]) => decodeBytes(given as Value), { site });
}

/** Methods that are not modelled. */
const OTHER_METHODS = /^(casefold|swapcase|is\w+|expandtabs|center|[lr]just|format_map|maketrans|translate|__\w+__)$/;

/** Methods of texts that lists and tuples have, too. */
const OF_LISTS = /^(?:count|index)$/;

function apply(text: Value, method: StringMethod, args: readonly Value[], call: CallContext, name: string): Value {
  if ((text.kind === "list" || text.kind === "tuple") && !OF_LISTS.test(name))
    throw new PythonRaise("AttributeError", call.site);
  if (isSequence(text) || text.kind === "dict" || text.kind === "bytes" || text.kind === "path")
    return unknown("unsupported", `.${name}() of something that is no text`, call.site);
  if (text.kind !== "str") throw new PythonRaise("AttributeError", call.site);
  spend(text.value.length / 2);
  return method(text.value, args) ?? unknown("unsupported", `str.${name}() of this form`, call.site);
}

/** `split(sep=..., maxsplit=...)` and `replace` take keywords; they become positional here. */
function keywordInputs(name: string, call: CallContext): readonly Value[] {
  const { keywords, positional } = call.args;
  if (keywords.size === 0) return [];
  const order = KEYWORDS[name] ?? [];
  const none: Value = { kind: "none" };
  return order.slice(positional.length).map((key) => keywords.get(key) ?? (key === "maxsplit" ? int(-1) : none));
}

const KEYWORDS: Readonly<Record<string, readonly string[]>> = table({
  split: ["sep", "maxsplit"],
  rsplit: ["sep", "maxsplit"],
  encode: ["encoding"],
});

function asItems(call: CallContext, value: Value): Value {
  const { machine: m, state } = call;
  const source = drained(state, m.restrict(value, state.assumptions));
  if (source !== value) return source;
  const contents = m.contents(state, value);
  return contents.kind === "dict" ? { kind: "list", items: iterationItems(m, state, contents) } : value;
}

function format(receiver: Value, call: CallContext): Value {
  const { machine: m, state, args, site } = call;
  if (args.open) return unsupported(call, "str.format() with arguments that are not known");
  const names = [...args.keywords.keys()];
  const inputs = [receiver, ...args.positional, ...args.keywords.values()];
  return pure(
    m,
    state,
    operation(`str.format(${names.join(",")})`, "str.format"),
    inputs,
    ([template, ...values]) => {
      if (template?.kind !== "str") throw new PythonRaise("AttributeError", site);
      const positional = values.slice(0, values.length - names.length);
      const keywords = new Map(names.map((name, index) => [name, values[positional.length + index] as Value] as const));
      return braceFormat(template.value, positional, keywords);
    },
    { site },
  );
}
