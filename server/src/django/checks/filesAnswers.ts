import { isIn } from "../../python/semantics/operators";
import { str, type Value } from "../../python/values/value";
import { either } from "./check";

/** Whether one of some answers is yes; `undefined` when that is not known. */
export function some(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.reduce<boolean | undefined>((before, answer) => either(before, () => answer), false);
}

/** Python's `key in value` for a dict; `undefined` for anything else, and where not all keys are known. */
export function hasKey(value: Value | undefined, key: string): boolean | undefined {
  return value?.kind === "dict" ? isIn(str(key), value) : undefined;
}

/** A dict's value for a key, where it is certain; later entries win. */
export function valueUnder(value: Value | undefined, key: string): Value | undefined {
  if (value?.kind !== "dict" || value.entries.some((entry) => entry.key?.kind !== "str")) return undefined;
  return value.entries.findLast((entry) => entry.key?.kind === "str" && entry.key.value === key)?.value;
}
