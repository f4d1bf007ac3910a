import type { FilePath } from "../../base/path";
import { str, type StrValue, type Value } from "./value";

/** Where a value stands in a file of settings: the keys that lead to it, since lines move. */
export interface DataPlace {
  readonly file: FilePath;
  /** In a list its index as a text; of an INI file the section and the option, of a `.env` the variable. */
  readonly keys: readonly string[];
  /** `tree` is YAML, TOML and JSON, by the ending of the file's name. */
  readonly format: "tree" | "ini" | "env";
}

const PLACES = new WeakMap<Value, DataPlace>();

/** A value of its own that is known to stand at a place of a file of settings. */
export function placed<V extends Value>(value: V, place: DataPlace): V {
  const own = { ...value };
  PLACES.set(own, place);
  return own;
}

/** The text of a variable as a `.env` gives it; `file`: where that is known. */
export function placedVariable(text: string, variable: string, file: FilePath | undefined): StrValue {
  return file === undefined ? str(text) : placed(str(text), { file, keys: [variable], format: "env" });
}

/** What was made of a text, as a value of its own that stands where the text does. */
export function placedAs<V extends Value>(value: V, text: Value): V {
  const place = dataPlaceOf(text);
  return place === undefined ? value : placed(value, place);
}

/** What a file of YAML, TOML or JSON holds, each part of it at its own place. */
export function placedTree(value: Value, file: FilePath, keys: readonly string[] = []): Value {
  return placed(withPlacedParts(value, file, keys), { file, keys, format: "tree" });
}

function withPlacedParts(value: Value, file: FilePath, keys: readonly string[]): Value {
  if (value.kind === "list")
    return {
      ...value,
      items: value.items.map((item, index) => ({
        ...item,
        value: placedTree(item.value, file, [...keys, String(index)]),
      })),
    };
  if (value.kind !== "dict") return value;
  const entries = value.entries.map((entry) =>
    entry.key?.kind === "str" ? { ...entry, value: placedTree(entry.value, file, [...keys, entry.key.value]) } : entry,
  );
  return { ...value, entries };
}

/** Where a value stands in a file of settings; `undefined` for what Python says. */
export function dataPlaceOf(value: Value): DataPlace | undefined {
  return PLACES.get(value) ?? placeOfParts(value);
}

/** A list or dict is copied where the program gets hold of it: while all of its parts stand in one, it is that one. */
function placeOfParts(value: Value): DataPlace | undefined {
  const holders =
    value.kind === "list"
      ? value.items.map((item, index) => holderOf(item.value, String(index)))
      : value.kind === "dict"
        ? value.entries.map((entry) => holderOf(entry.value, entry.key?.kind === "str" ? entry.key.value : ""))
        : [];
  const [first, ...others] = holders;
  if (first === undefined || others.some((one) => one === undefined || !isSamePlace(one, first))) return undefined;
  return first;
}

/** Where the list or dict stands that has a value under a key; what Python has put under another key is of Python's making. */
function holderOf(part: Value, key: string): DataPlace | undefined {
  const place = dataPlaceOf(part);
  if (place?.format !== "tree" || place.keys.length < 2 || place.keys.at(-1) !== key) return undefined;
  return { ...place, keys: place.keys.slice(0, -1) };
}

function isSamePlace(one: DataPlace, other: DataPlace): boolean {
  return one.file === other.file && one.keys.join("\0") === other.keys.join("\0");
}
