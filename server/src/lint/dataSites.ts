import type { Range } from "../base/text";
import { entriesOf, itemsOf, readTrees, type TreeEntry, type TreeNode } from "../documents/tree";
import { iniLine } from "../python/libraries/stdlib/iniText";
import type { DataPlace } from "../python/values/dataPlaces";
import { siteOf } from "./rule";
import type { DataSite } from "./setting";

/** Where a file of data with this text has a value; `undefined` where it has none any more. */
export function dataSiteIn(text: string, place: DataPlace): DataSite | undefined {
  switch (place.format) {
    case "tree":
      return siteInTree(text, place);
    case "ini":
      return siteInIni(text, place);
    case "env":
      return siteInEnv(text, place);
  }
}

function siteInTree(text: string, { file, keys }: DataPlace): DataSite | undefined {
  let found: readonly TreeEntry[] = [];
  let holders: readonly TreeNode[] = readTrees(file, text) ?? [];
  for (const key of keys) {
    // Of a key that is there twice, the last counts.
    found = holders.flatMap((holder) => partsOf(holder).findLast((part) => part.key === key) ?? []);
    holders = found.map(({ value }) => value);
  }
  const entry = found.at(-1);
  return entry && { key: siteOf(file, entry.keyRange), value: siteOf(file, entry.value.range), word: undefined };
}

/** What stands in a list has its index for a key. */
function partsOf(node: TreeNode): readonly TreeEntry[] {
  if (node.kind !== "list") return entriesOf(node);
  return itemsOf(node).map((value, index) => ({ key: String(index), keyRange: value.range, value }));
}

function siteInIni(text: string, place: DataPlace): DataSite | undefined {
  const [section = "", option = ""] = place.keys;
  const index = iniLine(text.replace(/\r\n?/g, "\n"), section, option);
  const line = index === undefined ? undefined : linesOf(text)[index];
  const parts = line && entryIn(line.text, /[=:]/, /^\s*/);
  return parts ? siteInLine(place, line, parts) : undefined;
}

interface LineEntry {
  /** The length of what stands before the name. */
  readonly before: number;
  readonly name: string;
  /** What stands between the name and the value. */
  readonly sign: string;
  readonly value: string;
}

/** `sign`: what ends the name; `lead`: what may stand before it. One expression for all of it would try each blank. */
function entryIn(text: string, sign: RegExp, lead: RegExp): LineEntry | undefined {
  const at = text.search(sign);
  if (at < 0) return undefined;
  const before = lead.exec(text.slice(0, at))?.[0].length ?? 0;
  const name = text.slice(before, at).trimEnd().replace(/'$/, "");
  const after = text.slice(at + 1);
  const valueAt = at + 1 + after.length - after.trimStart().length;
  return { before, name, sign: text.slice(before + name.length, valueAt), value: after.trim() };
}

/** The last line that gives the variable a text: all readers of such files take that. */
function siteInEnv(text: string, place: DataPlace): DataSite | undefined {
  for (const line of linesOf(text).toReversed()) {
    const entry = entryIn(line.text, /=/, /^[ \t]*(?:export[ \t]+)?'?/);
    if (entry !== undefined && entry.name === place.keys[0]) return siteInLine(place, line, entry);
  }
  return undefined;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g)].map((match) => ({
    text: match[1] ?? "",
    start: match.index,
  }));
}

function siteInLine(
  { file, format }: DataPlace,
  line: Line,
  { before, name, sign, value: written }: LineEntry,
): DataSite {
  const start = line.start + before;
  const key: Range = { start, end: start + name.length };
  const quoted = format === "env" ? /^(["'])(.*)\1$/.exec(written)?.[2] : undefined;
  const word = quoted ?? written;
  const from = key.end + sign.length + (quoted === undefined ? 0 : 1);
  return { key: siteOf(file, key), value: siteOf(file, { start: from, end: from + word.length }), word };
}
