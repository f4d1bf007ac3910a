import { companionOf } from "../django/relatives";
import type { FilePath } from "../base/path";
import type { DjangoProject, SettingsModule } from "../project/model";
import type { Snapshot, SnapshotListener } from "../project/snapshot";
import type { Evaluation } from "../python/program/evaluation";
import { truthOf } from "../python/semantics/operators";
import type { DataPlace } from "../python/values/dataPlaces";
import type { Site } from "../python/values/value";
import type { ClassDef, Module, Stmt } from "../syntax/ast";
import { worldsOfOthers } from "./choices";
import type { Config } from "./config";
import { dataSiteIn } from "./dataSites";
import { EffectiveSettingImpl, isTruthy } from "./effective";
import { headEnd, isText } from "./logicalLines";
import { HeardEvaluation } from "./memory/heardEvaluation";
import { HeardSource } from "./memory/heardSource";
import { numberOf } from "./memory/numbers";
import type { Question, Source } from "./memory/questionGroup";
import type { Asked } from "./memory/ruleMemory";
import { everyWorld, productionDeployment, ProductionView, type WorldView } from "./production";
import { siteOf, targetOf, type EntryModule, type SourceFile } from "./rule";
import type { DataSite, EffectiveSetting } from "./setting";
import { placeWithout, writtenSettings, type WrittenSetting } from "./writtenSettings";

import {
  changedSubjects,
  evaluationQuestion,
  headQuestion,
  moduleQuestion,
  snapshotQuestion,
  textQuestion,
} from "./memory/scopeQuestions";
import { nameOfModule, servesProduction } from "./settingsModules";

/** A project with what is known of it before rules run. */
export interface ScopedProject {
  readonly project: DjangoProject;
  readonly snapshot: Snapshot;
  readonly entries: readonly EntryModule[];
  readonly config: Config;
}

/** What all rules of one run share. Everything that several rules ask for is computed once. */
export class ProjectScope {
  readonly project: DjangoProject;
  readonly snapshot: Snapshot;
  readonly entries: readonly EntryModule[];
  private readonly config: Config;
  private readonly isHeard: boolean;
  private readonly evaluations: ReadonlyMap<string, Evaluation>;
  private asked: Asked<ProjectScope> | undefined;
  private readonly sources = new Map<FilePath, SourceFile>();
  private readonly settings = new Map<EntryModule, Map<string, EffectiveSetting>>();
  private readonly views = new Map<EntryModule, { readonly all: WorldView; readonly production: WorldView }>();
  /** Each is looked for in the whole module, and asked for with every setting. */
  private readonly heads = new Map<SettingsModule, Site>();
  /** By module and setting. */
  private readonly absent = new Map<string, Site>();
  /** By module. */
  private readonly written = new Map<string, readonly WrittenSetting[]>();

  /**
   * @param isHeard - Whether each rule is heard asking, which takes about a tenth of its time: where somebody keeps what it said
   * for as long as the answers are the same.
   */
  constructor({ project, snapshot, entries, config }: ScopedProject, isHeard: boolean) {
    this.project = withDjango(project, config);
    this.snapshot = snapshot;
    this.isHeard = isHeard;
    this.entries = isHeard ? entries.map((entry) => ({ ...entry, evaluation: this.heard(entry) })) : entries;
    this.evaluations = new Map(entries.map(({ module, evaluation }) => [nameOfModule(module), evaluation]));
    this.config = config;
  }

  /** Runs something and notes what it asks, each question with its answer. */
  listening<T>(asked: Asked<ProjectScope> | undefined, run: () => T): T {
    const before = this.asked;
    this.asked = asked;
    try {
      return this.snapshot.heardBy(asked && this.snapshotListener, run);
    } finally {
      this.asked = before;
    }
  }

  private readonly snapshotListener: SnapshotListener = {
    asked: (path) => this.note(`text of ${path}`, () => textQuestion(path, this.snapshot)),
    answered: (name, ask, answer) => this.note(name, () => snapshotQuestion(ask, answer)),
  };

