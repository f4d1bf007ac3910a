import { settingNames } from "../project/djangoNames";
import type { FilePath } from "../base/path";
import type { DjangoProject, SettingsModule } from "../project/model";
import type { Snapshot } from "../project/snapshot";
import type { Evaluation } from "../python/program/evaluation";
import type { Site } from "../python/values/value";
import { type EntryModule, type OptionValue, type Report, type Rule, type RuleContext, type SourceFile } from "./rule";
import type { EffectiveSetting } from "./setting";
import type { SuppressionUse } from "./suppressions";

import type { ProjectScope } from "./projectScope";
import { nameOfModule, servesProduction } from "./settingsModules";

/** Gives what `find` finds in each part of a run, or what it found there when all that it asked had the same answers. */
export type PartFinder = <T>(parts: readonly string[], find: (part: string) => readonly T[]) => readonly T[];

/** One run of one rule, for an entry module, a file or the project. */
export interface RuleRun {
  readonly rule: Rule;
  readonly scope: ProjectScope;
  readonly entry: EntryModule | undefined;
  readonly path: FilePath | undefined;
  readonly suppressions: readonly SuppressionUse[];
  readonly options: ReadonlyMap<string, OptionValue>;
  readonly report: (report: Report) => void;
  readonly parts: PartFinder;
}

/** What a rule sees of a {@link RuleRun}. */
export class RuleContextImpl implements RuleContext<string, string> {
  readonly project: DjangoProject;
  readonly snapshot: Snapshot;
  readonly entries: readonly EntryModule[];
  readonly suppressions: readonly SuppressionUse[];
  private readonly run: RuleRun;

  constructor(run: RuleRun) {
    this.run = run;
    this.project = run.scope.project;
    this.snapshot = run.scope.snapshot;
    this.entries = run.scope.entries;
    this.suppressions = run.suppressions;
  }

  get module(): SettingsModule {
    return this.entry().module;
  }

  get evaluation(): Evaluation {
    return this.entry().evaluation;
  }

  get file(): SourceFile {
    const path = this.run.path ?? this.entry().module.file;
    const source = this.source(path);
    if (source === undefined) throw new Error(`${path} is not in the snapshot`);
    return source;
  }

  get isConfirmed(): boolean {
    return this.module.confidence === "confirmed";
  }

  get isAssumed(): boolean {
    return this.run.scope.isAssumed(this.entry());
  }

  get headSite(): Site {
    return this.run.scope.headSite(this.module);
  }

  readonly source = (path: FilePath): SourceFile | undefined => this.run.scope.source(path);

  readonly setting = (name: string): EffectiveSetting => this.settingOf(this.entry(), name);

  readonly inEachSetting = <T>(find: (setting: EffectiveSetting) => readonly T[]): readonly T[] =>
    this.run.parts(settingNames(this.evaluation.names), (name) => find(this.setting(name)));

  readonly inEachName = <T>(
    entries: readonly EntryModule[],
    find: (name: string, entry: EntryModule) => readonly T[],
  ): readonly T[] => {
    const places = new Map<string, { readonly name: string; readonly entry: EntryModule }>();
    for (const entry of entries)
      for (const name of entry.evaluation.names) places.set(`${nameOfModule(entry.module)} ${name}`, { name, entry });
    return this.run.parts([...places.keys()], (part) => {
      const place = places.get(part);
      return place === undefined ? [] : find(place.name, place.entry);
    });
  };

  readonly settingOf = (entry: EntryModule, name: string): EffectiveSetting => {
    const { audience } = this.run.rule;
    const isProduction = (audience === "production" || audience === "hardened") && servesProduction(entry.module.role);
    return this.run.scope.setting(entry, name, isProduction);
  };

  readonly djangoAtLeast = (major: number, minor: number): boolean | undefined => {
    const version = this.project.django?.version;
    if (version === undefined) return undefined;
    return version[0] > major || (version[0] === major && version[1] >= minor);
  };

  readonly hasPackage = (name: string): boolean =>
    this.project.packages.has(name.toLowerCase().replace(/[-_.]+/g, "-"));

  readonly option = (name: string): OptionValue => {
    const declared = this.run.rule.options?.[name];
    if (declared === undefined) throw new Error(`option "${name}" is not declared`);
    return this.run.options.get(name) ?? declared.default;
  };

  readonly report = (report: Report): void => this.run.report(report);

  private entry(): EntryModule {
    if (this.run.entry !== undefined) return this.run.entry;
    throw new Error(`rules for "${this.run.rule.audience}" have no settings module`);
  }
}
