import { append } from "../base/lists";
import { Cancelled, checkCancelled, NEVER_CANCELLED, type CancellationToken } from "../base/cancellation";
import { isInside, type FilePath } from "../base/path";
import { printable } from "../base/printable";
import { inTurns, UNDISTURBED, type Turns } from "../base/turns";
import { loadConfig } from "../lint/configFile";
import type { ProjectScope } from "../lint/projectScope";
import { lintProject, type LintResult } from "../lint/engine";
import { RuleMemory } from "../lint/memory/ruleMemory";
import { compareFindings } from "../lint/reporting";
import type { Redactor } from "../lint/redaction/redactor";
import { redactorFor, type EvaluatedProject } from "../lint/redaction/workspaceSecrets";
import type { EntryModule, Rule } from "../lint/rule";
import { discoverProjects, type Discovery, type FoundProjects } from "../project/discovery";
import { DiscoveryMemory } from "../project/discoveryMemory";
import type { FileSystem } from "../project/files";
import type { DjangoProject, Note } from "../project/model";
import { loadUntilComplete, type Overlays, type Snapshot } from "../project/snapshot";
import { SourceCache } from "../project/sourceCache";
import { listWorkspace, type WorkspaceListing } from "../project/workspaceFiles";
import type { Module } from "../syntax/ast";
import type { Parser } from "../syntax/parser";
import type { Analysis, ProjectAnalysis } from "./analysis";
import { configFor, excludeFrom, loadNestedConfigs, loadStatedConfig, statedRoles, type Configs } from "./configs";
import { Evaluations } from "./evaluations";
import { concernsConfig, concernsListing, mayMatter, type FileChange } from "./fileChanges";
import { OverlayFileSystem } from "./overlayFileSystem";

export interface WorkspaceOptions {
  readonly files: FileSystem;
  readonly parser: Parser;
  readonly rules: readonly Rule[];
  /** The only configuration file that counts; without it the nearest one does. */
  readonly configFile?: FilePath;
  /** No rule is run: for who asks for settings and not for findings. */
  readonly withoutRules?: boolean;
  /** It is analysed once: nothing is remembered for a next analysis, which takes time and memory. */
  readonly isForOnce?: boolean;
  /** Lets the host take in messages between modules and while one is evaluated; by default it is left alone. */
  readonly turns?: Turns;
}

/** What has changed since the last analysis, from the cheapest to follow to the dearest. */
interface Stale {
  readonly texts: Set<FilePath>;
  config: boolean;
  listing: boolean;
}

/**
 * One workspace folder, kept analysed. It is told what changes (texts in editors, files on disk) and analyses again what
 * that concerns, and no more: the listing is kept until files come or go, parsed modules until their text changes,
 * evaluations until something that they read changes. The editor and the command line both work on it.
 */
export class Workspace {
  readonly root: FilePath;
  private readonly options: WorkspaceOptions;
  private readonly files: OverlayFileSystem;
  private readonly cache: SourceCache;
  private readonly evaluations: Evaluations;
  private readonly discovery = new DiscoveryMemory<FoundProjects>();
  /** What the rules came to, by the project's root. */
  private readonly memories = new Map<FilePath, RuleMemory<ProjectScope>>();
  private readonly turns: Turns;
  private readonly overlays = new Map<FilePath, string>();
  private stale: Stale = { texts: new Set(), config: true, listing: true };
  private isStale = true;
  private configs: Configs | undefined;
  private listing: WorkspaceListing | undefined;
  private last: Analysis | undefined;

  constructor(root: FilePath, options: WorkspaceOptions) {
    this.root = root;
    this.options = options;
    this.turns = options.turns ?? UNDISTURBED;
    this.files = new OverlayFileSystem(options.files, this.overlays);
    this.cache = new SourceCache(options.parser);
    this.evaluations = new Evaluations(options.isForOnce === true);
  }

  /** The newest finished analysis; what has changed since is not in it. */
  get latest(): Analysis | undefined {
    return this.last;
  }

  /** Whether {@link analyse} has anything to do. */
  get needsAnalysis(): boolean {
    return this.isStale;
  }

  /** An editor shows this text for a file, or (`undefined`) shows it no longer. Gives whether the analysis became stale. */
  setOverlay(path: FilePath, text: string | undefined): boolean {
    const before = this.overlays.get(path) ?? this.knownText(path);
    for (const texts of [this.overlays, this.cache.shown])
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
    if (this.last === undefined) {
      this.stale.texts.add(path);
      this.isStale = true;
      return true;
    }
    if ((text ?? this.knownText(path)) === before && before !== undefined) return false;
    return this.invalidate(path) || this.leaveOverlay(path, text);
  }

