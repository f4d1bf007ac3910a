import type { FilePath } from "../base/path";
import { baseName, joinPath, parentPath, relativePath } from "../base/path";
import type { EntryPointFindings } from "./entryPoints/findEntryPoints";
import type { NamePart, Run, ScannedEntryPoint, StartCommand } from "./entryPoints/scan";
import type { EntryPoint, EntryPointKind } from "./model";
import { usageOfName, usageOfPath } from "./nameWords";
import type { ResolvedEntryPoint } from "./references";
import { ReferenceResolver } from "./references";
import type { Snapshot } from "./snapshot";

/** A settings module that a process gets, as a deployment file starts it. */
export interface StartedModule {
  readonly module: FilePath;
  /** The class of django-configurations that it gets. */
  readonly configuration: string | undefined;
  readonly start: StartCommand;
  readonly purpose: "production" | "staging" | "development" | "test";
  /** What selects the module: a variable that the process gets, or the default of its wsgi.py. */
  readonly selection: EntryPoint;
  /**
   * How likely it is that nothing outside of the repository selects another one: `certain` where a file that is for this purpose
   * only sets the variable, `set` where an image or a script does, `default` where wsgi.py does if nobody else, or a compose file
   * that developers use as well.
   */
  readonly selected: "certain" | "set" | "default";
}

/** Where the variables of a process are looked up, first match first: a file, and the service in it. */
interface Source {
  readonly file: FilePath;
  readonly scope: string;
}

/** A process as one deployment runs it: the same image may be started by several. */
interface Process {
  readonly start: StartCommand;
  readonly purpose: EntryPoint["purpose"];
  readonly kind: EntryPointKind;
  readonly place: Source;
  readonly sources: readonly Source[];
}

/** More starts than this are not followed; the most surveyed in one repository is about 40. */
const MAX_STARTS = 400;

/** Kinds of files whose commands say what a deployment runs; a makefile's and CI's are for people and tests. */
const STARTING: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>([
  ...["dockerfile", "compose", "procfile", "systemd", "supervisor", "uwsgi", "gunicorn", "kubernetes", "paas"],
  ...["shell", "ci"],
] as EntryPointKind[]);

/** Whatever starts there is what visitors get, be it `runserver`. */
const PLATFORMS: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>(["procfile", "paas", "kubernetes"]);

/** Kinds of files whose name says nothing of the environment: images and compose files are used for all of them. */
const UNDECIDED: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>(["dockerfile", "compose", "shell"]);

/**
 * Works out which settings module each started process gets: `gunicorn shop.wsgi` gets what the variables of its service name,
 * else those of its image, else what shop/wsgi.py selects by itself.
 */
export class StartResolver {
  private readonly snapshot: Snapshot;
  private readonly findings: EntryPointFindings;
  private readonly references: readonly ResolvedEntryPoint[];
  private readonly byFile = new Map<FilePath, ResolvedEntryPoint[]>();
  private readonly resolver: ReferenceResolver;

  constructor(snapshot: Snapshot, findings: EntryPointFindings, references: readonly ResolvedEntryPoint[]) {
    this.snapshot = snapshot;
    this.findings = findings;
    this.references = references;
    for (const each of references) {
      const known = this.byFile.get(each.point.file);
      if (known === undefined) this.byFile.set(each.point.file, [each]);
      else known.push(each);
    }
    this.resolver = new ReferenceResolver(snapshot);
  }

  /**
   * What all processes get, where it can be told. `soleServed` gives the entry file of a server that is started without the
   * name of an application, judged by the file that starts it.
   */
  startedModules(soleServed: (process: StartCommand) => FilePath | undefined): readonly StartedModule[] {
    return this.processes().flatMap((process) => this.startedModule(process, soleServed) ?? []);
  }

