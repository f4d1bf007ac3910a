import { PythonRaise } from "./raise";
import { MAX_LENGTH } from "./budget";
import { int, str, unknown, type Value } from "./value";

/** `text.translate(table)` with a table that `str.maketrans()` made. */
export function translated(text: string, [table]: readonly Value[]): Value | undefined {
  if (table?.kind !== "dict") return undefined;
  const map = new Map<number, string>();
  for (const { key, value } of table.entries) {
    const isPlain = value.kind === "str" || value.kind === "none" || value.kind === "int";
    if (key?.kind !== "int" || !isPlain) return undefined;
    const to =
      value.kind === "str" ? value.value : value.kind === "none" ? "" : String.fromCodePoint(Number(value.value));
    map.set(Number(key.value), to);
  }
  const parts = [...text].map((character) => map.get(character.codePointAt(0) ?? 0) ?? character);
  if (parts.reduce((length, part) => length + part.length, 0) > MAX_LENGTH)
    return unknown("budget", "a very long string");
  return str(parts.join(""));
}

/** `str.maketrans(...)`: a dict of code points. */
export function translationTable(args: readonly Value[]): Value | undefined {
  const [from, to, removed] = args;
  const entry = (character: string, value: Value) => ({
    ...{ key: int(character.codePointAt(0) ?? 0), value, site: undefined, valueSite: undefined },
  });
  if (from?.kind === "dict" && to === undefined) {
    const keys = from.entries.map(({ key, value }) =>
      key?.kind === "str" && [...key.value].length === 1 ? entry(key.value, value) : undefined,
    );
    if (keys.includes(undefined)) return undefined;
    return { kind: "dict", entries: keys as readonly ReturnType<typeof entry>[] };
  }
  if (from?.kind !== "str" || to?.kind !== "str" || (removed !== undefined && removed.kind !== "str")) return undefined;
  const [left, right] = [[...from.value], [...to.value]];
  if (left.length !== right.length) throw new PythonRaise("ValueError");
  const table = new Map(left.map((character, index) => [character, int(right[index]?.codePointAt(0) ?? 0) as Value]));
  for (const character of removed?.value ?? "") table.set(character, { kind: "none" });
  return { kind: "dict", entries: [...table].map(([character, value]) => entry(character, value)) };
}
