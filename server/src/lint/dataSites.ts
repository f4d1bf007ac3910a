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
  const match = line && /^(\s*)([^=:]*?)(\s*[=:]\s*)(.*?)\s*$/.exec(line.text);
  return match ? siteInLine(place, line, match) : undefined;
}

const ENTRY = /^([ \t]*(?:export[ \t]+)?'?)([^=#\s']+)('?[ \t]*=[ \t]*)(.*?)[ \t]*$/;

/** The last line that gives the variable a text: all readers of such files take that. */
function siteInEnv(text: string, place: DataPlace): DataSite | undefined {
  for (const line of linesOf(text).toReversed()) {
    const match = ENTRY.exec(line.text);
    if (match !== null && match[2] === place.keys[0]) return siteInLine(place, line, match);
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

/** `match`: what stands before the name, the name, what stands between it and the value, the value. */
function siteInLine({ file, format }: DataPlace, line: Line, match: RegExpExecArray): DataSite {
  const [, before = "", name = "", sign = "", written = ""] = match;
  const start = line.start + before.length;
  const key: Range = { start, end: start + name.length };
  const quoted = format === "env" ? /^(["'])(.*)\1$/.exec(written)?.[2] : undefined;
  const word = quoted ?? written;
  const from = key.end + sign.length + (quoted === undefined ? 0 : 1);
  return { key: siteOf(file, key), value: siteOf(file, { start: from, end: from + word.length }), word };
}
