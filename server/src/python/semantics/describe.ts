import { reprOf } from "./text";
import type { DerivedValue, Guard, ExternalValue, ModelValue, ModuleValue, Value } from "../values/value";

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

/** A file is described by its name, also where its path has no short form. */
function describeOperation({ operation, inputs }: DerivedValue): string | undefined {
  const texts = inputs.map(describe);
  return texts.includes(undefined) && operation.id !== "file exists" ? undefined : operation.text?.(texts, inputs);
}

/** What something outside of the program is called, without what tells two objects of a kind apart (`file#12`). */
export function shownName({ name }: ExternalValue | ModelValue | ModuleValue): string {
  return name.replace(/#\d+/, "");
}

/** The conditions under which an outcome happens; empty for always. */
export function describeGuard(guard: Guard): string {
  return guard.map(({ test, holds }) => (holds ? test.text : `not (${test.text})`)).join(" and ");
}
