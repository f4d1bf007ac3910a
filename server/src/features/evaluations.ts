import { checkCancelled, type CancellationToken } from "../base/cancellation";
import { joinPath, parentPath, type FilePath } from "../base/path";
import { inTurns, type Turns } from "../base/turns";
import type { DjangoProject, SettingsModule } from "../project/model";
import { isStandardLibrary } from "../project/standardLibrary";
import { loadUntilComplete, type Snapshot } from "../project/snapshot";
import { MAX_MODULES } from "../python/values/budget";
import type { Evaluation } from "../python/program/evaluation";
import { evaluate as evaluateModule, Reevaluation } from "../python/evaluate";
import type { Value } from "../python/values/value";
import { certainDefault, compareReleases } from "../django/facts";
import { importedModules } from "../python/interpreter/importedModules";
import type { Host, ModuleResolution, ParsedFile } from "../python/program/host";
import type { Stmt } from "../syntax/ast";

type Evaluate = (host: Host, token: CancellationToken) => Evaluation;

/** A kept evaluation and all that it was computed from. */
interface Kept {
  readonly evaluation: Evaluation;
  /** Makes the next one, from what this one has left. */
  readonly evaluate: Evaluate;
  /** The texts of all files that the evaluator asked for. */
  readonly texts: ReadonlyMap<FilePath, string | undefined>;
  /**
   * The statements of all modules that it asked for, why there are none instead. They are compared as objects: the same text, read
   * again, has other nodes, and places are those of the nodes.
   */
  readonly modules: ReadonlyMap<FilePath, readonly Stmt[] | string>;
  /** Which files exist: what imports, globs and existence tests were answered from. */
  readonly structure: string;
  readonly listing: object;
}

/**
 * Keeps the evaluations of entry modules as long as nothing that they were computed from has changed: edits of comments and blank
 * lines only move statements, and their places with them. After other edits, an evaluation goes on from the last one.
 */
export class Evaluations {
  private readonly isForOnce: boolean;
  private kept = new Map<string, Kept>();
  private next = new Map<string, Kept>();

  /** @param isForOnce - No edits follow: what each statement does is not remembered. */
  constructor(isForOnce: boolean) {
    this.isForOnce = isForOnce;
  }

  /** Evaluates an entry module in turns, or gives the kept result. Throws only `Cancelled`. */
  async get(
    snapshot: Snapshot,
    project: DjangoProject,
    module: SettingsModule,
    { token, turns }: { readonly token: CancellationToken; readonly turns: Turns },
  ): Promise<Evaluation> {
    const needed = [String(project.django?.version), ...project.packages.keys()];
    const key = [module.file, module.className ?? "", ...project.importRoots, "", ...needed].join("\0");
    const structure = unlistedFiles(snapshot);
    const known = this.next.get(key) ?? this.kept.get(key);
    if (known !== undefined && isCurrent(known, snapshot, structure)) {
      this.next.set(key, known);
      return known.evaluation;
    }
    const isSameFolder = known?.listing === snapshot.listing && known.structure === structure;
    const evaluate = isSameFolder ? known.evaluate : this.evaluatorOf(module);
    const host = snapshot.host(project.importRoots);
    await loadImports(snapshot, host, module.file, token);
    let recorder = new RecordingHost(host, project);
    const evaluation = await loadUntilComplete(
      snapshot,
      () =>
        inTurns(turns, token, (untilDisturbed) => {
          recorder = new RecordingHost(host, project);
          return evaluate(recorder, untilDisturbed);
        }),
      token,
    );
    const texts = new Map([...recorder.texts].map((path) => [path, snapshot.text(path)]));
    const modules = new Map([...recorder.modules].map((path) => [path, statementsOf(snapshot, path)]));
    this.next.set(key, { evaluation, evaluate, texts, modules, structure, listing: snapshot.listing });
    return evaluation;
  }

  private evaluatorOf({ file, className }: SettingsModule): Evaluate {
    if (this.isForOnce) return (host, token) => evaluateModule(host, file, token, className);
    const reevaluation = new Reevaluation(file, className);
    return (host, token) => reevaluation.evaluate(host, token);
  }

  /** To be called when all entry modules of a workspace have been asked for: forgets those that were not. */
  finish(): void {
    this.kept = this.next;
    this.next = new Map();
  }

  /** Whether a file was asked for by any kept evaluation. */
  uses(path: FilePath): boolean {
    return [...this.kept.values()].some(({ texts, modules }) => texts.has(path) || modules.has(path));
  }
}

