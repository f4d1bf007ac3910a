import { isSymbolicList, resultOf } from "../values/symbolic";
import type { Value } from "../values/value";

/** Whether a value is certain to be a text once it is known. */
export function isText(value: Value | undefined): boolean {
  if (value?.kind === "environment")
    return value.cast === "str" && (value.fallback === undefined || isText(value.fallback));
  if (value?.kind === "choice") return isText(value.yes) && isText(value.no);
  return value !== undefined && (value.kind === "str" || resultOf(value) === "text");
}

/** Whether a value is certain to be a number once it is known. */
export function isNumber(value: Value | undefined): boolean {
  return value !== undefined && (/^(int|bool|float)$/.test(value.kind) || resultOf(value) === "number");
}

const PLAIN_CASTS = /^(str|bool|int|float|path|url)$/;

/** Whether a value is certain to be nothing that can be changed in place. */
export function isUnchanging(value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (value.kind === "environment") return PLAIN_CASTS.test(value.cast) && isUnchanging(value.fallback);
  if (value.kind === "choice") return isUnchanging(value.yes) && isUnchanging(value.no);
  if (value.kind === "derived") return /^(text|number|plain)$/.test(resultOf(value) ?? "");
  return /^(none|unset|str|bytes|path|bool|int|float)$/.test(value.kind);
}

/** A list of texts, or a text: what can be iterated, sorted and joined. */
export function isTextList(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value.kind === "list" || value.kind === "tuple") return value.items.every((item) => isText(item.value));
  return isText(value) || /texts$/.test(resultOf(value) ?? "");
}

/** A list, tuple, set or dict. */
export function isContainer(value: Value | undefined): boolean {
  return value !== undefined && (/^(list|tuple|set|frozenset|dict)$/.test(value.kind) || isSymbolicList(value));
}
