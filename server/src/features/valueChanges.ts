import type { Value } from "../python/values/value";
import { describeValue } from "./describeValue";

/** What one value has that another has not. */
export interface ValueChange {
  readonly kind: "added" | "removed" | "changed";
  /** The key of a dict, as Python writes it; keys of dicts inside behind it. `undefined` for an item of a list. */
  readonly key: string | undefined;
  /** Absent: the items are the same in another order. */
  readonly value: Value | undefined;
}

/** Deeper dicts are compared as a whole. */
const MAX_DEPTH = 3;

/**
 * What turns a list or dict into another: the items that come and go, and the keys that come, go and change, also those of
 * dicts inside. `undefined` where the two are not of one kind, or hold parts that are not known one by one.
 */
export function changesBetween(before: Value, after: Value): readonly ValueChange[] | undefined {
  if (isSequence(before) && isSequence(after)) return itemChanges(before, after);
  if (before.kind === "dict" && after.kind === "dict") return keyChanges(before, after, "", 0);
  return undefined;
}

type Sequence = Value & { readonly kind: "list" | "tuple" | "set" | "frozenset" };
type Dict = Value & { readonly kind: "dict" };

function isSequence(value: Value): value is Sequence {
  return ["list", "tuple", "set", "frozenset"].includes(value.kind);
}

function itemChanges(before: Sequence, after: Sequence): readonly ValueChange[] | undefined {
  if ([...before.items, ...after.items].some(({ spread }) => spread)) return undefined;
  const changes = [
    ...missingIn(after, before).map((value) => ({ kind: "removed" as const, key: undefined, value })),
    ...missingIn(before, after).map((value) => ({ kind: "added" as const, key: undefined, value })),
  ];
  const isReordered = changes.length === 0 && describeValue(before) !== describeValue(after);
  return isReordered ? [{ kind: "changed", key: undefined, value: undefined }] : changes;
}

function missingIn(others: Sequence, own: Sequence): readonly Value[] {
  const texts = new Set(others.items.map(({ value }) => describeValue(value)));
  return own.items.map(({ value }) => value).filter((value) => !texts.has(describeValue(value)));
}

function keyChanges(before: Dict, after: Dict, path: string, depth: number): readonly ValueChange[] | undefined {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  if (was === undefined || is === undefined) return undefined;
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name): readonly ValueChange[] => {
    const [a, b] = [was.get(name), is.get(name)];
    const key = path + name;
    if (a === undefined || b === undefined)
      return [{ kind: a === undefined ? "added" : "removed", key, value: a ?? b }];
    if (describeValue(a) === describeValue(b)) return [];
    const inner =
      a.kind === "dict" && b.kind === "dict" && depth < MAX_DEPTH ? keyChanges(a, b, `${key} `, depth + 1) : undefined;
    return inner ?? [{ kind: "changed", key, value: b }];
  });
}

function entriesOf({ entries }: Dict): ReadonlyMap<string, Value> | undefined {
  const named = new Map<string, Value>();
  for (const { key, value } of entries) {
    if (key === undefined) return undefined;
    named.set(describeValue(key), value);
  }
  return named;
}
