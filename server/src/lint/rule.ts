import type { Range } from "../base/text";
import type { FilePath } from "../base/path";
import type { DjangoProject, SettingsModule } from "../project/model";
import type { Snapshot } from "../project/snapshot";
import type { Evaluation } from "../python/program/evaluation";
import type { Site, Step } from "../python/values/value";
import type { Module } from "../syntax/ast";
import { isLive, placeOf } from "../syntax/places";
import type { EditBuilder } from "./edit";
import type { Category, ChainLink, Finding, Safety, Severity } from "./finding";
import type { EffectiveSetting, Proof } from "./setting";
import type { SuppressionUse } from "./suppressions";

/** How a rule's audience is written in the catalogue: P, P+, D, T, A, S, X. */
export type Audience =
  /** Production-effective modules: production, staging, single; confirmed or assumed. */
  | "production"
  /** As `production`, but an assumed module only when DEBUG is not literally True there. */
  | "hardened"
  | "development"
  | "test"
  /** Every entry module. */
  | "entry"
  /** Every settings file once, also those that are only imported. */
  | "file"
  /** Once a project: entry points, deployment files. */
  | "project";

/** An option that a project's configuration may give to a rule: `rules.some-rule = { severity = "info", limit = 3 }`. */
export type OptionDeclaration = { readonly description: string } & (
  | { readonly type: "boolean"; readonly default: boolean }
  | { readonly type: "integer"; readonly default: number }
  | { readonly type: "string"; readonly default: string }
  | { readonly type: "strings"; readonly default: readonly string[] }
);
export type OptionValue = OptionDeclaration["default"];

export interface FixDeclaration {
  readonly safety: Safety;
  readonly title: string;
}

/** A rule owns everything about itself but its prose, which stands in the Markdown file beside it. */
export interface Rule<Messages extends string = string, Fixes extends string = string> {
  /** Kebab-case name of the bad state, readable after "ignore". */
  readonly id: string;
  readonly category: Category;
  /** Default severity; a report may give another (it then says why in the rule's page). */
  readonly severity: Severity;
  /**
   * The default severity where production is a guess: the module's confidence is `assumed`, and DEBUG is certainly on in it, as
   * in a project that has just begun.
   */
  readonly severityIfAssumed?: Severity;
  readonly audience: Audience;
  /** It is about what visitors send and get: nothing is said of modules that only workers and schedulers are started with. */
  readonly aboutRequests?: true;
  /** Releases for which it applies, inclusive: `{ since: [1, 8] }`. Django versions unknown: it applies unless `needsVersion`. */
  readonly django?: { readonly since?: readonly [number, number]; readonly until?: readonly [number, number] };
  /** Ids of Django's system checks for the same defect; `SILENCED_SYSTEM_CHECKS` with one of them silences the rule. */
  readonly djangoChecks: readonly string[];
  /** Further ids, each of which only some of its reports name by themselves ({@link Report.djangoCheck}) and are silenced by. */
  readonly partialChecks?: readonly string[];
  /** `{placeholder}` texts. Each says what is wrong in which environment, why it matters and what to do. */
  readonly messages: Readonly<Record<Messages, string>>;
  readonly fixes: Readonly<Record<Fixes, FixDeclaration>>;
  readonly onByDefault: boolean;
  /** By name, in kebab-case as it is written in the configuration. */
  readonly options?: Readonly<Record<string, OptionDeclaration>>;
  /** The Markdown page: `# id`, a first paragraph that says what it reports, `## Why it matters`, `## Wrong`, `## Right`, `## When to turn it off`, `## Related`. */
  readonly doc: string;
  check(context: RuleContext<Messages, Fixes>): void;
}

/** What has a default in a rule's declaration. */
type Defaulted = "djangoChecks" | "fixes" | "onByDefault";

/** A rule as it is written: no Django check, no fixes and on by default unless it says otherwise. */
export type RuleDeclaration<Messages extends string, Fixes extends string> = Omit<Rule<Messages, Fixes>, Defaulted> &
  Partial<Pick<Rule<Messages, Fixes>, Defaulted>>;

/** Completes a declaration. The ids of its messages and fixes are checked by the compiler wherever it reports. */
export function defineRule<Messages extends string, Fixes extends string = never>(
  declaration: RuleDeclaration<Messages, Fixes>,
): Rule<Messages, Fixes> {
  const noFixes = {} as Readonly<Record<Fixes, FixDeclaration>>;
  return { djangoChecks: [], fixes: noFixes, onByDefault: true, ...declaration };
}

/** What `check` of a rule gets, for its functions that report: `type Context = ContextOf<typeof debugEnabled>`. */
export type ContextOf<R> = R extends Rule<infer Messages, infer Fixes> ? RuleContext<Messages, Fixes> : never;
/** A fix that a rule may report. */
export type FixOf<R> = R extends Rule<infer _, infer Fixes> ? ReportedFix<Fixes> : never;
/** The id of one of a rule's messages. */
export type MessageOf<R> = R extends Rule<infer Messages> ? Messages : never;

/** All ids of Django's checks that a rule's findings may carry. */
export function checksOf(rule: Rule): readonly string[] {
  return [...rule.djangoChecks, ...(rule.partialChecks ?? [])];
}

