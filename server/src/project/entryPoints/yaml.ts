import type { Node, Pair, YAMLMap } from "yaml";
import { isAlias, isMap, isPair, isScalar, isSeq } from "yaml";
import type { Range } from "../../base/text";
import { parseYamlDocuments } from "../../documents/parse";
import { scanCommand } from "./commandLine";
import { unquotedRange } from "./lines";
import type { EntryFile, Place, ScanBuilder } from "./scan";

/** Maps whose entries are variables of a process, in every YAML dialect that is read. */
const VARIABLE_MAPS =
  /^(?:environment|env|env_variables|envVars|variables|data|stringData|build_environment|containerEnv|remoteEnv)$/;

/** Chooses the place of what stands below a key; `undefined` leaves that part out. */
export type PlaceOf = (path: readonly string[], value: unknown, place: Place) => Place | undefined;

/**
 * Walks all documents of a YAML (or JSON) file and hands variables and commands to the builder: maps of variables, lists of
 * `NAME=value`, lists of `{name, value}`, and strings that hold a command. Gives false when the text is no YAML (a
 * template) or goes beyond the limits: then nothing was taken.
 */
export function walkYaml(file: EntryFile, builder: ScanBuilder, place: Place, placeOf: PlaceOf): boolean {
  const documents = parseDocuments(file.text);
  if (documents === undefined) return false;
  const walker = new YamlWalker(file, builder, placeOf);
  for (const contents of documents) walker.node(contents, [], place);
  return true;
}

function parseDocuments(text: string): readonly (Node | null)[] | undefined {
  try {
    const documents = parseYamlDocuments(text, {});
    return documents.some((each) => each.errors.length > 0) ? undefined : documents.map((each) => each.contents);
  } catch {
    return undefined;
  }
}

class YamlWalker {
  private readonly file: EntryFile;
  private readonly builder: ScanBuilder;
  private readonly placeOf: PlaceOf;

  constructor(file: EntryFile, builder: ScanBuilder, placeOf: PlaceOf) {
    this.file = file;
    this.builder = builder;
    this.placeOf = placeOf;
  }

  node(node: unknown, path: readonly string[], place: Place): void {
    if (isMap(node)) this.map(node, path, place);
    else if (isSeq(node)) this.sequence(node.items, path, place);
    else if (isScalar(node) && typeof node.value === "string") this.text(node, path, place);
  }

  private map(map: YAMLMap, path: readonly string[], place: Place): void {
    const name = stringAt(map, "name") ?? stringAt(map, "key");
    const value = map.items.find((pair) => keyOf(pair) === "value")?.value;
    if (name !== undefined && /^[A-Z][A-Z0-9_]*$/.test(name) && (isScalar(value) || map.has("valueFrom"))) {
      this.variable(name, value, map, place);
      return;
    }
    for (const pair of map.items) if (isPair(pair)) this.pair(pair, path, place);
  }

  private pair(pair: Pair, path: readonly string[], place: Place): void {
    const key = keyOf(pair);
    const inner = [...path, key];
    const next = this.placeOf(inner, pair.value, place);
    if (next === undefined || isAlias(pair.value)) return;
    const holder = path[path.length - 1] ?? "";
    const isVariable = VARIABLE_MAPS.test(holder) || /^DJANGO_(?:SETTINGS_MODULE|CONFIGURATION)$/.test(key);
    if (isVariable && /^[A-Za-z_]\w*$/.test(key) && (isScalar(pair.value) || pair.value === null))
      this.variable(key, pair.value, pair.key, next);
    // app.json: `"NAME": {"value": "x"}`.
    else if (isVariable && isMap(pair.value) && pair.value.has("value"))
      this.variable(key, pair.value.get("value", true), pair.key, next);
    else this.node(pair.value, inner, next);
  }

  private sequence(items: readonly unknown[], path: readonly string[], place: Place): void {
    const holder = path[path.length - 1] ?? "";
    if (/^(?:command|entrypoint|args|cmd)$/.test(holder) && items.every((item) => isScalar(item))) {
      const range = spanOf(items);
      if (range !== undefined)
        scanCommand(this.file.text.slice(range.start, range.end), range.start, this.builder, place);
      return;
    }
    for (const item of items) {
      const pair = isScalar(item) && typeof item.value === "string" ? /^(\w+)=(.*)$/s.exec(item.value) : null;
      if (pair !== null && VARIABLE_MAPS.test(holder)) this.listed(item, pair, place);
      else this.node(item, path, place);
    }
  }

  private listed(item: unknown, pair: RegExpExecArray, place: Place): void {
    const whole = rangeOf(item, this.file.text);
    const value = pair[2] ?? "";
    if (whole === undefined) return;
    this.builder.variable(pair[1] ?? "", value, { start: whole.end - value.length, end: whole.end }, place);
  }

  private variable(name: string, value: unknown, holder: unknown, place: Place): void {
    const range = rangeOf(value, this.file.text) ?? rangeOf(holder, this.file.text);
    if (range === undefined) return;
    const raw =
      isScalar<string | number | boolean | null>(value) && value.value !== null ? String(value.value) : undefined;
    this.builder.variable(name, raw, range, place);
  }

  private text(node: Node, path: readonly string[], place: Place): void {
    const range = rangeOf(node, this.file.text);
    const key = path[path.length - 1] ?? "";
    if (range === undefined || /^(?:description|name|title|image|if)$/.test(key)) return;
    // Ranges count in the file's own text, so the command is read there and not from the folded scalar.
    for (const line of this.file.text.slice(range.start, range.end).matchAll(/(?:\\\r?\n|[^\r\n])+/g))
      if (!/^\s*#/.test(line[0])) scanCommand(line[0], range.start + line.index, this.builder, place);
  }
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function stringAt(map: YAMLMap, key: string): string | undefined {
  const value = map.get(key);
  return typeof value === "string" ? value : undefined;
}

function rangeOf(node: unknown, text: string): Range | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range ? unquotedRange(text, { start: range[0], end: range[1] }) : undefined;
}

function spanOf(items: readonly unknown[]): Range | undefined {
  const first = (items[0] as Node | undefined)?.range;
  const last = (items[items.length - 1] as Node | undefined)?.range;
  return first && last ? { start: first[0], end: last[1] } : undefined;
}
