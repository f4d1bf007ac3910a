import type { Document, Node, Pair } from "yaml";
import { isAlias, isMap, isPair, isScalar, isSeq } from "yaml";
import type { Range } from "../base/text";
import { parseTomlDocument, parseYamlDocuments } from "./parse";
import { tomlPlaces } from "./tomlPlaces";

/** A part of a YAML, JSON or TOML document and where it is written; a string's range is without its quotes. */
export type TreeNode =
  | { readonly kind: "map"; readonly entries: readonly TreeEntry[]; readonly range: Range }
  | { readonly kind: "list"; readonly items: readonly TreeNode[]; readonly range: Range }
  | { readonly kind: "scalar"; readonly value: TreeScalar; readonly range: Range };

export type TreeScalar = string | number | boolean | null;

export interface TreeEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: TreeNode;
}

/** More parts than this are not made of one file: aliases repeat what they stand for. Real manifests have up to about 5,000. */
const MAX_NODES = 200_000;

/**
 * The documents of a text, by the ending of its file's name (JSON is read as YAML). `undefined` where the text is no such
 * document or goes beyond the limits of {@link excessOf}: then nothing of it counts.
 */
export function readTrees(path: string, text: string): readonly TreeNode[] | undefined {
  try {
    return path.endsWith(".toml") ? [tomlTree(text)] : yamlTrees(text);
  } catch {
    return undefined;
  }
}

/** The value below some keys; `undefined` where one is missing. */
export function nodeAt(node: TreeNode | undefined, ...keys: readonly string[]): TreeNode | undefined {
  let found = node;
  for (const key of keys) found = entriesOf(found).find((entry) => entry.key === key)?.value;
  return found;
}

export function entriesOf(node: TreeNode | undefined): readonly TreeEntry[] {
  return node?.kind === "map" ? node.entries : [];
}

export function itemsOf(node: TreeNode | undefined): readonly TreeNode[] {
  return node?.kind === "list" ? node.items : [];
}

/** The text of a string; `undefined` for everything else. */
export function textOf(node: TreeNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

function yamlTrees(text: string): readonly TreeNode[] | undefined {
  const documents = parseYamlDocuments(text, {});
  if (documents.some((each) => each.errors.length > 0)) return undefined;
  const maker = new YamlTree(text);
  return documents.flatMap((each) => maker.document(each) ?? []);
}

class YamlTree {
  private readonly text: string;
  private document_: Document.Parsed | undefined;
  private left = MAX_NODES;

  constructor(text: string) {
    this.text = text;
  }

  document(document: Document.Parsed): TreeNode | undefined {
    this.document_ = document;
    return this.node(document.contents);
  }

  private node(node: unknown): TreeNode | undefined {
    if ((this.left -= 1) < 0) return undefined;
    if (isAlias(node)) return this.document_ === undefined ? undefined : this.node(node.resolve(this.document_));
    const range = rangeOf(node, this.text);
    if (range === undefined) return undefined;
    if (isMap(node)) return { kind: "map", entries: this.entries(node.items), range };
    if (isSeq(node)) return { kind: "list", items: node.items.flatMap((item) => this.node(item) ?? []), range };
    return isScalar(node) ? { kind: "scalar", value: scalarOf(node.value), range } : undefined;
  }

  /** `<<: *common` gives the entries of what it stands for, those that are written here excepted. */
  private entries(pairs: readonly unknown[]): readonly TreeEntry[] {
    const isMerge = (pair: unknown): pair is Pair => isPair(pair) && keyOf(pair) === "<<";
    const own = pairs.filter((pair) => isPair(pair) && !isMerge(pair)) as readonly Pair[];
    const entries = own.flatMap((pair) => this.entry(pair));
    const names = new Set(entries.map(({ key }) => key));
    const merged = pairs.filter(isMerge).flatMap((pair) => this.merged(pair));
    return [...entries, ...merged.filter(({ key }) => !names.has(key) && names.add(key))];
  }

  private entry(pair: Pair): readonly TreeEntry[] {
    const keyRange = rangeOf(pair.key, this.text) ?? { start: 0, end: 0 };
    const empty: TreeNode = { kind: "scalar", value: null, range: keyRange };
    const value = pair.value === null ? empty : this.node(pair.value);
    return value === undefined ? [] : [{ key: keyOf(pair), keyRange, value }];
  }

  private merged(pair: Pair): readonly TreeEntry[] {
    const value = this.node(pair.value);
    return value?.kind === "list" ? value.items.flatMap(entriesOf) : entriesOf(value);
  }
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}

function scalarOf(value: unknown): TreeScalar {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return typeof value === "bigint" ? String(value) : null;
}

function rangeOf(node: unknown, text: string): Range | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range ? unquoted(text, { start: range[0], end: range[1] }) : undefined;
}

function tomlTree(text: string): TreeNode {
  const parsed = parseTomlDocument(text, { integersAsBigInt: false });
  const places = tomlPlaces(text);
  const nowhere = { start: 0, end: 0 };
  const node = (value: unknown, path: readonly string[]): TreeNode => {
    const range = unquoted(text, places(path)?.value ?? nowhere);
    if (Array.isArray(value))
      return { kind: "list", items: value.map((item, index) => node(item, [...path, String(index)])), range };
    if (typeof value !== "object" || value === null || value instanceof Date)
      return { kind: "scalar", value: scalarOf(value instanceof Date ? String(value) : value), range };
    const entries = Object.entries(value).map(([key, each]) => {
      const inner = [...path, key];
      return { key, keyRange: places(inner)?.key ?? nowhere, value: node(each, inner) };
    });
    return { kind: "map", entries, range };
  };
  return node(parsed, []);
}

function unquoted(text: string, range: Range): Range {
  for (const quote of ['"""', "'''", '"', "'"]) {
    const isWhole = range.end - range.start >= 2 * quote.length && text.startsWith(quote, range.start);
    if (isWhole && text.startsWith(quote, range.end - quote.length))
      return { start: range.start + quote.length, end: range.end - quote.length };
  }
  return range;
}
