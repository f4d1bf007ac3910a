import type { Range } from "../base/text";
import type { FilePath } from "../base/path";
import type { DjangoProject, SettingsModule } from "../project/model";
import type { Snapshot } from "../project/snapshot";
import type { Evaluation } from "../python/evaluation";
import type { Site } from "../python/value";
import type { Module } from "../syntax/ast";
import type { EditBuilder } from "./edit";
import type { Category, ChainLink, Finding, Safety, Severity } from "./finding";
import type { EffectiveSetting } from "./setting";
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
  readonly audience: Audience;
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

/** Makes the compiler check message and fix ids inside `check`; gives the rule back as it is. */
export function defineRule<Messages extends string, Fixes extends string>(rule: Rule<Messages, Fixes>): Rule {
  return rule;
}

/** All ids of Django's checks that a rule's findings may carry. */
export function checksOf(rule: Rule): readonly string[] {
  return [...rule.djangoChecks, ...(rule.partialChecks ?? [])];
}

/** What a rule gets; its functions may be taken out of it (`check({ setting, report })`). For audiences `file` and `project`, `module` and `evaluation` must not be asked for (they throw). */
export interface RuleContext<Messages extends string = string, Fixes extends string = string> {
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
  /** A setting's effective value; for the audiences `production` and `hardened` in the production worlds only. */
  readonly setting: (name: string) => EffectiveSetting;
  /** The same for another entry module. */
  readonly settingOf: (entry: EntryModule, name: string) => EffectiveSetting;
  /** Whether the project's Django is certainly at least / below a release; `undefined` when its version is not known. */
  readonly djangoAtLeast: (major: number, minor: number) => boolean | undefined;
  /** Whether a distribution is installed (PEP 503 names). */
  readonly hasPackage: (name: string) => boolean;
  /** Where findings about an unset setting stand: the entry module's first star import, else its first statement. */
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

export interface Report<Messages extends string = string, Fixes extends string = string> {
  readonly message: Messages;
  /** The texts for the message's placeholders. Never a secret. */
  readonly values?: Readonly<Record<string, string>>;
  readonly at: Site;
  readonly setting?: string;
  readonly severity?: Severity;
  /**
   * The check that Django itself reports for this very finding; `none`: it reports nothing. Default: the first of the rule's
   * that Django reports about the module, where that can be told from its settings, else the rule's only one.
   */
  readonly djangoCheck?: string;
  readonly chain?: readonly ChainLink[];
  readonly tags?: Finding["tags"];
  readonly fixes?: readonly ReportedFix<Fixes>[];
}

export interface ReportedFix<Fixes extends string = string> {
  readonly id: Fixes;
  /** Fills the declared title's placeholders. */
  readonly values?: Readonly<Record<string, string>>;
  /** Lower the declared safety for this case; it can never be raised. */
  readonly safety?: Safety;
  /** Builds the edits when the fix is asked for. Not for `manual` fixes. */
  readonly edit?: (edit: EditBuilder) => void;
}

/** A range in the entry module's own file or another, as a site. */
export function siteOf(file: FilePath, range: Range): Site {
  return { file, range: { start: range.start, end: range.end } };
}
