import type { Outcome, Value } from "../../server/src/python/values/value";

/** An outcome as a text that is the same for the same code in another evaluation: no identities, no places. */
export function stableText({ value, guard }: Outcome): string {
  const conditions = guard.map(({ test, holds }) => `${holds ? "" : "not "}${valueText(test.value)}`);
  return `${valueText(value)} when ${conditions.join(" and ")}`;
}

function valueText(value: Value): string {
  switch (value.kind) {
    case "none":
    case "unset":
      return value.kind;
    case "bool":
    case "int":
    case "float":
    case "str":
    case "bytes":
    case "path":
      return `${value.kind} ${String(value.value)}`;
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return `${value.kind}(${value.items.map((item) => `${item.spread ? "*" : ""}${valueText(item.value)}`).join(", ")})`;
    case "dict":
      return `dict(${value.entries.map((entry) => `${entry.key === undefined ? "**" : valueText(entry.key)}: ${valueText(entry.value)}`).join(", ")})`;
    case "environment":
      return `${value.variable} as ${value.cast} or ${value.fallback === undefined ? "nothing" : valueText(value.fallback)}`;
    case "derived":
      return `${value.operation.id}(${value.inputs.map(valueText).join(", ")})`;
    case "opaque":
      return `${value.callee}(${[...value.args, ...value.keywords.values()].map(valueText).join(", ")})`;
    case "choice":
      return `(${valueText(value.test.value)} ? ${valueText(value.yes)} : ${valueText(value.no)})`;
    case "external":
    case "module":
    case "model":
      return `${value.kind} ${value.name}`;
    case "function":
    case "class":
    case "reference":
      return value.kind;
    case "unknown":
      return `unknown: ${value.because.text}`;
  }
}