  private startedModule(
    process: Process,
    soleServed: (process: StartCommand) => FilePath | undefined,
  ): StartedModule | undefined {
    const { start } = process;
    const purpose = purposeOf(process);
    if (purpose === undefined) return undefined;
    const variable = this.variableOf(process);
    // `main:app` that is not in the workspace is not ours; `app.wsgi` may be, by an import path that is not known.
    const isOurs = start.application === undefined || /[aw]sgi\d*$/.test(start.application);
    const file = this.entryFile(start) ?? (isOurs ? soleServed(start) : undefined);
    const all = file === undefined ? [] : this.pointsIn(file).filter(({ point }) => isPython(point));
    const meant = all.filter(({ point }) => point.purpose === "production");
    const defaults = meant.length > 0 ? meant : all;
    const values = new Set(defaults.map(({ point }) => point.value));
    const byFile = values.size === 1 ? defaults[0] : undefined;
    const chosen = byFile?.point.form === "assign" ? byFile : (variable ?? byFile);
    if (chosen === undefined) return undefined;
    const module = this.moduleOf(chosen, process);
    if (module === undefined) return undefined;
    const choice = this.configurationOf(process);
    const isSet = chosen === variable || chosen.point.form === "assign" || choice !== undefined;
    return {
      module,
      configuration: (choice ?? chosen.point).configuration ?? byFile?.point.configuration,
      start: { ...start, kind: process.kind },
      purpose,
      selection: choice ?? chosen.point,
      selected: isSet ? this.certaintyOf(process) : "default",
    };
  }

  private pointsIn(file: FilePath): readonly ResolvedEntryPoint[] {
    return this.byFile.get(file) ?? [];
  }

  /** Starts as they are written, and those of images and scripts once for each service that runs them. */
  private processes(): readonly Process[] {
    const runs = this.findings.runs.slice(0, MAX_STARTS);
    return this.findings.starts
      .slice(0, MAX_STARTS)
      .filter(({ kind, purpose }) => STARTING.has(kind) && purpose !== "build")
      .flatMap((start) => {
        const own: Source = { file: start.file, scope: start.scope };
        const callers = runs.filter((run) => this.isRunOf(run, start));
        const called = callers.flatMap((run) => this.calledProcess(start, run));
        const alone = { start, purpose: start.purpose, kind: start.kind, place: own, sources: [own] };
        return start.kind === "shell" && called.length > 0 ? called : [alone, ...called];
      });
  }

  private isRunOf(run: Run, start: StartCommand): boolean {
    if (run.kind === "image") return run.target === start.file && start.kind === "dockerfile";
    return start.kind === "shell" && run.target === baseName(start.file) && run.place.file !== start.file;
  }

  private calledProcess(start: StartCommand, { place }: Run): readonly Process[] {
    if (!STARTING.has(place.kind) || place.purpose === "build") return [];
    const source: Source = { file: place.file, scope: place.scope };
    const named = usageOfPath(relativePath(this.snapshot.listing.root, start.file));
    const purpose = place.purpose === "any" ? (named ?? "any") : place.purpose;
    const inScript: Source = { file: start.file, scope: start.scope };
    // What a script exports overrides what it is given; an image's ENV is overridden by the service's.
    const sources = start.kind === "shell" ? [inScript, source] : [source, inScript];
    return [{ start, purpose, kind: place.kind, place: source, sources }];
  }

  /** The entry point that sets the variable for a process. */
  private variableOf(process: Process): ResolvedEntryPoint | undefined {
    for (const source of this.sourcesOf(process)) {
      const set = this.pointsIn(source.file).filter(
        ({ point }) => isIn(point, source) && (point.form === "set" || point.form === "option") && !isClassOnly(point),
      );
      const fitting = set.filter(({ point }) => point.purpose === process.purpose);
      const own = (fitting.length > 0 ? fitting : set.filter(({ point }) => point.purpose !== "build")).at(-1);
      if (own !== undefined) return own;
    }
    return undefined;
  }

  /** The entry point that chooses the class of django-configurations. */
  private configurationOf(process: Process): EntryPoint | undefined {
    for (const source of this.sourcesOf(process)) {
      const set = this.pointsIn(source.file).filter(
        ({ point }) => isIn(point, source) && point.configuration !== undefined && point.purpose !== "build",
      );
      if (set.length > 0) return set.at(-1)?.point;
    }
    return undefined;
  }

  /** Where a process gets variables from: its service, what holds for the whole file, files that it names, its image. */
  private sourcesOf({ sources, kind, purpose }: Process): readonly Source[] {
    const named = sources.flatMap(({ file, scope }) => [
      { file, scope },
      { file, scope: "" },
      ...this.findings.envFiles
        .filter((each) => each.file === file && (each.scope === scope || each.scope === ""))
        .map((each) => ({ file: each.path, scope: "" })),
    ]);
    if (kind !== "kubernetes" && kind !== "paas") return named;
    return [...named, ...this.neighbours(sources, purpose), ...this.soleImage()];
  }

