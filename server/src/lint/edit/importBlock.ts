import type { FilePath } from "../../base/path";
import type { Import, ImportFrom, Stmt } from "../../syntax/ast";
import type { EditHost } from "./editHost";
import { writtenModule } from "./moduleNames";
import type { Source } from "./source";
import { isStandardLibrary } from "../../project/standardLibrary";

/** A line to add: `import module as alias`, or with names `from module import a, b`. */
export interface NewImport {
  /** As written, with its dots. */
  readonly module: string;
  readonly names: string[] | undefined;
  readonly alias: string | undefined;
}

/** Sections in isort's order: `__future__`, standard library, third party, first party, relative. */
type Section = 0 | 1 | 2 | 3 | 4;

interface Key {
  readonly section: Section;
  /** isort puts `import x` before `from x import y` in each section. */
  readonly isFrom: boolean;
  readonly module: string;
}

type ImportStatement = Import | ImportFrom;

/** The statements at the head of a module that only import, behind its docstring. */
export function leadingImports(source: Source): readonly ImportStatement[] {
  const imports: ImportStatement[] = [];
  for (const [index, statement] of source.module.body.entries()) {
    if (statement.kind === "Import" || statement.kind === "ImportFrom") imports.push(statement);
    else if (index > 0 || !isDocstring(statement)) break;
  }
  return imports;
}

function isDocstring(statement: Stmt | undefined): boolean {
  return statement?.kind === "Expr" && statement.value.kind === "Str";
}

/** Where a new line goes and what stands around it there. */
interface Slot {
  readonly offset: number;
  /** The section of the statement before and after, where that is an import. */
  readonly before: Section | undefined;
  readonly after: Section | undefined;
}

/** Decides where new imports of one file go, and writes them. Sorts as isort does with its defaults (as ruff's `I001` does). */
export class ImportBlock {
  private readonly host: EditHost;
  private readonly source: Source;
  private readonly statements: readonly ImportStatement[];
  private readonly separates: boolean;
  /** The file sorts `import x` and `from x import y` together (isort's `force_sort_within_sections`). */
  private readonly mixesForms: boolean;

  constructor(host: EditHost, source: Source) {
    this.host = host;
    this.source = source;
    this.statements = leadingImports(source);
    this.mixesForms = this.statements.some((each, at) => this.followsFromImport(each, at));
    this.separates = this.sectionsAreSeparated();
  }

  /** The offset behind the whole block; where the block will stand if there is none yet. */
  get end(): number {
    const last = this.statements[this.statements.length - 1];
    return last === undefined ? this.head() : this.lineAfter(last);
  }

  get isEmpty(): boolean {
    return this.statements.length === 0;
  }

  /** Writes the lines, each in its place; `insert` gets complete lines. */
  write(lines: readonly NewImport[], insert: (offset: number, text: string) => void): void {
    const placed = lines.map((line) => ({ line, key: this.keyOf(line), slot: this.slotFor(this.keyOf(line)) }));
    placed.sort((a, b) => compareKeys(a.key, b.key));
    const offsets = [...new Set(placed.map((each) => each.slot.offset))];
    for (const offset of offsets) {
      const group = placed.filter((each) => each.slot.offset === offset);
      insert(offset, this.render(offset, group));
    }
  }

  private render(offset: number, group: readonly { line: NewImport; key: Key; slot: Slot }[]): string {
    let text = "";
    let section = group[0]?.slot.before;
    for (const { line, key } of group) {
      if (section !== undefined && section !== key.section && this.separates) text += "\n";
      text += `${render(line)}\n`;
      section = key.section;
    }
    const after = group[0]?.slot.after;
    if (after !== undefined && after !== section && this.separates && !this.isBlankAt(offset)) text += "\n";
    if (this.isEmpty) text = this.framed(offset, text);
    return text;
  }

  /** A first import stands apart from the docstring before it and the code behind it. */
  private framed(offset: number, text: string): string {
    const { source } = this;
    const before = source.text.slice(0, offset);
    const gap = this.hasDocstring() && !/\n[ \t]*\r?\n$/.test(before) ? "\n" : "";
    const isLast = source.text.slice(offset).trim() === "";
    return gap + text + (isLast || this.isBlankAt(offset) ? "" : "\n");
  }

  private hasDocstring(): boolean {
    return isDocstring(this.source.module.body[0]);
  }

  private isBlankAt(offset: number): boolean {
    return this.source.isBlankLine(this.source.lineOf(offset));
  }