  private heard({ module, evaluation }: EntryModule): Evaluation {
    const name = nameOfModule(module);
    const from: Source<ProjectScope> = {
      name: `evaluation of ${name}`,
      in: (scope) => scope.evaluation(name),
      changed: (before, now) => changedSubjects(before as Evaluation, now as Evaluation),
    };
    return new HeardEvaluation(evaluation, {
      answered: (question, ask, answer, about) =>
        this.note(`${question} in ${name}`, () => evaluationQuestion(from, ask, answer, about)),
      askedAll: () => this.note(`all of ${name}`, () => evaluationQuestion(from, (each) => each, evaluation)),
    });
  }

  /** The evaluation of a module by its name, as nobody hears it. */
  evaluation(name: string): Evaluation | undefined {
    return this.evaluations.get(name);
  }

  private note(name: string, question: () => Question<ProjectScope>): void {
    if (this.asked?.has(name) === false) this.asked.set(name, question());
  }

  source(path: FilePath): SourceFile | undefined {
    let source = this.sources.get(path);
    if (source === undefined) {
      const parsed = this.listening(undefined, () => this.snapshot.parse(path));
      if (parsed.ok) this.sources.set(path, (source = this.sourceOf(path, parsed.text, parsed.module)));
    }
    // Where there is none, a text may come.
    if (source === undefined) this.snapshotListener.asked(path);
    return source;
  }

  /** The module in a file as nobody hears it. */
  module(path: FilePath): Module | undefined {
    const parsed = this.listening(undefined, () => this.snapshot.parse(path));
    return parsed.ok ? parsed.module : undefined;
  }

  private sourceOf(path: FilePath, text: string, module: Module): SourceFile {
    if (!this.isHeard) return { path, text, ast: module };
    return new HeardSource(path, text, module, {
      askedText: () => this.snapshotListener.asked(path),
      askedBody: () => this.note(`statements of ${path}`, () => moduleQuestion(path, ({ body }) => body, module.body)),
      askedProblems: () =>
        this.note(`problems of ${path}`, () => moduleQuestion(path, ({ problems }) => problems, module.problems)),
      searched: (search, found) =>
        this.note(`search ${numberOf(search)} of ${path}`, () =>
          moduleQuestion(path, ({ body }) => search(body), found),
        ),
    });
  }

  /** A setting of an entry module in the worlds that a rule of some audience looks at. */
  setting(entry: EntryModule, name: string, isProduction: boolean): EffectiveSetting {
    // Whoever is given what others have asked for asks for it, too.
    entry.evaluation.outcomes(name);
    if (isProduction) {
      entry.evaluation.outcomes("DEBUG");
      worldsOfOthers(entry.evaluation);
    }
    let known = this.settings.get(entry);
    if (known === undefined) this.settings.set(entry, (known = new Map()));
    const key = `${isProduction ? "production" : "all"} ${name}`;
    let setting = known.get(key);
    if (setting === undefined) {
      const views = this.viewsOf(entry);
      setting = new EffectiveSettingImpl(name, {
        view: isProduction ? views.production : views.all,
        django: this.project.django?.version,
        absentSite: () => this.absentSite(entry, name),
        dataSite: (place) => this.dataSite(place),
      });
      known.set(key, setting);
    }
    return setting;
  }

  private viewsOf(entry: EntryModule) {
    let views = this.views.get(entry);
    if (views === undefined) {
      const deployment = productionDeployment(this.project, this.config);
      const own = servesProduction(entry.module.role) ? deployment : undefined;
      views = { all: everyWorld(entry.evaluation, own), production: new ProductionView(entry.evaluation, deployment) };
      this.views.set(entry, views);
    }
    return views;
  }

  /** Where a file of settings has a value now. */
  private dataSite(place: DataPlace): DataSite | undefined {
    const text = this.snapshot.text(place.file);
    return text === undefined ? undefined : dataSiteIn(text, place);
  }

  /** Where findings about a module as a whole stand: the first star import, else the first statement after the docstring. */
  headSite(module: SettingsModule): Site {
    let site = this.heads.get(module);
    if (site === undefined) {
      site = this.listening(undefined, () => this.findHead(module));
      this.heads.set(module, site);
    }
    const answer = site;
    this.note(`head of ${nameOfModule(module)}`, () => headQuestion(module, answer));
    return site;
  }

