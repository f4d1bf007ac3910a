import type { ImportFrom } from "../../syntax/ast";
import type { Display } from "./display";
import { displayOf } from "./display";
import type { Sources } from "./editHost";
import type { NewImport } from "./importBlock";
import { compareImportedNames, ImportBlock, leadingImports } from "./importBlock";
import { absoluteOfWritten, writtenModule } from "./moduleNames";
import type { NameTables, TopLevelName } from "./nameTable";
import type { Source } from "./source";
import type { TextEdits } from "./textEdits";
import { RANK } from "./textEdits";

/** A name that a fix relies on: which import would bind it, and from which offset on it is bound. */
interface Use {
  readonly root: string;
  readonly from: number;
  readonly module: string;
  readonly name: string | undefined;
}

/** Adds a name to an existing `from x import ...`. */
export type AddName = (display: Display, index: number, text: string) => void;

/** What one fix imports in one file. */
export class FileImports {
  readonly block: ImportBlock;
  private readonly sources: Sources;
  private readonly source: Source;
  private readonly names: ReadonlyMap<string, TopLevelName>;
  private readonly addName: AddName;
  private readonly given = new Map<string, string>();
  private readonly uses: Use[] = [];
  private readonly added: NewImport[] = [];
  private readonly taken = new Set<string>();

  constructor(sources: Sources, tables: NameTables, source: Source, addName: AddName) {
    this.sources = sources;
    this.source = source;
    this.names = tables.of(source.path);
    this.addName = addName;
    this.block = new ImportBlock(sources.host, source);
  }

  /** The expression for `module`, or for `name` of it; what is missing is imported. `module` may be relative (`.base`). */
  expression(module: string, name?: string): string {
    const absolute = absoluteOfWritten(this.sources.host, this.source.path, module) ?? module;
    const wanted = name === undefined ? absolute : `${absolute}.${name}`;
    const known = this.given.get(wanted);
    if (known !== undefined) return known;
    const expression = this.existing(absolute, name, wanted) ?? this.add(module, absolute, name);
    this.given.set(wanted, expression);
    return expression;
  }

  /** The expression for an attribute of a module that is usually imported whole: `os.environ` unless it is there as `environ`. */
  attribute(module: string, name: string): string {
    return this.existing(module, name, `${module}.${name}`) ?? `${this.expression(module)}.${name}`;
  }

  /** A name for a new top-level variable that the file does not use yet. */
  freeName(candidates: readonly string[]): string {
    const free = candidates.find((each) => this.isFree(each)) ?? `_${candidates[0] ?? "value"}`;
    this.taken.add(free);
    return free;
  }

  /** Imports at the head of the file what `text`, standing at `offset`, uses and what the file imports only further down. */
  makeAvailable(offset: number, text: string): void {
    for (const use of this.uses) {
      if (use.from <= offset || !mentions(text, use.root)) continue;
      const isKnown = this.added.some((each) => each.module === use.module && boundNames(each).includes(use.root));
      if (!isKnown) this.addLine(use.module, use.name, use.root);
    }
  }

  write(edits: TextEdits): void {
    this.block.write(this.added, (offset, text) => edits.insertLines(offset, text, RANK.import));
  }

  private existing(module: string, name: string | undefined, wanted: string): string | undefined {
    let owner: TopLevelName | undefined;
    for (const each of this.names.values()) {
      if (!each.certain) continue;
      if (each.means === wanted || each.imported === wanted) return this.use(each, each.name, module, name);
      if (each.means === module && each.imported === undefined) owner ??= each;
    }
    if (name !== undefined && owner !== undefined) return this.use(owner, `${owner.name}.${name}`, module, undefined);
    const suffix = name === undefined ? "" : `.${name}`;
    const os = this.names.get("os");
    if (module === "os.path" && os?.certain === true && os.means === "os")
      return this.use(os, `os.path${suffix}`, "os", undefined);
    for (const statement of this.source.module.body) {
      if (statement.kind !== "Import") continue;
      const isPlain = statement.names.some((each) => each.name === module && each.asname === undefined);
      const root = this.names.get(module.split(".")[0] ?? module);
      if (isPlain && root?.certain === true) return this.use(root, module + suffix, module, undefined);
    }
    return undefined;
  }

