import { isUnchanging } from "./types";
import { bool, type Value } from "../values/value";

/** Python's own types, each an object of its own. */
const TYPES = new Set(
  "bool bytearray bytes complex dict float frozenset int list memoryview object set str tuple type".split(" "),
);

function isType(value: Value): boolean {
  if (value.kind === "class") return value.definition.keywords.length === 0;
  return value.kind === "external" && value.name.startsWith("builtins.") && TYPES.has(value.name.slice(9));
}

/** Values that are never a class. */
const NO_TYPES: ReadonlySet<Value["kind"]> = new Set([
  "reference",
  "function",
  "module",
  "list",
  "tuple",
  "set",
  "dict",
]);

/** Whether a type and another value are one object, as which they are equal; `undefined` where that is not certain. */
function isSameType(type: Value, other: Value): boolean | undefined {
  if (isType(other)) {
    if (type.kind === "class") return other.kind === "class" && other.scope === type.scope;
    return type.kind === "external" && other.kind === "external" && type.name === other.name;
  }
  return NO_TYPES.has(other.kind) || isUnchanging(other) ? false : undefined;
}

/** `a is b`, `a == b` and `a in b` with types; `undefined` where none is compared, or it is not certain. */
export function compareTypes(op: string, a: Value, b: Value): Value | undefined {
  const [type, other] = isType(a) ? [a, b] : [b, a];
  if (!isType(type)) return undefined;
  const isNegated = op.startsWith("is not") || op === "!=" || op === "not in";
  const answer = (same: boolean | undefined): Value | undefined =>
    same === undefined ? undefined : bool(same !== isNegated);
  if (op === "is" || op === "is not" || op === "==" || op === "!=") return answer(isSameType(type, other));
  if ((op !== "in" && op !== "not in") || !isType(a) || !("items" in b)) return undefined;
  const answers = b.items.map(({ value, spread }) => (spread ? undefined : isSameType(a, value)));
  return answer(answers.includes(true) ? true : answers.includes(undefined) ? undefined : false);
}
