import type { Range } from "../../base/text";
import { itemsOf, nodeAt, readTrees, textOf, type TreeEntry, type TreeNode } from "../../documents/tree";
import { scanCommand } from "./commandLine";
import { usageOfName, usageOfPath } from "../nameWords";
import type { EntryFile, Place, ScanResult } from "./scan";
import { ScanBuilder } from "./scan";

/** What a variable's entry has in place of its text, where the platform makes it or takes it from elsewhere. */
const GIVEN_ELSEWHERE = ["valueFrom", "generateValue", "sync", "fromDatabase", "fromService", "fromGroup"];
/** Maps whose entries are variables of a process, in every dialect that is read. */
const VARIABLE_MAPS =
  /^(?:environment|env|envs|env_variables|envVars|environment_variables|aws_environment_variables|variables|data|stringData|build_environment|containerEnv|remoteEnv)$/;
/** Lists that are one command. */
const COMMAND_LISTS = /^(?:command|entrypoint|args|cmd|run_command|startCommand)$/;
/** Strings that hold no command. */
const NO_COMMANDS = /^(?:description|name|title|image|if)$/;

/**
 * Chooses the place of what stands below a key; `undefined` leaves that part out. The path is empty for a whole document, and ends
 * with `[]` for a map in a list.
 */
export type PlaceOf = (path: readonly string[], value: TreeNode, place: Place) => Place | undefined;

/**
 * Walks all documents of a YAML, JSON or TOML file and hands variables and commands to the builder: maps of variables, lists of
 * `NAME=value`, lists of `{name, value}`, and strings that hold a command. Gives false when the text is no such document (a
 * template) or goes beyond the limits: then nothing was taken.
 */
export function walkManifest(file: EntryFile, builder: ScanBuilder, place: Place, placeOf: PlaceOf): boolean {
  const documents = readTrees(file.path, file.text);
  if (documents === undefined) return false;
  const walker = new ManifestWalker(file, builder, placeOf);
  for (const document of documents) {
    const root = placeOf([], document, place);
    if (root !== undefined) walker.node(document, [], root);
  }
  return true;
}

class ManifestWalker {
  private readonly file: EntryFile;
  private readonly builder: ScanBuilder;
  private readonly placeOf: PlaceOf;

  constructor(file: EntryFile, builder: ScanBuilder, placeOf: PlaceOf) {
    this.file = file;
    this.builder = builder;
    this.placeOf = placeOf;
  }

  node(node: TreeNode, path: readonly string[], place: Place): void {
    if (node.kind === "map") this.map(node, path, place);
    else if (node.kind === "list") this.sequence(node.items, path, place);
    else if (typeof node.value === "string") this.text(node.range, path, place);
  }

  private map(map: TreeNode & { readonly kind: "map" }, path: readonly string[], place: Place): void {
    const name = textOf(nodeAt(map, "name")) ?? textOf(nodeAt(map, "key"));
    const value = nodeAt(map, "value");
    const isVariable = value?.kind === "scalar" || GIVEN_ELSEWHERE.some((key) => nodeAt(map, key) !== undefined);
    if (name !== undefined && /^[A-Z][A-Z0-9_]*$/.test(name) && isVariable)
      this.variable(name, value, map.range, place);
    else {
      // Whatever the map is called, what stands beside that name is set with it.
      const isSelecting = nodeAt(map, "DJANGO_SETTINGS_MODULE")?.kind === "scalar";
      for (const entry of map.entries)
        this.entry(entry, path, place, isSelecting && /^[A-Z][A-Z0-9_]*$/.test(entry.key));
    }
  }

  private entry({ key, keyRange, value }: TreeEntry, path: readonly string[], place: Place, isBeside: boolean): void {
    const inner = [...path, key];
    const next = this.placeOf(inner, value, place);
    if (next === undefined) return;
    const holder = path[path.length - 1] ?? "";
    const isVariable = isBeside || VARIABLE_MAPS.test(holder) || /^DJANGO_(?:SETTINGS_MODULE|CONFIGURATION)$/.test(key);
    const isNamed = isVariable && /^[A-Za-z_]\w*$/.test(key);
    // app.json: `"NAME": {"value": "x"}`.
    const given = value.kind === "map" ? nodeAt(value, "value") : value;
    const isGenerated = value.kind === "map" && nodeAt(value, "generator") !== undefined;
    if (isNamed && (given?.kind === "scalar" || isGenerated)) this.variable(key, given, keyRange, next);
    else this.node(value, inner, next);
  }