  /** Manifests of the same folder whose maps of variables a container may take as a whole, where they agree. */
  private neighbours(sources: readonly Source[], purpose: EntryPoint["purpose"]): readonly Source[] {
    const folders = sources.map(({ file }) => parentPath(file));
    const found = this.references.filter(
      ({ point }) =>
        point.kind === "kubernetes" &&
        (point.purpose === purpose || point.purpose === "any") &&
        folders.some((folder) => folder === parentPath(point.file)) &&
        !isClassOnly(point),
    );
    const values = new Set(found.map(({ point }) => point.value));
    return values.size === 1 ? found.map(({ point }) => ({ file: point.file, scope: point.scope ?? "" })) : [];
  }

  private soleImage(): readonly Source[] {
    const { listing } = this.snapshot;
    const names = [...listing.files].filter((file) =>
      /^(?:Dockerfile|Containerfile)(?:[._-]\w+)?$/.test(baseName(file)),
    );
    // Beside `Dockerfile.prod`, the one without a word is for somebody else.
    const isServed = names.some((file) => /^(?:production|staging)$/.test(usageOfName(baseName(file)) ?? ""));
    const [only, second] = names.filter((file) => /^\w+$/.test(baseName(file)));
    return only === undefined || second !== undefined || isServed ? [] : [{ file: only, scope: "" }];
  }

  /** The file of the application that a command names: `shop/wsgi.py`, or `shop/celery.py` for `-A shop`. */
  private entryFile({ application, serves, file, base, kind, range, purpose }: StartCommand): FilePath | undefined {
    if (application === undefined) return undefined;
    const point = { kind, file, range, value: application, form: "option" as const, purpose };
    const found = this.resolver.resolve(base === undefined ? point : { ...point, base });
    if (found?.resolution.kind !== "file") return undefined;
    const { path } = found.resolution;
    const inPackage = joinPath(parentPath(path), "celery.py");
    return serves === "worker" && path.endsWith("/__init__.py") && this.snapshot.isFile(inPackage) ? inPackage : path;
  }

  /** The module that an entry point selects, a computed name with the variables of the process. */
  private moduleOf({ point, reference }: ResolvedEntryPoint, process: Process): FilePath | undefined {
    if (point.value !== undefined) return reference?.resolution.kind === "file" ? reference.resolution.path : undefined;
    const texts = point.parts?.map((part) => this.textOf(part, process)) ?? [];
    if (texts.length === 0 || texts.includes(undefined)) return undefined;
    const found = this.resolver.resolve({ ...point, value: texts.join("") });
    return found?.resolution.kind === "file" ? found.resolution.path : undefined;
  }

  private textOf(part: NamePart, process: Process): string | undefined {
    if (typeof part === "string") return part;
    for (const source of this.sourcesOf(process)) {
      const set = this.findings.variables.filter((each) => isIn(each, source) && each.name === part.variable);
      if (set.length > 0) return set.at(-1)?.value;
    }
    return part.fallback;
  }

  private certaintyOf({ kind, place, purpose }: Process): StartedModule["selected"] {
    if (!UNDECIDED.has(kind)) return "certain";
    const named = usageOfPath(relativePath(this.snapshot.listing.root, place.file)) ?? usageOfName(place.scope);
    if (named !== undefined && named === purpose) return "certain";
    return kind === "compose" ? "default" : "set";
  }
}

function isIn(each: { readonly file: FilePath; readonly scope?: string }, source: Source): boolean {
  return each.file === source.file && (each.scope ?? "") === source.scope;
}

/** It chooses a class of django-configurations and leaves the module to others. */
function isClassOnly({ value, configuration, form }: ScannedEntryPoint): boolean {
  return value === undefined && configuration !== undefined && form === "set";
}

function isPython({ form }: EntryPoint): boolean {
  return form === "setdefault" || form === "assign";
}

/** A server that does not restart at every edit is what production runs, unless the file says something else. */
function purposeOf({ start, purpose, kind }: Process): StartedModule["purpose"] | undefined {
  const isOnPlatform = start.isRunserver === true && PLATFORMS.has(kind);
  if (start.reloads && !isOnPlatform) return "development";
  if (purpose === "build") return undefined;
  if (purpose !== "any") return kind === "ci" && purpose === "test" ? undefined : purpose;
  return kind === "ci" ? undefined : "production";
}
