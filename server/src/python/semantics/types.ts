import { isSymbolicList } from "../values/symbolic";
import type { Value } from "../values/value";

const TEXT_RESULTS =
  /^(str|repr|f-string .*|str\.(lower|upper|casefold|title|capitalize|swapcase|strip|lstrip|rstrip|removeprefix|removesuffix|replace|zfill|center|ljust|rjust|join|format.*))$/;
const NUMBER_RESULTS = /^(int|float|len|str\.(find|rfind|count|index))$/;

/** Whether a value is certain to be a text once it is known. */
export function isText(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value.kind === "str") return true;
  if (value.kind === "environment")
    return value.cast === "str" && (value.fallback === undefined || isText(value.fallback));
  if (value.kind === "choice") return isText(value.yes) && isText(value.no);
  if (value.kind !== "derived") return false;
  if (TEXT_RESULTS.test(value.operation)) return true;
  return /^(\+|slice)$/.test(value.operation) && isText(value.inputs[0]);
}

/** Whether a value is certain to be a number once it is known. */
export function isNumber(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value.kind === "derived") {
    if (NUMBER_RESULTS.test(value.operation)) return true;
    return /^[-+*]$/.test(value.operation) && value.inputs.every(isNumber);
  }
  return value.kind === "int" || value.kind === "bool" || value.kind === "float";
}

const PLAIN_CASTS = /^(str|bool|int|float|path|url)$/;
const PLAIN_RESULTS =
  /^(==|!=|<|<=|>|>=|in|not in|is|is not|not|and|bool|any|all|str|in os\.environ|callable|all of)$|^(isinstance|str\.(starts|ends)with|Path\.|URL |file exists)/;

/** Whether a value is certain to be nothing that can be changed in place. */
export function isUnchanging(value: Value | undefined): boolean {
  if (value === undefined) return true;
  switch (value.kind) {
    case "environment":
      return PLAIN_CASTS.test(value.cast) && isUnchanging(value.fallback);
    case "choice":
      return isUnchanging(value.yes) && isUnchanging(value.no);
    case "derived":
      if (isText(value) || isNumber(value) || PLAIN_RESULTS.test(value.operation)) return true;
      if (/^[-+*/%&|^]$/.test(value.operation)) return value.inputs.every(isUnchanging);
      return value.operation === "subscript" && isTextList(value.inputs[0]);
    case "none":
    case "unset":
    case "str":
    case "bytes":
    case "path":
    case "bool":
    case "int":
    case "float":
      return true;
    default:
      return false;
  }
}

/** A list of texts, or a text: what can be iterated, sorted and joined. */
export function isTextList(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value.kind === "list" || value.kind === "tuple") return value.items.every((item) => isText(item.value));
  if (value.kind !== "derived") return isText(value);
  if (/^str\.(split|rsplit|splitlines)$/.test(value.operation)) return true;
  return /^(list|tuple|set|sorted|reversed|slice)$/.test(value.operation) && isTextList(value.inputs[0]);
}

/** A list, tuple, set or dict. */
export const isContainer = (value: Value | undefined): boolean =>
  value !== undefined &&
  (value.kind === "list" ||
    value.kind === "tuple" ||
    value.kind === "set" ||
    value.kind === "frozenset" ||
    value.kind === "dict" ||
    isSymbolicList(value));