  /** What an editor no longer shows of a file that is no part of the project must not stay in the last snapshot. */
  private leaveOverlay(path: FilePath, text: string | undefined): boolean {
    if (text !== undefined || this.last?.snapshot.overlays.has(path) !== true) return false;
    this.stale.texts.add(path);
    return (this.isStale = true);
  }

  /** Files were created, changed or deleted on disk (a renamed file is both). Gives whether the analysis became stale. */
  filesChanged(changes: readonly FileChange[]): boolean {
    let stale = false;
    for (const change of changes) {
      const wasRead = this.cache.reads.has(change.path);
      this.cache.forget(change.path);
      if (this.last !== undefined && concernsListing(change, this.last.snapshot)) {
        if (this.last.snapshot.isFolder(change.path)) this.forgetBelow(change.path);
        this.stale.listing = this.isStale = stale = true;
        if (concernsConfig(change.path)) this.stale.config = true;
      } else if (change.kind === "changed" && !this.overlays.has(change.path))
        stale = this.invalidate(change.path, wasRead) || stale;
    }
    return stale;
  }

  /** Reads everything anew at the next analysis: for hosts that cannot tell what changed. */
  reload(): void {
    this.cache.forget();
    this.stale.listing = this.stale.config = this.isStale = true;
  }

  /**
   * The analysis of the workspace as it is now; at once when nothing has changed. Throws only `Cancelled`, and then what
   * was left undone is done by the next call.
   */
  async analyse(token: CancellationToken = NEVER_CANCELLED): Promise<Analysis> {
    if (!this.isStale && this.last !== undefined) return this.last;
    const stale = this.stale;
    this.stale = { texts: new Set(), config: false, listing: false };
    this.isStale = false;
    try {
      return (this.last = await this.compute(stale, token));
    } catch (error) {
      for (const path of stale.texts) this.stale.texts.add(path);
      this.stale.config ||= stale.config;
      this.stale.listing ||= stale.listing;
      this.isStale = true;
      throw error;
    }
  }

  /** Analyses the workspace as if some files had other texts; leaves the workspace as it is. */
  async analyseWith(texts: Overlays, token: CancellationToken = NEVER_CANCELLED): Promise<Analysis> {
    const copy = new Workspace(this.root, this.options);
    for (const [path, text] of [...this.overlays, ...texts]) copy.overlays.set(path, text);
    copy.listing = this.listing;
    copy.configs = this.configs;
    copy.stale = {
      texts: new Set(texts.keys()),
      config: this.configs === undefined,
      listing: this.listing === undefined,
    };
    for (const [path, read] of this.cache.reads) copy.cache.reads.set(path, read);
    return copy.analyse(token);
  }

  /** Reads Python source with the workspace's parser. */
  parse(text: string): Module {
    return this.options.parser.parse(text);
  }

  /** A folder that goes may come back with other files. */
  private forgetBelow(folder: FilePath): void {
    for (const path of this.cache.reads.keys()) if (isInside(folder, path)) this.cache.forget(path);
  }

  private knownText(path: FilePath): string | undefined {
    const read = this.cache.reads.get(path);
    return read?.ok === true ? read.text : undefined;
  }

  private invalidate(path: FilePath, wasRead = this.cache.reads.has(path)): boolean {
    const { last } = this;
    if (last === undefined) return true;
    const isKnown = wasRead || this.evaluations.uses(path);
    if (concernsConfig(path)) this.stale.config = true;
    else if (!isKnown && !mayMatter(path, last)) return false;
    this.stale.texts.add(path);
    this.isStale = true;
    return true;
  }

