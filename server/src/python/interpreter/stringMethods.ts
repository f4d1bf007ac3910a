import { table } from "../../base/table";
import { unsupported, type CallContext } from "../program/call";
import { braceFormat } from "../semantics/formatting";
import { spend } from "../values/fuel";
import { drained } from "./iterators";
import { pure } from "../program/pure";
import { PythonRaise } from "../values/raise";
import { isSequence, iterationItems } from "./structures";
import { STRING_METHODS, type StringMethod } from "../semantics/stringOperations";
import { int, unknown, type Value } from "../values/value";

export function isStringMethod(name: string): boolean {
  return name in STRING_METHODS || name === "format";
}

/** Calls a method of a text, or of a value from the environment that will be one. */
export function stringMethod(receiver: Value, name: string, call: CallContext): Value {
  const { machine: m, state, args, site } = call;
  if (name === "format") return format(receiver, call);
  const method = STRING_METHODS[name];
  if (method === undefined && receiver.kind === "str" && !OTHER_METHODS.test(name))
    throw new PythonRaise("AttributeError", site);
  const isOther = [...args.keywords.keys()].some((keyword) => KEYWORDS[name]?.includes(keyword) !== true);
  if (method === undefined || args.open || isOther) return unsupported(call, `str.${name}()`);
  const positional = name === "join" ? args.positional.map((value) => asItems(call, value)) : args.positional;
  const inputs = [receiver, ...positional, ...keywordInputs(name, call)];
  return pure(m, state, `str.${name}`, inputs, ([text, ...rest]) => apply(text as Value, method, rest, call, name), {
    site,
  });
}

const OTHER_METHODS = /^(maketrans|translate|decode|__\w+__)$/;

function apply(text: Value, method: StringMethod, args: readonly Value[], call: CallContext, name: string): Value {
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
  splitlines: ["keepends"],
  expandtabs: ["tabsize"],
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
    `str.format(${names.join(",")})`,
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
