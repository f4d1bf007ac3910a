import { spend } from "./fuel";
import { firstUnknown } from "./leaves";
import { PythonRaise } from "./raise";
import { certaintyOf, keyOf } from "./symbolic";
import { unknown, type DictValue, type Entry, type Value } from "./value";

/** Throws TypeError for what cannot be a key: lists, dicts and sets, and tuples of them. */
export function requireHashable(value: Value): void {
  spend(1);
  if (value.kind === "list" || value.kind === "dict" || value.kind === "set" || value.kind === "reference")
    throw new PythonRaise("TypeError");
  if (value.kind === "tuple") for (const item of value.items) requireHashable(item.value);
}

/** Puts entries into a dict one after the other; a key is found by what tells it from others, not by comparing it with all. */
export class DictBuilder {
  private readonly entries: Entry[] = [];
  /** Where the entry with a key stands, the last one of several. */
  private readonly places = new Map<string, number>();
  /** Where the last entry of unknown keys stands. */
  private lastOpen = -1;

  constructor(start?: DictValue) {
    for (const entry of start?.entries ?? []) this.append(entry, entry.key && identityOf(entry.key));
  }

  /** An equal key's value is replaced in its place, unless an entry behind it may have that key, too. Throws TypeError for what cannot be a key. */
  put(entry: Entry): void {
    if (entry.key !== undefined) requireHashable(entry.key);
    const identity = entry.key && identityOf(entry.key);
    const at = identity === undefined ? undefined : this.places.get(identity);
    if (at !== undefined && at > this.lastOpen) this.entries[at] = { ...entry, key: this.entries[at]?.key };
    else this.append(entry, identity);
  }

  /** An entry whose key is not known may replace any other. */
  add(key: Value, value: Value, site: Entry["site"], valueSite = site): void {
    requireHashable(key);
    if (certaintyOf(key) === "concrete") this.put({ key, value, site, valueSite });
    else
      this.put({
        key: undefined,
        value: unknown(firstUnknown([key])?.because.kind ?? "unsupported", "an item whose key is not known", site),
        site,
        valueSite,
      });
  }

  get dict(): DictValue {
    return { kind: "dict", entries: this.entries };
  }

  private append(entry: Entry, identity: string | undefined): void {
    spend(2);
    if (entry.key === undefined) this.lastOpen = this.entries.length;
    if (identity !== undefined) this.places.set(identity, this.entries.length);
    this.entries.push(entry);
  }
}

/** Equal for keys that are certainly equal, and for no others; `undefined` for one that is never certainly equal to another. */
function identityOf(key: Value): string | undefined {
  switch (key.kind) {
    case "bool":
      return key.value ? "1" : "0";
    case "int":
      return String(key.value);
    case "float":
      if (Number.isNaN(key.value)) return undefined;
      return Number.isInteger(key.value) ? String(BigInt(key.value)) : String(key.value);
    case "str":
      return `"${key.value}`;
    case "environment":
      return undefined;
    case "tuple":
    case "frozenset": {
      spend(key.items.length);
      const items = key.items.map((item) => (item.spread ? undefined : identityOf(item.value)));
      if (items.includes(undefined)) return undefined;
      const parts = (items as readonly string[]).map((part) => `${part.length}:${part}`);
      return `${key.kind}(${(key.kind === "frozenset" ? parts.toSorted() : parts).join("")}`;
    }
    default:
      return keyOf(key);
  }
}

/** `{**a, **b}`: later entries win, earlier positions stay. */
export function mergeDicts(a: DictValue, b: DictValue): DictValue {
  const merged = new DictBuilder(a);
  for (const entry of b.entries) merged.put(entry);
  return merged.dict;
}

/** A dict with one more entry, replacing an equal key's value in its place. */
export function putEntry(dict: DictValue, entry: Entry): DictValue {
  const changed = new DictBuilder(dict);
  changed.put(entry);
  return changed.dict;
}

/** {@link putEntry} for a key that may not be known. */
export function addEntry(dict: DictValue, key: Value, value: Value, site: Entry["site"], valueSite = site): DictValue {
  const changed = new DictBuilder(dict);
  changed.add(key, value, site, valueSite);
  return changed.dict;
}
