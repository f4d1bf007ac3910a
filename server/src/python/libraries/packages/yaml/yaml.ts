import { parseIntText } from "../../../semantics/text";
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type Scalar } from "yaml";
import { DocumentExcess, parseYamlDocuments } from "../../../../documents/parse";
import { PythonRaise } from "../../../values/raise";
import { certaintyOf } from "../../../values/symbolic";
import { bool, float, int, list, NONE, str, unknown, type Value } from "../../../values/value";
import { spend } from "../../../values/fuel";
import { DictBuilder } from "../../../values/dicts";

const MAX_DEPTH = 60;
/** Aliases of aliases multiply: a few lines can stand for billions of values. */
const MAX_VALUES = 100_000;

/**
 * `yaml.safe_load(text)` of PyYAML, whose plain scalars follow YAML 1.1 with its own patterns: `yes` is true, `010` is eight,
 * `1e3` is a text. Tags, dates and numbers in base 60 are not known.
 */
export function parseYaml(text: string): Value {
  const documents = parsedDocuments(text);
  if (typeof documents === "string") return unknown("budget", `a YAML file that cannot be read: ${documents}`);
  const [document] = documents;
  if (document === undefined) return NONE;
  // PyYAML raises where a second document follows.
  if (document.errors.length > 0 || documents.length > 1)
    return unknown("unsupported", "a YAML file that may not be well-formed");
  if (document.contents === null) return NONE;
  return new Reader(document, text.endsWith("\n")).value(document.contents, 0);
}

/** The documents, or what keeps them from being parsed. */
function parsedDocuments(text: string): readonly Document.Parsed[] | string {
  try {
    return parseYamlDocuments(text, { version: "1.1", merge: true });
  } catch (error) {
    if (error instanceof DocumentExcess) return error.message;
    throw error;
  }
}

class Reader {
  private readonly document: Document;
  private readonly endsWithLine: boolean;
  private values = 0;

  constructor(document: Document, endsWithLine: boolean) {
    this.document = document;
    this.endsWithLine = endsWithLine;
  }

  value(node: unknown, depth: number): Value {
    spend(2);
    if (depth > MAX_DEPTH) return unknown("budget", "a deeply nested YAML file");
    if ((this.values += 1) > MAX_VALUES) return unknown("budget", "a YAML file with too many values");
    if (node === null || node === undefined) return NONE;
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      return target === undefined ? unknown("unsupported", "an alias in YAML") : this.value(target, depth + 1);
    }
    if ((node as Node).tag !== undefined) return unknown("unsupported", "a tag in YAML");
    if (isScalar(node)) {
      // The end of a block at the end of a file that has no last line end is Python's own.
      const isOpenBlock = !this.endsWithLine && node.type?.startsWith("BLOCK") === true;
      return isOpenBlock ? unknown("unsupported", "a block at the end of a YAML file") : scalar(node);
    }
    if (isSeq(node)) return list(node.items.map((item) => this.value(item, depth + 1)));
    return isMap(node) ? this.mapping(node.items, depth) : unknown("unsupported", "YAML of this form");
  }

  private mapping(pairs: readonly Pair[], depth: number): Value {
    const merged = pairs.filter((pair) => isMergeKey(pair.key));
    const dict = new DictBuilder();
    for (const pair of merged)
      if (!this.mergeInto(dict, pair.value, depth)) return unknown("unsupported", "a merge in YAML");
    for (const pair of pairs) {
      if (isMergeKey(pair.key)) continue;
      if (pair.key === null || (isScalar(pair.key) && pair.key.source === "" && pair.key.type === "PLAIN"))
        return unknown("unsupported", "a mapping in YAML without a key");
      const key = this.value(pair.key, depth + 1);
      if (certaintyOf(key) !== "concrete" || key.kind === "list" || key.kind === "dict")
        return unknown("unsupported", "a key in YAML");
      dict.add(key, this.value(pair.value, depth + 1), undefined);
    }
    return dict.dict;
  }

  /** `<<: *other`: PyYAML puts the merged keys in front; of several mappings the first wins. */
  private mergeInto(dict: DictBuilder, source: unknown, depth: number): boolean {
    const value = this.value(source, depth + 1);
    const parts = value.kind === "list" ? value.items.map((item) => item.value).toReversed() : [value];
    for (const part of parts) {
      if (part.kind !== "dict") return false;
      for (const { key, value: inner } of part.entries) if (key !== undefined) dict.add(key, inner, undefined);
    }
    return true;
  }
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === "PLAIN" && key.source === "<<";
}

function scalar(node: Scalar): Value {
  const source = node.source ?? "";
  if (node.type !== "PLAIN") return str(source);
  return plain(source);
}

// The patterns of PyYAML's resolver.py.
const BOOL = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INT = /^[-+]?(?:0b[0-1_]+|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const TIMESTAMP = /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d|$)/;

function plain(text: string): Value {
  if (NULL.test(text)) return NONE;
  if (BOOL.test(text)) return bool(/^(?:yes|true|on)$/i.test(text));
  if (SEXAGESIMAL.test(text) || TIMESTAMP.test(text) || text === "=" || text === "<<")
    return unknown("unsupported", "a date or a number in base 60 in YAML");
  if (INT.test(text)) return int(integer(text.replaceAll("_", "")));
  return FLOAT.test(text) ? float(floating(text.replaceAll("_", "").toLowerCase())) : str(text);
}

function integer(text: string): bigint {
  const sign = text.startsWith("-") ? -1n : 1n;
  const digits = text.replace(/^[-+]/, "");
  try {
    if (digits === "0") return 0n;
    if (/^0[0-7]+$/.test(digits)) return sign * BigInt(`0o${digits.slice(1)}`);
    return sign * (/^0/.test(digits) ? BigInt(digits) : parseIntText(digits));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new PythonRaise("ValueError");
  }
}

function floating(text: string): number {
  if (text.endsWith("inf")) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return text === ".nan" ? Number.NaN : Number(text);
}