/**
 * Loads what a module imports, and what that imports: each file that an evaluation misses costs another evaluation. Settings
 * modules call their own functions; other modules are imported for their names.
 */
async function loadImports(snapshot: Snapshot, host: Host, entry: FilePath, token: CancellationToken): Promise<void> {
  const seen = new Set<FilePath>([entry]);
  let next: readonly FilePath[] = [entry];
  while (next.length > 0 && seen.size < MAX_MODULES) {
    checkCancelled(token);
    await snapshot.load(next);
    const imported = new Set(
      next.flatMap((file) => importedModules(host, file, file === entry || /settings/.test(file))),
    );
    next = [...imported].filter((file) => !seen.has(file));
    for (const file of next) seen.add(file);
  }
}

function isCurrent(known: Kept, snapshot: Snapshot, structure: string): boolean {
  if (known.listing !== snapshot.listing || known.structure !== structure) return false;
  for (const [path, text] of known.texts) if (snapshot.text(path) !== text) return false;
  for (const [path, statements] of known.modules) if (!isSame(statements, statementsOf(snapshot, path))) return false;
  return true;
}

/** The statements of a module, or why there are none. */
function statementsOf(snapshot: Snapshot, path: FilePath): readonly Stmt[] | string {
  const parsed = snapshot.parse(path);
  return parsed.ok ? parsed.module.body : parsed.reason;
}

function isSame(some: readonly Stmt[] | string, others: readonly Stmt[] | string): boolean {
  if (typeof some === "string" || typeof others === "string") return some === others;
  return some === others || (some.length === others.length && some.every((each, index) => each === others[index]));
}

/** Files that only editors have: they exist for imports as those on disk do. */
function unlistedFiles(snapshot: Snapshot): string {
  return [...snapshot.overlays.keys()]
    .filter((path) => !snapshot.listing.files.has(path))
    .toSorted()
    .join("\0");
}

/** Notes which files an evaluation reads. */
class RecordingHost implements Host {
  readonly texts = new Set<FilePath>();
  readonly modules = new Set<FilePath>();
  private readonly host: Host;
  private readonly project: DjangoProject;

  constructor(host: Host, project: DjangoProject) {
    this.host = host;
    this.project = project;
  }

  /** Packages are often called like what is imported, with or without `django-` or `python-` in front. */
  isDependency(topLevel: string): boolean {
    const name = topLevel.toLowerCase().replace(/[-_.]+/g, "-");
    return [name, `django-${name}`, `python-${name}`].some((each) => this.project.packages.has(each));
  }

  djangoDefault(setting: string): Value | undefined {
    return certainDefault(setting, this.project.django?.version);
  }

  parse(path: FilePath): ParsedFile {
    this.modules.add(path);
    return this.host.parse(path);
  }

  readText(path: FilePath): string | undefined {
    this.texts.add(path);
    return this.host.readText(path);
  }

  isUnknownText(text: string): boolean {
    return this.host.isUnknownText?.(text) === true;
  }

  resolveModule(dotted: string, importer: FilePath): ModuleResolution {
    const found = this.host.resolveModule(dotted, importer);
    return found.kind === "external" ? (this.besideImporter(dotted, importer) ?? found) : found;
  }

  /**
   * Django before 2.0 runs on Python 2, where `from base import *` means the module beside this one (PEP 328). Python 3 would fail on
   * it, so that a project which has no such package means that, too. Where nothing tells the release, only settings modules are taken
   * for what is meant: `celery.py` beside is most often not what `from celery import Celery` imports.
   */
  private besideImporter(dotted: string, importer: FilePath): ModuleResolution | undefined {
    const [top = ""] = dotted.split(".", 1);
    const release = this.project.django?.version;
    if (release !== undefined && compareReleases(release, [2, 0]) >= 0) return undefined;
    if (isStandardLibrary(top) || this.isDependency(top)) return undefined;
    const init = joinPath(parentPath(importer), "__init__.py");
    if (this.host.exists(init) !== "file") return undefined;
    const found = this.host.resolveModule(`${this.host.moduleName(init)}.${dotted}`, importer);
    if (found.kind !== "file" || found.path === importer) return undefined;
    const isMeant = release !== undefined || this.project.modules.some(({ file }) => file === found.path);
    return isMeant ? found : undefined;
  }

  moduleName(path: FilePath): string {
    return this.host.moduleName(path);
  }

  exists(path: FilePath): ReturnType<Host["exists"]> {
    return this.host.exists(path);
  }

  glob(folder: FilePath, pattern: string): readonly FilePath[] {
    return this.host.glob(folder, pattern);
  }
}