  private findHead(module: SettingsModule): Site {
    const body = this.source(module.file)?.ast.body ?? [];
    const ofClass = classOf(module, body);
    if (ofClass !== undefined) return siteOf(module.file, ofClass.nameRange);
    const star = body.find((one) => one.kind === "ImportFrom" && one.names === "*");
    const statement = star ?? body.find((one) => !isText(one)) ?? body[0];
    return siteOf(module.file, statement === undefined ? { start: 0, end: 0 } : headRange(statement));
  }

  /**
   * Where findings about a setting stand that a module does not set: at the setting because of which it is missed, else at
   * what the module itself sets that is most related to it, else at the first setting that it sets. Only a module that
   * sets nothing by itself has them at its head.
   */
  absentSite(entry: EntryModule, setting: string): Site {
    const { module } = entry;
    const key = `${nameOfModule(module)} ${setting}`;
    let site = this.absent.get(key);
    if (site === undefined) {
      site = this.listening(undefined, () => this.findAbsent(entry, setting));
      this.absent.set(key, site);
    }
    const answer = site;
    this.note(`place without ${key}`, () => ({
      ask: (scope) => scope.absentIn(module, setting),
      answer,
      // Keystrokes that move or change other statements ask nobody.
      ...(companionOf(setting) === undefined && {
        from: { name: `written in ${nameOfModule(module)}`, in: (scope) => scope.writtenIn(module) },
      }),
    }));
    return site;
  }

  /** What a module itself sets; `undefined` where it sets nothing. */
  private writtenIn(module: SettingsModule): readonly WrittenSetting[] | undefined {
    const name = nameOfModule(module);
    let written = this.written.get(name);
    if (written === undefined) {
      const body = this.listening(undefined, () => this.source(module.file)?.ast.body ?? []);
      this.written.set(name, (written = writtenSettings(classOf(module, body)?.body ?? body)));
    }
    return written.length === 0 ? undefined : written;
  }

  private absentIn(module: SettingsModule, setting: string): Site | undefined {
    const name = nameOfModule(module);
    const entry = this.entries.find((one) => nameOfModule(one.module) === name);
    return entry && this.absentSite(entry, setting);
  }

  private findAbsent(entry: EntryModule, setting: string): Site {
    const { module, evaluation } = entry;
    const companion = companionOf(setting);
    for (const { steps } of companion === undefined ? [] : evaluation.outcomes(companion)) {
      const step = steps.findLast((each) => each.kind === "assignment" && !each.isGeneric);
      if (step !== undefined) return targetOf(step);
    }
    const place = placeWithout(setting, this.writtenIn(module) ?? []);
    return place === undefined ? this.headSite(module) : siteOf(module.file, place);
  }

  /** DEBUG is certainly on in every world: a module that is run on developers' machines, or a mistake of its own. */
  isDebugOn(entry: EntryModule): boolean {
    return this.setting(entry, "DEBUG", false).outcomes.every(({ value }) => truthOf(value) === true);
  }

  /** Production is a guess here, and DEBUG is certainly on, as in a project that has just begun. */
  isAssumed(entry: EntryModule): boolean {
    if (entry.module.confidence === "confirmed") return false;
    return this.setting(entry, "DEBUG", servesProduction(entry.module.role)).certainly(isTruthy);
  }

  /** The ids of Django's checks that the module silences in any world. */
  silencedChecks(entry: EntryModule): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { value } of this.setting(entry, "SILENCED_SYSTEM_CHECKS", false).outcomes) {
      if (!("items" in value)) continue;
      for (const item of value.items) if (item.value.kind === "str") ids.add(item.value.value);
    }
    return ids;
  }
}

function classOf({ className }: SettingsModule, body: readonly Stmt[]): ClassDef | undefined {
  return body.find((one): one is ClassDef => one.kind === "ClassDef" && one.name === className);
}

function headRange(statement: Stmt): { start: number; end: number } {
  return { start: statement.start, end: headEnd(statement) };
}

function withDjango(project: DjangoProject, config: Config): DjangoProject {
  if (config.django === undefined) return project;
  return { ...project, django: { version: config.django.value, source: "the configuration" } };
}
