import type { FilePath } from "../../base/path";
import type { Expr, ImportFrom, Stmt } from "../../syntax/ast";
import type { Sources } from "./editHost";
import { absoluteModule, importedFile } from "./moduleNames";
import { dottedName } from "../../syntax/dottedName";

/** A name that a module binds at its top level. */
export interface TopLevelName {
  readonly name: string;
  /** From this offset of the file on the name can be read. */
  readonly from: number;
  /** Bound in every run: not inside an `if`, `try` or loop. */
  readonly certain: boolean;
  /**
   * What it stands for, outside of the workspace: `os`, `os.environ`; with `()` behind it an object made by calling that
   * (`environ.Env()`), with `class ` before it a class deriving from that. `undefined` when it is anything else.
   */
  readonly means: string | undefined;
  /** The workspace module's attribute that it was imported as: `shop.settings.base.env`. */
  readonly imported: string | undefined;
  /** It came through a star import. */
  readonly viaStar: boolean;
}

/** The top-level names of modules, star imports followed. Each file is worked out once. */
export class NameTables {
  private readonly sources: Sources;
  private readonly tables = new Map<FilePath, ReadonlyMap<string, TopLevelName>>();

  constructor(sources: Sources) {
    this.sources = sources;
  }

  /** The names of one file; empty for a file that cannot be read, and for one that is being worked out (an import cycle). */
  of(file: FilePath): ReadonlyMap<string, TopLevelName> {
    const known = this.tables.get(file);
    if (known !== undefined) return known;
    this.tables.set(file, new Map());
    const source = this.sources.get(file);
    const table = new TableBuilder(this.sources, this, file);
    if (source !== undefined) for (const statement of source.module.body) table.take(statement, true);
    this.tables.set(file, table.names);
    return table.names;
  }

  /** The names that `from file import *` brings. */
  exported(file: FilePath): readonly TopLevelName[] {
    const all = [...this.of(file).values()];
    const listed = this.listedInAll(file);
    if (listed === "unreadable") return [];
    return all.filter((each) => (listed === undefined ? !each.name.startsWith("_") : listed.has(each.name)));
  }

  private listedInAll(file: FilePath): ReadonlySet<string> | "unreadable" | undefined {
    if (!this.of(file).has("__all__")) return undefined;
    const lists = (this.sources.get(file)?.module.body ?? []).filter(
      (each) => each.kind === "Assign" && each.targets.some((target) => dottedName(target) === "__all__"),
    );
    const value = lists.length === 1 && lists[0]?.kind === "Assign" ? lists[0].value : undefined;
    if (value?.kind !== "List" && value?.kind !== "Tuple") return "unreadable";
    return new Set(value.elts.map((each) => (each.kind === "Str" ? each.value : "")));
  }
}

class TableBuilder {
  readonly names = new Map<string, TopLevelName>();
  private readonly sources: Sources;
  private readonly tables: NameTables;
  private readonly file: FilePath;

  constructor(sources: Sources, tables: NameTables, file: FilePath) {
    this.sources = sources;
    this.tables = tables;
    this.file = file;
  }

  take(statement: Stmt, certain: boolean): void {
    const from = statement.end;
    switch (statement.kind) {
      case "Import":
        for (const { name, asname } of statement.names) {
          const bound = asname ?? name.split(".")[0] ?? name;
          this.bind({ name: bound, from, certain, means: asname === undefined ? bound : name });
        }
        return;
      case "ImportFrom":
        if (statement.names === "*") this.takeStar(statement, certain);
        else this.takeFrom(statement, certain);
        return;
      case "Assign":
        for (const target of statement.targets) this.assign(target, statement.value, from, certain);
        return;
      case "AnnAssign":
        if (statement.value !== undefined) this.assign(statement.target, statement.value, from, certain);
        return;
      case "FunctionDef":
        return this.bind({ name: statement.name, from, certain });
      case "ClassDef": {
        const bases = statement.bases.map((base) => this.meaning(base));
        const base = bases.find((each) => each !== undefined);
        const means = base === undefined ? undefined : `class ${base.replace(/^class /, "")}`;
        return this.bind({ name: statement.name, from, certain, means });
      }
      case "Delete":
        for (const target of statement.targets) if (target.kind === "Name") this.names.delete(target.id);
        return;
      case "BadStmt":
        for (const name of statement.names) this.bind({ name, from, certain: false });
        return;
      default:
        this.takeNested(statement);
    }
  }