  private sequence(items: readonly TreeNode[], path: readonly string[], place: Place): void {
    const holder = path[path.length - 1] ?? "";
    if (COMMAND_LISTS.test(holder) && items.every((item) => item.kind === "scalar")) {
      const range = spanOf(items);
      if (range !== undefined) this.command(range, place);
      return;
    }
    for (const item of items) {
      const pair = /^(\w+)=(.*)$/s.exec(textOf(item) ?? "");
      const passed = /^[A-Z_]\w*$/.exec(textOf(item) ?? "")?.[0];
      if (pair !== null && VARIABLE_MAPS.test(holder)) this.listed(item, pair, place);
      // `- SECRET_KEY`: from the environment of whoever deploys.
      else if (passed !== undefined && VARIABLE_MAPS.test(holder)) this.variable(passed, undefined, item.range, place);
      else {
        const next = item.kind === "map" ? this.placeOf([...path, "[]"], item, place) : place;
        if (next !== undefined) this.node(item, path, next);
      }
    }
  }

  private listed({ range: { end } }: TreeNode, pair: RegExpExecArray, place: Place): void {
    const value = pair[2] ?? "";
    this.builder.variable(pair[1] ?? "", value, { start: end - value.length, end }, place, "of-value");
  }

  private variable(name: string, value: TreeNode | undefined, holder: Range, place: Place): void {
    const raw = value?.kind === "scalar" && value.value !== null ? String(value.value) : undefined;
    this.builder.variable(name, raw, value?.range ?? holder, place, "of-value");
  }

  private text(range: Range, path: readonly string[], place: Place): void {
    if (NO_COMMANDS.test(path[path.length - 1] ?? "")) return;
    // Ranges count in the file's own text, so the command is read there and not from the folded scalar.
    for (const line of this.file.text.slice(range.start, range.end).matchAll(/(?:\\\r?\n|[^\r\n])+/g))
      if (!/^\s*#/.test(line[0])) scanCommand(line[0], range.start + line.index, this.builder, place);
  }

  private command({ start, end }: Range, place: Place): void {
    scanCommand(this.file.text.slice(start, end), start, this.builder, place);
  }
}

function spanOf(items: readonly TreeNode[]): Range | undefined {
  const [first, last] = [items[0], items[items.length - 1]];
  return first && last ? { start: first.range.start, end: last.range.end } : undefined;
}

/** Reads a manifest of a platform, whose services are production's unless a name says something else. */
export function scanPlatform(file: EntryFile, placeOf: (builder: ScanBuilder) => PlaceOf): ScanResult {
  const builder = new ScanBuilder(file);
  const place: Place = { kind: "paas", purpose: usageOfPath(file.relative) ?? "production", deploys: true };
  walkManifest(file, builder, place, placeOf(builder));
  return builder.result();
}

/** The place of a service or process with variables of its own; its name may say what it is for. */
export function servicePlace(place: Place, name: string | undefined): Place {
  return { ...place, scope: name ?? "", purpose: usageOfName(name ?? "") ?? place.purpose };
}

/** A command that runs at certain times or takes tasks, whatever it is. */
export function startWorker(builder: ScanBuilder, node: TreeNode, place: Place): void {
  builder.start({ serves: "worker", application: undefined, reloads: false }, node.range, place);
}

/** The strings of a string, of a list of them, or of maps that have a `path`. */
export function textsIn(node: TreeNode): readonly string[] {
  if (node.kind === "list") return itemsOf(node).flatMap(textsIn);
  const text = node.kind === "map" ? textOf(nodeAt(node, "path")) : textOf(node);
  return text === undefined ? [] : [text];
}
