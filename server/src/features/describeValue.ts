import { assertNever } from "../base/assertNever";
import { describeCondition, shownName } from "../python/semantics/describe";
import { displayOf, floatRepr } from "../python/semantics/text";
import type { EnvironmentValue, Value } from "../python/values/value";
import { pythonLiteral } from "./pythonLiteral";

/** A value for people, on one line: Python where it is known, else what it is made of. It holds what the value holds: mask first. */
export function describeValue(value: Value): string {
  switch (value.kind) {
    case "none":
    case "bool":
    case "int":
    case "str":
    case "bytes":
    case "path":
      return pythonLiteral(value) ?? "";
    case "float":
      return floatRepr(value.value);
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return displayOf(
        value.kind,
        value.items.map((item) => (item.spread ? `*${describeValue(item.value)}` : describeValue(item.value))),
      );
    case "dict":
      return displayOf(
        "dict",
        value.entries.map(({ key, value: each }) =>
          key === undefined ? `**${describeValue(each)}` : `${describeValue(key)}: ${describeValue(each)}`,
        ),
      );
    case "environment":
      return describeEnvironment(value);
    case "derived":
      return `<${describeCondition(value) ?? `computed from ${value.inputs.map(describeValue).join(", ")}`}>`;
    case "opaque": {
      const keywords = [...value.keywords].map(([name, each]) => `${name}=${describeValue(each)}`);
      return `${value.callee}(${[...value.args.map(describeValue), ...keywords].join(", ")})`;
    }
    case "external":
    case "model":
    case "module":
      return shownName(value);
    case "function":
      return value.definition.kind === "FunctionDef" ? `<function ${value.definition.name}>` : "<function>";
    case "class":
      return `<class ${value.definition.name}>`;
    case "choice":
      return `${describeValue(value.yes)} if ${value.test.text} else ${describeValue(value.no)}`;
    case "reference":
      return "<object>";
    case "unset":
      return "<not set>";
    case "unknown":
      return `<unknown: ${value.because.text}>`;
    default:
      return assertNever(value);
  }
}

function describeEnvironment(value: EnvironmentValue): string {
  const cast = value.cast === "str" ? "" : ` as ${value.cast}`;
  const fallback = value.fallback === undefined ? "" : `, or ${describeValue(value.fallback)}`;
  return `<$${value.variable}${cast}${fallback}>`;
}