  private use(bound: TopLevelName, expression: string, module: string, name: string | undefined): string {
    this.uses.push({ root: bound.name, from: bound.from, module, name });
    return expression;
  }

  private add(written: string, absolute: string, name: string | undefined): string {
    const local = name ?? written;
    const root = local.split(".")[0] ?? local;
    const bound =
      this.isFree(root) || this.bindsPackage(root, absolute, name) ? local : `_${local.split(".").pop() ?? local}`;
    this.taken.add(bound.split(".")[0] ?? bound);
    const statement = name === undefined ? undefined : this.fromStatement(absolute);
    if (name !== undefined && statement !== undefined)
      this.extend(statement, bound === name ? name : `${name} as ${bound}`);
    else this.addLine(written, name, bound);
    return bound;
  }

  /** `import a.c` beside `import a.b` binds the same `a`. */
  private bindsPackage(root: string, module: string, name: string | undefined): boolean {
    return name === undefined && module.includes(".") && this.names.get(root)?.means === root;
  }

  private isFree(name: string): boolean {
    return !this.names.has(name) && !this.taken.has(name);
  }

  private fromStatement(absolute: string): ImportFrom | undefined {
    return leadingImports(this.source).find(
      (each): each is ImportFrom =>
        each.kind === "ImportFrom" &&
        each.names !== "*" &&
        absoluteOfWritten(this.sources.host, this.source.path, writtenModule(each)) === absolute,
    );
  }

  private extend(statement: ImportFrom, text: string): void {
    const display = displayOf(this.source, statement);
    if (display === undefined || statement.names === "*") return;
    const names = statement.names.map((each) => each.name);
    const isSorted = names.every((each, at) => at === 0 || compareImportedNames(names[at - 1] ?? "", each) <= 0);
    const index = isSorted ? names.findIndex((each) => compareImportedNames(each, text) > 0) : -1;
    this.addName(display, index < 0 ? names.length : index, text);
  }

  private addLine(module: string, name: string | undefined, bound: string): void {
    if (name === undefined) {
      this.added.push({
        module,
        names: undefined,
        alias: bound === module || module.startsWith(`${bound}.`) ? undefined : bound,
      });
      return;
    }
    const text = bound === name ? name : `${name} as ${bound}`;
    const line = this.added.find((each) => each.module === module && each.names !== undefined);
    if (line?.names === undefined) this.added.push({ module, names: [text], alias: undefined });
    else if (!line.names.includes(text)) line.names.push(text);
  }
}

function boundNames(line: NewImport): readonly string[] {
  if (line.names === undefined) return [line.alias ?? line.module.split(".")[0] ?? line.module];
  return line.names.map((each) => each.split(" as ").pop() ?? each);
}

/** Whether a piece of Python source uses a name: strings and attributes of the same spelling do not count. */
function mentions(text: string, name: string): boolean {
  return identifiersOf(text).has(name);
}

/** A string with its prefix, or a comment. */
const TEXT = /(?<![A-Za-z])([A-Za-z]*)(?:("""|''')[\s\S]*?(?:\2|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)|#[^\n]*/g;

/** The identifiers in a piece of Python source that are not attributes, keywords' names included; of strings what f-strings fill in. */
export function identifiersOf(text: string): ReadonlySet<string> {
  const code = text.replace(TEXT, (whole, prefix: string | undefined) =>
    /f/i.test(prefix ?? "") ? ` ${filledIn(whole)} ` : '""',
  );
  return new Set([...code.matchAll(/(?<![\w.])[^\W\d]\w*/gu)].map((match) => match[0]));
}

function filledIn(text: string): string {
  const fields = text.replace(/\{\{|\}\}/g, "").matchAll(/\{([^{}]*)/g);
  return [...fields].map((match) => match[1] ?? "").join(" ");
}
