import type { Range } from "../../base/text";
import type { DjangoProject } from "../../project/model";
import type { DatabaseUrlLibrary } from "../edit";
import type { Dialect, DialectTools, EnvironmentRead } from "../dialects/dialect";
import { djangoConfigurations } from "../dialects/djangoConfigurations";
import { djangoEnviron } from "../dialects/djangoEnviron";
import { environs } from "../dialects/environs";
import { pythonDecouple } from "../dialects/pythonDecouple";
import { standardLibrary } from "../dialects/standardLibrary";
import type { Sources } from "./editHost";
import { identifiersOf } from "./fileImports";
import { importedFile, writtenModule } from "./moduleNames";
import type { NameTables, TopLevelName } from "./nameTable";
import type { Source } from "./source";

/** In the order in which they are looked for; the standard library last, because most files use it for something. */
const DIALECTS: readonly Dialect[] = [djangoConfigurations, djangoEnviron, pythonDecouple, environs, standardLibrary];

/** The dialect to write in, with the reader's name where the file has one already. */
interface Choice {
  readonly dialect: Dialect;
  /** `undefined`: there is none yet. */
  readonly reader: TopLevelName | undefined;
  /** The reader stands in a module that the file star-imports, but does not come through: it must be imported by name. */
  readonly importFrom?: { readonly module: string; readonly name: string };
}

/** A read that was handed out, to be looked at again once its place is known. */
interface GivenRead {
  readonly text: string;
  /** `undefined`: no other dialect can make the same value. */
  readonly read: EnvironmentRead | undefined;
  readonly dialect: Dialect;
  /** The reader can be used from this offset on. */
  readonly from: number;
}

/** A dialect whose reader can be used, from an offset on. */
interface Opened {
  readonly dialect: Dialect;
  readonly reader: string;
  readonly from: number;
}

/** Writes reads of environment variables in the dialect that one file, or else its project, already uses. */
export class EnvironmentWriter {
  private readonly sources: Sources;
  private readonly tables: NameTables;
  private readonly project: DjangoProject;
  private readonly source: Source;
  private readonly tools: DialectTools;
  private readonly given: GivenRead[] = [];
  private chosen: Opened | undefined;
  private misplaced = false;

  constructor(sources: Sources, tables: NameTables, project: DjangoProject, source: Source, tools: DialectTools) {
    this.sources = sources;
    this.tables = tables;
    this.project = project;
    this.source = source;
    this.tools = tools;
  }

  /** The library in which the file's reads are written. */
  get dialect(): Dialect {
    return this.chosen?.dialect ?? this.choose().dialect;
  }

  read(read: EnvironmentRead): string {
    const { dialect, reader, from } = (this.chosen ??= this.open(this.choose()));
    const text = dialect.read(read, reader, this.tools);
    this.given.push({ text, read, dialect, from });
    return text;
  }

  /** An entry of DATABASES that is made of a URL: https://github.com/jazzband/dj-database-url, or a method of the reader. */
  readDatabase(variable: string, library: DatabaseUrlLibrary): string {
    if (library === "django-environ") return this.readBy("db", variable, this.open(this.choose([djangoEnviron])));
    switch (this.dialect) {
      case environs:
        return this.readBy("dj_db_url", variable, (this.chosen ??= this.open(this.choose())));
      case standardLibrary:
      case djangoConfigurations: {
        const named = variable === "DATABASE_URL" ? "" : `env=${this.tools.quote(variable)}`;
        return `${this.tools.attribute("dj_database_url", "config")}(${named})`;
      }
      default: {
        const url = this.read({ variable, kind: "str", fallback: undefined, setting: undefined });
        return `${this.tools.attribute("dj_database_url", "parse")}(${url})`;
      }
    }
  }

  private readBy(method: string, variable: string, { dialect, reader, from }: Opened): string {
    const text = `${reader}.${method}(${this.tools.quote(variable)})`;
    this.given.push({ text, read: undefined, dialect, from });
    return text;
  }

  /** Whether something was put where it does not work. */
  get isMisplaced(): boolean {
    return this.misplaced;
  }