/**
 * What a rule gets; its functions may be taken out of it (`check({ setting, report })`). For audiences `file` and `project`,
 * `module` and `evaluation` must not be asked for (they throw). Without type arguments: for functions that do not report.
 */
export interface RuleContext<Messages extends string = never, Fixes extends string = never> {
  readonly project: DjangoProject;
  readonly snapshot: Snapshot;
  /** The entry module under examination. */
  readonly module: SettingsModule;
  readonly evaluation: Evaluation;
  /** The settings file under examination (audience `file`), else the entry module's own. */
  readonly file: SourceFile;
  /** The source of any settings file that the snapshot holds. */
  readonly source: (path: FilePath) => SourceFile | undefined;
  /** All entry modules of the project with their evaluations: rules about relations between environments. */
  readonly entries: readonly EntryModule[];
  /** `production` and `hardened` audiences: the module counts as production by evidence, not by assumption. */
  readonly isConfirmed: boolean;
  /** It does not, and DEBUG is certainly on: what {@link Rule.severityIfAssumed} is about. */
  readonly isAssumed: boolean;
  /** A setting's effective value; for the audiences `production` and `hardened` in the production worlds only. */
  readonly setting: (name: string) => EffectiveSetting;
  /**
   * What is found in the settings of the entry module, one after the other; to be called once in a rule. What was found in one is
   * kept as long as all that `find` has asked has the same answers, so it has to be made of that setting alone.
   */
  readonly inEachSetting: <T>(find: (setting: EffectiveSetting) => readonly T[]) => readonly T[];
  /**
   * As {@link inEachSetting}, for rules about the whole project: what is found in the names of several modules, private ones
   * included. All calls of one rule have to find the same in a name.
   */
  readonly inEachName: <T>(
    entries: readonly EntryModule[],
    find: (name: string, entry: EntryModule) => readonly T[],
  ) => readonly T[];
  /** As {@link setting}, for another entry module. */
  readonly settingOf: (entry: EntryModule, name: string) => EffectiveSetting;
  /** Whether the project's Django is certainly at least / below a release; `undefined` when its version is not known. */
  readonly djangoAtLeast: (major: number, minor: number) => boolean | undefined;
  /** Whether a distribution is installed (PEP 503 names). */
  readonly hasPackage: (name: string) => boolean;
  /** Where findings about the entry module as a whole stand: its first star import, else its first statement. */
  readonly headSite: Site;
  /** What the project's configuration says for a declared option, else its default. */
  readonly option: (name: string) => OptionValue;
  /** The suppression comments of {@link file} and what they did. Only for category `suppression`, whose rules run after all others; the rest gets none. */
  readonly suppressions: readonly SuppressionUse[];
  readonly report: (report: Report<Messages, Fixes>) => void;
}

export interface EntryModule {
  readonly module: SettingsModule;
  readonly evaluation: Evaluation;
}

export interface SourceFile {
  readonly path: FilePath;
  readonly text: string;
  readonly ast: Module;
}

interface ReportParts<Messages extends string, Fixes extends string> {
  readonly message: Messages;
  /**
   * The texts for the placeholders of the message and of the fixes' titles. Never a secret. `{module}`, `{environment}`,
   * `{setting}` and, for what holds while variables are missing, `{variables}` and `{are}` are given already.
   */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** The setting that it is about; the proof's by default. */
  readonly setting?: string | undefined;
  readonly severity?: Severity | undefined;
  /**
   * The check that Django itself reports for this very finding; `none`: it reports nothing. Default: the first of the rule's
   * that Django reports about the module, where that can be told from its settings, else the rule's only one.
   */
  readonly djangoCheck?: string | undefined;
  /** Further places that explain it, after those of the proof. */
  readonly chain?: readonly ChainLink[] | undefined;
  readonly tags?: Finding["tags"] | undefined;
  /** What is `undefined` among them is left out. */
  readonly fixes?: readonly (ReportedFix<Fixes> | undefined)[] | undefined;
}

/** A finding as a rule makes it. A proof says where it stands, which setting it is about and how that gets there. */
export type Report<Messages extends string = string, Fixes extends string = string> = ReportParts<Messages, Fixes> &
  (
    | {
        readonly proof: Proof;
        /** Where it stands, unless it is where the proof's value is written. */ readonly at?: Site | undefined;
      }
    | { readonly proof?: undefined; readonly at: Site }
  );

export interface ReportedFix<Fixes extends string = string> {
  readonly id: Fixes;
  /** Fills the declared title's placeholders that the report's values do not. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** Lower the declared safety for this case; it can never be raised. */
  readonly safety?: Safety | undefined;
  /** Builds the edits when the fix is asked for. Not for `manual` fixes. */
  readonly edit?: ((edit: EditBuilder) => void) | undefined;
  /** It writes to the YAML, TOML or JSON file that the value comes from, the only place where writing helps. */
  readonly isForData?: true | undefined;
}

/** Where a step names what it binds or changes. */
export function targetOf({ site, target }: Step): Site {
  return siteOf(site.file, target);
}

/** A range in the entry module's own file or another, as a site; that of a node follows it through edits. */
export function siteOf(file: FilePath, range: Range): Site {
  return { file, range: isLive(range) ? placeOf(range) : { start: range.start, end: range.end } };
}
