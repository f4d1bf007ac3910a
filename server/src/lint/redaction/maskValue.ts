import type { Value } from "../../python/values/value";
import { isDottedName } from "./collectable";
import { mayHoldPin, mayHoldSecret, nestedName } from "./secretNames";
import { MASK } from "./spans";

/** Shorter numbers (a page's length, a port) are no secrets, but for those that stand for a PIN or password. */
const MIN_DIGITS = 6;
const MIN_PIN = 4;

/** Whether a text that stands under a name is a secret because of the name. Paths of classes are none. */
export function isSecretText(text: string, name: string): boolean {
  return (
    /[\p{L}\p{N}\p{S}\p{P}]/u.test(text) && mayHoldSecret(name) && !(isDottedName(text) && text.split(".").length > 2)
  );
}

/** Whether a number that stands under a name is a secret because of the name. */
export function isSecretNumber(digits: string, name: string): boolean {
  const count = digits.replace(/\D/g, "").length;
  return count >= MIN_PIN && mayHoldSecret(name) && (count >= MIN_DIGITS || mayHoldPin(name));
}

/** The name that counts for what stands under a key. */
export function nameUnder(key: Value | undefined, name: string): string {
  return key?.kind === "str" ? nestedName(key.value, name) : name;
}

/** What is compared or joined with a secret variable is one: its name counts for all inputs of an operation. */
export function comparedName(inputs: readonly Value[], name: string): string {
  const secret = inputs.find((input) => input.kind === "environment" && mayHoldSecret(input.variable));
  return secret?.kind === "environment" ? secret.variable : name;
}

/** Deeper values than anybody writes are masked as a whole. */
const MAX_DEPTH = 60;
const MASKED: Value = { kind: "str", value: MASK };

/**
 * Makes the value that is shown of a value that stands under a name: {@link MASK} in place of what the name says is secret, and
 * `clean` for all other texts. Gives the same object where there is nothing to mask. What occurs often is looked at once.
 */
export class ValueMasker {
  private readonly clean: (text: string) => string;
  private readonly made = { open: new WeakMap<Value, Value>(), secret: new WeakMap<Value, Value>() };

  constructor(clean: (text: string) => string) {
    this.clean = clean;
  }

  mask(value: Value, name: string, depth = 0): Value {
    if (depth > MAX_DEPTH) return MASKED;
    // Below a dictionary's key only the key's kind counts, so that shared values are made once for each kind.
    const made = this.made[mayHoldSecret(name) ? "secret" : "open"];
    const known = made.get(value);
    if (known !== undefined) return known;
    const masked = this.make(value, name, depth);
    made.set(value, masked);
    return masked;
  }

  private make(value: Value, name: string, depth: number): Value {
    const inner = (each: Value, under = name): Value => this.mask(each, under, depth + 1);
    switch (value.kind) {
      case "str":
      case "path":
      case "bytes": {
        const text = isSecretText(value.value, name) ? MASK : this.clean(value.value);
        return text === value.value ? value : { kind: "str", value: text };
      }
      case "int":
        return this.number(value, value.value.toString(), name);
      case "float":
        return this.number(value, String(value.value), name);
      case "list":
      case "tuple":
      case "set":
      case "frozenset": {
        const items = changed(value.items, (item) => with_(item, { value: inner(item.value) }));
        return items === value.items ? value : { ...value, items };
      }
      case "dict": {
        const entries = changed(value.entries, (entry) =>
          with_(entry, {
            key: entry.key === undefined ? undefined : inner(entry.key, ""),
            value: inner(entry.value, nameUnder(entry.key, name)),
          }),
        );
        return entries === value.entries ? value : { ...value, entries };
      }
      default:
        return this.symbolic(value, name, inner);
    }
  }

  private number(value: Value, digits: string, name: string): Value {
    return isSecretNumber(digits, name) || this.clean(digits) !== digits ? MASKED : value;
  }

  /** Values that are not, or not only, data. */
  private symbolic(value: Value, name: string, inner: (each: Value, under?: string) => Value): Value {
    switch (value.kind) {
      case "environment":
        if (value.fallback === undefined) return value;
        return with_(value, { fallback: inner(value.fallback, mayHoldSecret(value.variable) ? value.variable : name) });
      case "derived": {
        const under = comparedName(value.inputs, name);
        const inputs = changed(value.inputs, (input) => inner(input, under));
        return inputs === value.inputs ? value : { ...value, inputs };
      }
      case "choice":
        return with_(value, { yes: inner(value.yes), no: inner(value.no) });
      case "opaque": {
        const args = changed(value.args, (each) => inner(each));
        const keywords = changed<readonly [string, Value]>([...value.keywords], (pair) => {
          const each = inner(pair[1], nestedName(pair[0], name));
          return each === pair[1] ? pair : [pair[0], each];
        });
        const isSame = args === value.args && keywords.every(([key, each]) => value.keywords.get(key) === each);
        return isSame ? value : { ...value, args, keywords: new Map(keywords) };
      }
      default:
        return value;
    }
  }
}

/** An object with some fields replaced; the same one where they are what they were. */
function with_<T extends object>(object: T, fields: Partial<T>): T {
  const isSame = (Object.keys(fields) as (keyof T)[]).every((key) => object[key] === fields[key]);
  return isSame ? object : { ...object, ...fields };
}

/** A list with each element replaced; the same one where all are what they were. */
function changed<T>(list: readonly T[], change: (each: T) => T): readonly T[] {
  const made = list.map(change);
  return made.every((each, at) => each === list[at]) ? list : made;
}
