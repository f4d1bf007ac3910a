import { Cancelled, checkCancelled, type CancellationToken } from "../base/cancellation";
import type { FilePath } from "../base/path";
import { newestRelease } from "../django/facts";
import type { Release } from "../django/release";
import type { Note } from "../project/model";
import { deployedScope, isDenied, possibleReleases, reportedCheck, type CheckScope } from "./checkWorlds";
import { gradeOf, isExcluded, ruleSetting, type Config } from "./config";
import { servesProduction } from "./settingsModules";
import type { ProjectScope } from "./projectScope";
import { RuleContextImpl, type PartFinder } from "./context";
import type { Finding } from "./finding";
import { NOTHING_NEW, type RuleResult } from "./memory/ruleMemory";
import type { Redactor } from "./redaction/redactor";
import { findingOf, RuleMistake } from "./reporting";
import type { EntryModule, Report, Rule } from "./rule";
import type { SuppressionUse } from "./suppressions";

/** One rule, and what it is run over: an entry module, a file, or (without both) the project. */
export interface RuleRun {
  readonly rule: Rule;
  readonly entry: EntryModule | undefined;
  readonly path: FilePath | undefined;
  /** What the suppression comments of the file did, for the rules about them. */
  readonly uses?: readonly SuppressionUse[];
  /** Finds what a part of the run is about, or knows it already. */
  readonly parts?: PartFinder;
}

/** Runs single rules over what a scope holds, and makes findings of what they report. */
export class RuleRunner {
  private readonly scope: ProjectScope;
  private readonly config: Config;
  private readonly redactor: Redactor;

  constructor(scope: ProjectScope, config: Config, redactor: Redactor) {
    this.scope = scope;
    this.config = config;
    this.redactor = redactor;
  }

  /** A rule's findings. A rule that fails loses its own findings and nothing else. Throws only {@link Cancelled}, and {@link NOTHING_NEW} where its parts do. */
  run(run: RuleRun, token: CancellationToken): RuleResult {
    const { rule, entry, path, uses = [], parts = (names, find) => names.flatMap(find) } = run;
    const file = path ?? entry?.module.file ?? this.scope.project.root;
    const { options } = ruleSetting(this.config, rule, { file, role: entry?.module.role });
    const findings: Finding[] = [];
    const notes: Note[] = [];
    const report = (made: Report): void => {
      const finding = this.finding(rule, made, entry, file);
      if (finding !== undefined) findings.push(finding);
    };
    checkCancelled(token);
    try {
      const { scope } = this;
      rule.check(new RuleContextImpl({ rule, scope, entry, path, suppressions: uses, options, report, parts }));
    } catch (error) {
      if (error instanceof Cancelled || error === NOTHING_NEW) throw error;
      const reason = error instanceof RuleMistake || error instanceof Error ? error.name : "unknown error";
      const message = `The rule ${rule.id} failed here (${reason}). This is a mistake in Django Settings Lint; please report it.`;
      notes.push({ file, message });
    }
    return { findings, notes };
  }

  private finding(rule: Rule, made: Report, entry: EntryModule | undefined, file: FilePath): Finding | undefined {
    const { config, redactor, scope } = this;
    const { project, snapshot } = scope;
    const isProduction = rule.audience === "production" || rule.audience === "hardened";
    const report = this.withTrueCheck(rule, made, entry);
    const finding = findingOf(rule, report, {
      project,
      snapshot,
      redactor,
      module: entry?.module,
      isAssumed: entry !== undefined && scope.isAssumed(entry),
      entryFile: file,
      setting: (name) => (entry === undefined ? undefined : scope.setting(entry, name, isProduction)),
      reportedCheck: (ids) => {
        const checks = this.checkScope(rule, entry, project.django?.version ?? newestRelease);
        return checks && reportedCheck(checks, ids);
      },
    });
    if (this.isSilenced(rule, report, entry) || isExcluded(config, finding.site.file)) return undefined;
    const setting = ruleSetting(config, rule, { file: finding.site.file, role: finding.role });
    const severity = gradeOf(setting, finding.severity);
    return severity === "off" ? undefined : { ...finding, severity };
  }

  /** A check that Django certainly does not report in some world is none that a finding may carry. */
  private withTrueCheck(rule: Rule, report: Report, entry: EntryModule | undefined): Report {
    const { djangoCheck } = report;
    if (djangoCheck === undefined || djangoCheck === "none") return report;
    const scopes = possibleReleases(this.scope.project).map((release) => this.checkScope(rule, entry, release));
    const isWrong = scopes.some((scope) => scope !== undefined && isDenied(scope, djangoCheck));
    return isWrong ? { ...report, djangoCheck: "none" } : report;
  }

  /** The module as Django's checks see it. */
  private checkScope(rule: Rule, entry: EntryModule | undefined, django: Release): CheckScope | undefined {
    if (entry === undefined) return undefined;
    const { project, snapshot } = this.scope;
    const isProduction = rule.audience === "production" || rule.audience === "hardened";
    const setting = (name: string) =>
      this.scope.setting(entry, name, isProduction && servesProduction(entry.module.role));
    return deployedScope({ project, snapshot, module: entry.module }, entry.evaluation, setting, django);
  }

  /** `SILENCED_SYSTEM_CHECKS`; for findings about files and projects all entry modules must agree. */
  private isSilenced(rule: Rule, made: Report, entry: EntryModule | undefined): boolean {
    const { djangoCheck = "none" } = made;
    const checks = djangoCheck === "none" ? rule.djangoChecks : [djangoCheck];
    const modules = entry === undefined ? this.scope.entries : [entry];
    if (checks.length === 0 || modules.length === 0) return false;
    return modules.every((one) => {
      const silenced = this.scope.silencedChecks(one);
      return checks.some((id) => silenced.has(id));
    });
  }
}