  private takeNested(statement: Stmt): void {
    switch (statement.kind) {
      case "If":
      case "While":
      case "For":
        if (statement.kind === "For") this.assign(statement.target, undefined, statement.start, false);
        return this.takeAll([...statement.body, ...statement.orelse]);
      case "With":
        for (const { optionalVars } of statement.items)
          if (optionalVars !== undefined) this.assign(optionalVars, undefined, statement.start, false);
        return this.takeAll(statement.body);
      case "Try":
        this.takeAll([...statement.body, ...statement.orelse, ...statement.finalbody]);
        return this.takeAll(statement.handlers.flatMap((handler) => handler.body));
      case "Match":
        return this.takeAll(statement.cases.flatMap((each) => each.body));
      default:
        return;
    }
  }

  private takeAll(statements: readonly Stmt[]): void {
    for (const statement of statements) this.take(statement, false);
  }

  private takeStar(statement: ImportFrom, certain: boolean): void {
    const file = importedFile(this.sources.host, this.file, statement);
    if (file === undefined) return;
    for (const each of this.tables.exported(file)) {
      this.names.set(each.name, {
        ...each,
        from: statement.end,
        certain: certain && each.certain,
        imported: this.attribute(statement, each.name),
        viaStar: true,
      });
    }
  }

  private takeFrom(statement: ImportFrom, certain: boolean): void {
    if (statement.names === "*") return;
    const file = importedFile(this.sources.host, this.file, statement);
    for (const { name, asname } of statement.names) {
      const means =
        file === undefined && statement.level === 0
          ? `${statement.module}.${name}`
          : file === undefined
            ? undefined
            : this.tables.of(file).get(name)?.means;
      const imported = this.attribute(statement, name);
      this.bind({ name: asname ?? name, from: statement.end, certain, means, imported });
    }
  }

  private attribute(statement: ImportFrom, name: string): string | undefined {
    const module = absoluteModule(this.sources.host, this.file, statement.level, statement.module);
    return module === undefined ? undefined : `${module}.${name}`;
  }

  private assign(target: Expr, value: Expr | undefined, from: number, certain: boolean): void {
    if (target.kind === "Name")
      this.bind({ name: target.id, from, certain, means: value === undefined ? undefined : this.meaning(value) });
    else if (target.kind === "Starred") this.assign(target.value, undefined, from, certain);
    else if (target.kind === "Tuple" || target.kind === "List")
      for (const each of target.elts) this.assign(each, undefined, from, certain);
  }

  /** What an expression stands for outside of the workspace, as in {@link TopLevelName.means}. */
  private meaning(expression: Expr): string | undefined {
    if (expression.kind === "Call") {
      const callee = this.meaning(expression.func);
      return callee === undefined || callee.endsWith("()") ? undefined : `${callee}()`;
    }
    const dotted = dottedName(expression);
    if (dotted === undefined) return undefined;
    const [root = "", ...rest] = dotted.split(".");
    const means = this.names.get(root)?.means;
    if (means === undefined || (rest.length > 0 && means.endsWith("()"))) return undefined;
    return [means, ...rest].join(".");
  }

  private bind(bound: {
    name: string;
    from: number;
    certain: boolean;
    means?: string | undefined;
    imported?: string | undefined;
  }): void {
    const before = this.names.get(bound.name);
    // Bound again to the same thing (`import os` after a star import that brought it): the first place counts.
    const again = before?.certain === true && bound.means !== undefined && before.means === bound.means;
    if (again && bound.imported === undefined) return;
    // What a conditional statement binds may or may not replace it: the name no longer has one meaning.
    const means = before !== undefined && !bound.certain && before.means !== bound.means ? undefined : bound.means;
    const certain = bound.certain || (before?.certain === true && means !== undefined);
    this.names.set(bound.name, {
      name: bound.name,
      from: bound.from,
      certain,
      means,
      imported: bound.imported,
      viaStar: false,
    });
  }
}
