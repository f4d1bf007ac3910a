import { reprOf } from "./text";
import type { DerivedValue, ExternalValue, ModelValue, ModuleValue, Value } from "../values/value";

/** Longer texts may be secrets and are shortened to dots. */
const MAX_TEXT = 24;
const MAX_DESCRIPTION = 80;

/**
 * A condition in words close to Python: `"test" in sys.argv`, `ENV == "prod"`, `SENTRY_DSN is set`. Environment
 * variables are called by their names. `undefined` where the value has no short form.
 */
export function describeCondition(value: Value): string | undefined {
  const text = describe(value);
  return text === undefined || text.length > MAX_DESCRIPTION ? undefined : text;
}

function describe(value: Value): string | undefined {
  switch (value.kind) {
    case "environment":
      return value.variable;
    case "external":
      return value.name;
    case "derived":
      return describeOperation(value);
    case "str":
      return value.value.length > MAX_TEXT ? '"..."' : JSON.stringify(value.value);
    case "list":
    case "tuple":
    case "set":
    case "frozenset": {
      const items = value.items.map((item) => (item.spread ? undefined : describe(item.value)));
      if (items.includes(undefined)) return undefined;
      const [open, close] = value.kind === "list" ? "[]" : value.kind === "tuple" ? "()" : "{}";
      return `${open}${items.join(", ")}${close}`;
    }
    case "none":
    case "bool":
    case "int":
    case "float":
    case "path":
      return reprOf(value);
    default:
      return undefined;
  }
}

const INFIX = /^(==|!=|<=?|>=?|in|not in|is|is not|\+|-|\*|\/|%|and)$/;

function describeOperation(value: DerivedValue): string | undefined {
  const { operation } = value;
  const [first] = value.inputs;
  const inputs = value.inputs.map(describe);
  if (operation === "in os.environ") return first?.kind === "environment" ? `${first.variable} is set` : undefined;
  if (operation === "file exists")
    return first?.kind === "path" || first?.kind === "str"
      ? `${first.value.slice(first.value.lastIndexOf("/") + 1)} exists`
      : undefined;
  if (inputs.includes(undefined)) return undefined;
  if (INFIX.test(operation) && inputs.length === 2) return `${inputs[0]} ${operation} ${inputs[1]}`;
  if (operation.includes(" comprehension ")) return `[... for ... in ${inputs[0]}]`;
  if (operation === "not") return `not ${inputs[0]}`;
  if (operation === "subscript") return `${inputs[0]}[${inputs[1]}]`;
  if (operation === "slice")
    return `${inputs[0]}[${inputs
      .slice(1, 3)
      .map((bound) => (bound === "None" ? "" : bound))
      .join(":")}]`;
  if (operation.startsWith("str.")) return `${inputs[0]}.${operation.slice(4)}(${inputs.slice(1).join(", ")})`;
  return /^[a-z]+$/.test(operation) ? `${operation}(${inputs.join(", ")})` : undefined;
}

/** What something outside of the program is called, without what tells two objects of a kind apart (`file#12`). */
export function shownName({ name }: ExternalValue | ModelValue | ModuleValue): string {
  return name.replace(/#\d+/, "");
}