  private slotFor(key: Key): Slot {
    const keyed = this.statements.map((statement) => ({ statement, key: this.keyOfStatement(statement) }));
    const peers = keyed.filter((each) => each.key.section === key.section);
    const follower = peers.find((each) => compareKeys(each.key, key) > 0);
    const leader = follower === undefined ? peers[peers.length - 1] : undefined;
    const lower = keyed.findLast((each) => each.key.section < key.section);
    const anchor = leader ?? (peers.length === 0 ? lower : undefined);
    if (anchor !== undefined) {
      const next = keyed[keyed.indexOf(anchor) + 1];
      return { offset: this.lineAfter(anchor.statement), before: anchor.key.section, after: next?.key.section };
    }
    const target = follower ?? keyed[0];
    if (target === undefined) return { offset: this.head(), before: undefined, after: undefined };
    const previous = keyed[keyed.indexOf(target) - 1];
    const before = follower === undefined ? undefined : previous?.key.section;
    return {
      offset: this.source.lineStart(target.statement.start),
      before: before === key.section ? before : undefined,
      after: target.key.section,
    };
  }

  /** The line after a statement and what shares its last line. */
  private lineAfter(statement: Stmt): number {
    let end = statement.end;
    for (const each of this.source.module.body)
      if (each.start >= end && this.source.lineOf(each.start) === this.source.lineOf(end)) end = each.end;
    return this.source.nextLine(end);
  }

  /** Where the first import of a module goes: behind its docstring, else behind the comments that head the file. */
  private head(): number {
    const { source } = this;
    const first = source.module.body[0];
    if (first !== undefined && isDocstring(first)) return this.lineAfter(first);
    const limit = first === undefined ? source.lines.lineCount : source.lineOf(first.start);
    const isComment = (line: number): boolean =>
      line < limit && source.lines.lineText(line).trimStart().startsWith("#");
    let line = 0;
    while (isComment(line)) line += 1;
    // A comment right above the first statement is about that, except for what the interpreter reads.
    const isHeader = line < source.lines.lineCount && source.isBlankLine(line) && line > 0 && line < limit;
    if (isHeader) {
      while (line < limit && source.isBlankLine(line)) line += 1;
      return source.lines.lineStart(line);
    }
    let special = 0;
    while (special < 2 && /^#(!|.*coding[:=])/.test(source.lines.lineText(special))) special += 1;
    return source.lines.lineStart(special);
  }

  private keyOf(line: NewImport): Key {
    return {
      section: this.sectionOf(line.module),
      isFrom: !this.mixesForms && line.names !== undefined,
      module: line.module,
    };
  }

  private keyOfStatement(statement: ImportStatement): Key {
    const module = statement.kind === "Import" ? (statement.names[0]?.name ?? "") : writtenModule(statement);
    return { section: this.sectionOf(module), isFrom: !this.mixesForms && statement.kind === "ImportFrom", module };
  }

  private followsFromImport(statement: ImportStatement, index: number): boolean {
    const before = this.statements[index - 1];
    if (statement.kind !== "Import" || before?.kind !== "ImportFrom") return false;
    return this.sectionOf(statement.names[0]?.name ?? "") === this.sectionOf(writtenModule(before));
  }

  private sectionOf(module: string): Section {
    if (module.startsWith(".")) return 4;
    if (module === "__future__") return 0;
    if (isStandardLibrary(module)) return 1;
    return isOurs(this.host, module, this.source.path) ? 3 : 2;
  }

  /** Whether a blank line stands between sections; so it does where nothing shows the contrary. */
  private sectionsAreSeparated(): boolean {
    let separated = 0;
    let adjacent = 0;
    for (const [index, statement] of this.statements.entries()) {
      const next = this.statements[index + 1];
      if (next === undefined || this.keyOfStatement(statement).section === this.keyOfStatement(next).section) continue;
      if (this.source.lineOf(next.start) - this.source.lineOf(statement.end) > 1) separated += 1;
      else adjacent += 1;
    }
    return separated >= adjacent;
  }
}

function isOurs(host: EditHost, module: string, importer: FilePath): boolean {
  const top = module.split(".")[0] ?? module;
  const found = host.resolveModule(top, importer);
  return found.kind === "file" || found.kind === "namespace";
}

function compareKeys(a: Key, b: Key): number {
  if (a.section !== b.section) return a.section - b.section;
  if (a.isFrom !== b.isFrom) return a.isFrom ? 1 : -1;
  const [left, right] = [a.module.toLowerCase(), b.module.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function render(line: NewImport): string {
  if (line.names === undefined) return `import ${line.module}${line.alias === undefined ? "" : ` as ${line.alias}`}`;
  return `from ${line.module} import ${[...line.names].sort(compareImportedNames).join(", ")}`;
}

/** isort's `order_by_type`: constants, then classes, then the rest. */
export function compareImportedNames(a: string, b: string): number {
  const kind = (name: string): number =>
    /^[A-Z0-9_]+$/.test(name) && name.length > 1 ? 0 : /^[A-Z]/.test(name) ? 1 : 2;
  return kind(a) - kind(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : a === b ? 0 : 1);
}