  private async compute(stale: Stale, token: CancellationToken): Promise<Analysis> {
    const overlays = new Map(this.overlays);
    const { listing, configs } = await this.readFolder(stale, token);
    const discovery = await discoverProjects(this.options.files, this.root, {
      parser: this.options.parser,
      cache: this.cache,
      exclude: excludeFrom(configs.root, this.root),
      roles: statedRoles(configs),
      listing,
      overlays,
      token,
      turns: this.turns,
      ...(this.options.isForOnce !== true && { memory: this.discovery }),
    });
    const evaluated: EvaluatedProject[] = [];
    const notes = [...discovery.notes];
    for (const project of discovery.projects) {
      const config = configFor(configs, project.root);
      const { entries, failures } = await this.evaluate(project, discovery, token);
      evaluated.push({ project, config, entries });
      append(notes, failures);
    }
    this.evaluations.finish();
    // What one project keeps secret no other shows.
    const redactor = redactorFor(evaluated, discovery.snapshot, this.last?.redactor);
    const projects: ProjectAnalysis[] = [];
    for (const each of evaluated) {
      await this.turns.pause();
      const result = await this.lint(each, discovery.snapshot, redactor, token);
      projects.push({ ...each, findings: result.findings, suppressed: result.suppressed });
      append(notes, result.notes);
    }
    const problems = [configs.root, ...configs.nested].flatMap((config) => config.problems);
    const cleaned = (note: Note): Note => ({ ...note, message: printable(redactor.clean(note.message)) });
    return {
      root: this.root,
      config: configs.root,
      projects,
      findings: projects.flatMap((each) => each.findings).toSorted(compareFindings),
      redactor,
      notes: notes.map(cleaned),
      problems: problems.map(cleaned),
      snapshot: discovery.snapshot,
      text: (file) => discovery.snapshot.writtenText(file),
    };
  }

  /** What the rules say about a project. */
  private async lint(
    evaluated: EvaluatedProject,
    snapshot: Snapshot,
    redactor: Redactor,
    token: CancellationToken,
  ): Promise<LintResult> {
    const { rules, withoutRules, isForOnce } = this.options;
    if (withoutRules === true) return { findings: [], suppressed: [], notes: [] };
    const memory = isForOnce === true ? {} : { memory: this.memoryOf(evaluated.project) };
    const request = { ...evaluated, snapshot, rules, redactor, ...memory };
    return loadUntilComplete(
      snapshot,
      () => inTurns(this.turns, token, (untilDisturbed) => lintProject({ ...request, token: untilDisturbed })),
      token,
    );
  }

  private memoryOf({ root }: DjangoProject): RuleMemory<ProjectScope> {
    let memory = this.memories.get(root);
    if (memory === undefined) this.memories.set(root, (memory = new RuleMemory()));
    return memory;
  }

  /** The listing and the configurations, read again where they are stale. */
  private async readFolder(
    stale: Stale,
    token: CancellationToken,
  ): Promise<{ readonly listing: WorkspaceListing; readonly configs: Configs }> {
    const { rules, files, configFile } = this.options;
    if (!stale.config && !stale.listing && this.listing !== undefined && this.configs !== undefined)
      return { listing: this.listing, configs: this.configs };
    const root =
      configFile === undefined
        ? await loadConfig(this.files, this.root, rules)
        : await loadStatedConfig(this.files, configFile, this.root, rules);
    const exclude = excludeFrom(root, this.root);
    const before = this.configs === undefined ? undefined : excludeFrom(this.configs.root, this.root);
    const isSame = !stale.listing && JSON.stringify(exclude) === JSON.stringify(before);
    const listing = (isSame ? this.listing : undefined) ?? (await listWorkspace(files, this.root, { exclude, token }));
    const configs =
      configFile === undefined ? await loadNestedConfigs(this.files, root, listing, rules) : { root, nested: [] };
    checkCancelled(token);
    this.listing = listing;
    this.configs = configs;
    return { listing, configs };
  }

  /** What the entry modules of a project evaluate to; a failure of ours costs one module. */
  private async evaluate(
    project: DjangoProject,
    { snapshot }: Discovery,
    token: CancellationToken,
  ): Promise<{ readonly entries: readonly EntryModule[]; readonly failures: readonly Note[] }> {
    const entries: EntryModule[] = [];
    const failures: Note[] = [];
    for (const module of project.modules) {
      // The evaluator does not know classes of django-configurations: without their names every setting would look unset.
      if (!module.isEntry) continue;
      checkCancelled(token);
      try {
        entries.push({
          module,
          evaluation: await this.evaluations.get(snapshot, project, module, { token, turns: this.turns }),
        });
      } catch (error) {
        if (error instanceof Cancelled) throw error;
        failures.push(failureNote(module.file, error));
      }
      await this.turns.pause();
    }
    return { entries, failures };
  }
}

/** A module whose evaluation failed costs its own findings and nothing else. */
function failureNote(file: FilePath, error: unknown): Note {
  const kind = error instanceof Error ? error.name : "unknown error";
  const message = `This settings module could not be evaluated (${kind}), so nothing is said about it. This is a mistake in Django Settings Lint; please report it.`;
  return { file, message };
}
