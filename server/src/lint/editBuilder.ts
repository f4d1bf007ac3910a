import { append } from "../base/lists";
import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import type { DjangoProject } from "../project/model";
import type { Snapshot } from "../project/snapshot";
import type { Expr } from "../syntax/ast";
import { EnvironmentNames } from "../project/environmentNames";
import type { DatabaseUrlLibrary, EditBuilder, EnvironmentReadKind } from "./edit";
import { dotEnvEdits, Obstacle } from "./edit/dotEnv";
import type { EditHost } from "./edit/editHost";
import { Sources } from "./edit/editHost";
import { FileBuilder } from "./edit/fileBuilder";
import { NameTables } from "./edit/nameTable";
import type { ClaimedVariables, WantedVariable } from "./edit/claimedVariables";
import { chooseVariable } from "./edit/variableNames";
import { variablePrefix } from "./edit/variables";
import type { FileEdit } from "./finding";

/** What a fix is built for. `entryFile`: the entry module's own file, whose dialect decides a variable's name. */
export interface EditContext {
  readonly project: DjangoProject;
  readonly snapshot: Snapshot;
  readonly entryFile: FilePath;
}

/**
 * A builder for one fix. `edits()` gives what has been asked for so far, sorted, never overlapping within a file; nothing
 * at all when some part cannot be done (a file that cannot be read, an element that is not there): half a fix is worse
 * than none; `obstacle` then says why, where people can do something about it. The environment variables that it brings are added to `claimed`, which has those of the fixes applied with it.
 * Never throws.
 */
export function createEditBuilder(
  context: EditContext,
  claimed: ClaimedVariables,
): EditBuilder & { edits(): FileEdit[]; readonly obstacle: string | undefined } {
  const { project, snapshot } = context;
  const host = snapshot.host(project.importRoots);
  return new ProjectEditBuilder(project, context.entryFile, claimed, {
    parse: (path) => host.parse(path),
    onDisk: (path) => snapshot.onDisk(path),
    isWritable: ({ file, range, text }) => !snapshot.holdsStandIn(text) && snapshot.isAsWritten(file, range),
    names: new EnvironmentNames(snapshot, project),
    resolveModule: (dotted, importer) => host.resolveModule(dotted, importer),
    moduleName: (path) => host.moduleName(path),
    exists: (path) => host.exists(path),
    isIgnored: (path) => snapshot.isIgnored(path),
  });
}

class ProjectEditBuilder implements EditBuilder {
  private readonly project: DjangoProject;
  private readonly entryFile: FilePath;
  private readonly host: EditHost;
  private readonly sources: Sources;
  private readonly tables: NameTables;
  private readonly files = new Map<FilePath, FileBuilder | undefined>();
  private readonly claimed: ClaimedVariables;
  private readonly settings = new Map<string, string>();
  private readonly secrets = new Map<string, string>();
  /** Why there were no edits, where people can do something about it. */
  obstacle: string | undefined;
  private failed = false;
  private prefix: string | undefined;

  constructor(project: DjangoProject, entryFile: FilePath, claimed: ClaimedVariables, host: EditHost) {
    this.project = project;
    this.entryFile = entryFile;
    this.claimed = claimed;
    this.host = host;
    this.sources = new Sources(host);
    this.tables = new NameTables(this.sources);
  }

  replace(file: FilePath, range: Range, text: string): void {
    this.in(file, (builder) => builder.replace(range, text));
  }

  insert(file: FilePath, offset: number, text: string): void {
    this.in(file, (builder) => builder.replace({ start: offset, end: offset }, text));
  }

  deleteStatement(file: FilePath, range: Range): void {
    this.in(file, (builder) => builder.deleteStatement(range));
  }

  deleteElement(file: FilePath, range: Range): void {
    this.in(file, (builder) => builder.deleteElement(range));
  }

  insertElement(file: FilePath, list: Expr, index: number, text: string): void {
    this.in(file, (builder) => builder.insertElement(list, index, text));
  }

  assign(file: FilePath, name: string, value: string): void {
    this.in(file, (builder) => builder.assign(name, value));
  }

  insertAfter(file: FilePath, range: Range | undefined, text: string): void {
    this.in(file, (builder) => builder.insertAfter(range, text));
  }

  quote(file: FilePath, text: string, like?: number): string {
    return this.builder(file)?.quote(text, like) ?? this.fail(`"${text}"`);
  }

  importName(file: FilePath, module: string, name?: string): string {
    return this.builder(file)?.imports.expression(module, name) ?? this.fail(name ?? module);
  }

  readEnvironment(file: FilePath, variable: string, kind: EnvironmentReadKind, fallback?: string): string {
    const setting = this.settings.get(variable);
    return this.builder(file)?.environment.read({ variable, kind, fallback, setting }) ?? this.fail("None");
  }

  readDatabase(file: FilePath, variable: string, library: DatabaseUrlLibrary): string {
    return this.builder(file)?.environment.readDatabase(variable, library) ?? this.fail("None");
  }

  variable(wanted: WantedVariable): string {
    const { host, project, claimed } = this;
    const module = host.moduleName(this.entryFile);
    const variable = chooseVariable({ host, project, claimed, module, prefix: this.variablePrefix() }, wanted);
    this.settings.set(variable, wanted.path.join("_"));
    return variable;
  }

  moveToDotEnv(variable: string, value: string): void {
    this.secrets.set(variable, value);
  }

  edits(): FileEdit[] {
    if (this.failed) return [];
    const all: FileEdit[] = [];
    for (const [file, builder] of this.files) {
      const edits = builder?.finish();
      if (edits === undefined) return [];
      append(
        all,
        edits.map(({ start, end, text }) => ({ file, range: { start, end }, text })),
      );
    }
    if (!all.every((edit) => this.host.isWritable(edit))) return [];
    if (this.secrets.size === 0) return all;
    const moved = dotEnvEdits(this.host, this.project.root, this.secrets, this.project.packages.has("django-environ"));
    if (!(moved instanceof Obstacle)) return [...all, ...moved];
    this.obstacle = moved.text;
    return [];
  }

  private variablePrefix(): string {
    const dialect = this.builder(this.entryFile)?.environment.dialect;
    if (dialect === undefined) return "DJANGO_";
    const files = new Set([this.entryFile, ...this.project.modules.map((each) => each.file)]);
    return (this.prefix ??= dialect.onlyInClasses ? "DJANGO_" : variablePrefix(this.sources, files, dialect));
  }

  private in(file: FilePath, act: (builder: FileBuilder) => boolean): void {
    const builder = this.builder(file);
    if (builder === undefined || !act(builder)) this.failed = true;
  }

  private fail(placeholder: string): string {
    this.failed = true;
    return placeholder;
  }

  private builder(file: FilePath): FileBuilder | undefined {
    if (!this.files.has(file)) {
      const source = this.sources.get(file);
      const builder = source && new FileBuilder(this.sources, this.tables, this.project, source);
      this.files.set(file, builder);
    }
    return this.files.get(file);
  }
}