  /**
   * Gives `text`, which replaces `range`, with reads that would not work there written with the standard library: before
   * the line that makes the reader, or outside of a django-configurations class.
   */
  placed(range: Range, text: string): string {
    let result = text;
    for (const each of this.given) {
      if (!result.includes(each.text) || this.works(each, range, text)) continue;
      if (each.read === undefined) this.misplaced = true;
      else result = result.split(each.text).join(standardLibrary.read(each.read, "", this.tools));
    }
    return result;
  }

  private works(given: GivenRead, range: Range, text: string): boolean {
    if (given.dialect.onlyInClasses !== true) return given.from <= range.start;
    return text === given.text && isClassAttributeValue(this.source, range);
  }

  private open({ dialect, reader, importFrom }: Choice): Opened {
    if (reader !== undefined) return { dialect, reader: reader.name, from: reader.from };
    if (importFrom !== undefined)
      return { dialect, reader: this.tools.importName(importFrom.module, importFrom.name), from: 0 };
    return { dialect, reader: dialect.provideReader(this.tools), from: 0 };
  }

  private choose(among: readonly Dialect[] = DIALECTS): Choice {
    const names = this.tables.of(this.source.path);
    return (
      this.ownDialect(this.source, names, among) ??
      this.inherited(names, among) ??
      this.starSource(among) ?? { dialect: this.projectDialect(among), reader: undefined }
    );
  }

  /** What the file itself uses: its own reader, or one that came through a star import and that it mentions. */
  private ownDialect(
    source: Source,
    names: ReadonlyMap<string, TopLevelName>,
    among: readonly Dialect[],
  ): Choice | undefined {
    const used = identifiersIn(source);
    for (const dialect of among) {
      const reader = [...names.values()].find(
        (each) => each.certain && dialect.isReader(each) && (!each.viaStar || used.has(each.name)),
      );
      if (reader !== undefined) return { dialect, reader };
      if (dialect.isUsedIn(source, names)) return { dialect, reader: undefined };
    }
    return undefined;
  }

  private inherited(names: ReadonlyMap<string, TopLevelName>, among: readonly Dialect[]): Choice | undefined {
    for (const dialect of among) {
      const reader = [...names.values()].find((each) => each.certain && dialect.isReader(each));
      if (reader !== undefined) return { dialect, reader };
    }
    return undefined;
  }

  /** What a star-imported module of the workspace uses, the last import first. */
  private starSource(among: readonly Dialect[]): Choice | undefined {
    const visited = new Set<string>();
    const search = (source: Source): Choice | undefined => {
      if (visited.has(source.path)) return undefined;
      visited.add(source.path);
      for (const statement of [...source.module.body].reverse()) {
        if (statement.kind !== "ImportFrom" || statement.names !== "*") continue;
        const file = importedFile(this.sources.host, source.path, statement);
        const target = file === undefined ? undefined : this.sources.get(file);
        if (target === undefined) continue;
        const found = this.ownDialect(target, this.tables.of(target.path), among) ?? search(target);
        if (found === undefined) continue;
        const isDirect = source === this.source && found.reader !== undefined && !found.reader.viaStar;
        if (!isDirect || found.reader === undefined) return { dialect: found.dialect, reader: undefined };
        const importFrom = { module: writtenModule(statement), name: found.reader.name };
        return { dialect: found.dialect, reader: undefined, importFrom };
      }
      return undefined;
    };
    return search(this.source);
  }

  private projectDialect(among: readonly Dialect[]): Dialect {
    const installed = among.find(
      (each) =>
        each.onlyInClasses !== true && each.distribution !== undefined && this.project.packages.has(each.distribution),
    );
    return installed ?? among.at(-1) ?? standardLibrary;
  }
}

/** Each fix of a run asks. */
const known = new WeakMap<Source, ReadonlySet<string>>();

function identifiersIn(source: Source): ReadonlySet<string> {
  let identifiers = known.get(source);
  if (identifiers === undefined) known.set(source, (identifiers = identifiersOf(source.text)));
  return identifiers;
}

function isClassAttributeValue(source: Source, range: Range): boolean {
  return source.module.body.some(
    (each) =>
      each.kind === "ClassDef" &&
      each.body.some(
        (statement) =>
          (statement.kind === "Assign" || statement.kind === "AnnAssign") &&
          statement.value?.start === range.start &&
          statement.value.end === range.end,
      ),
  );
}
