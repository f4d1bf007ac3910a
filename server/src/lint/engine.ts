import { Cancelled, checkCancelled, type CancellationToken } from "../base/cancellation";
import type { FilePath } from "../base/path";
import { newestRelease, type Release } from "../django/facts";
import type { DjangoProject, Note, Role } from "../project/model";
import type { Snapshot } from "../project/snapshot";
import { gradeOf, isExcluded, isRuleOn, ruleSetting, type Config } from "./config";
import { ProjectScope, RuleContextImpl, servesProduction } from "./context";
import type { Finding } from "./finding";
import { compareFindings, findingOf, mergeFindings, RuleMistake } from "./reporting";
import { deployedScope, isDenied, possibleReleases, reportedCheck, type CheckScope } from "./checkWorlds";
import type { EntryModule, Report, Rule } from "./rule";
import { foldInherited } from "./inheriting";
import { ProjectSuppressions, type SuppressedFinding } from "./suppressing";
import type { Redactor } from "./redaction/redactor";
import type { SuppressionUse } from "./suppressions";

export interface LintRequest {
  readonly project: DjangoProject;
  readonly snapshot: Snapshot;
  /** The project's entry modules with their evaluations. */
  readonly entries: readonly EntryModule[];
  readonly config: Config;
  readonly rules: readonly Rule[];
  /** Findings come out of it without secrets. */
  readonly redactor: Redactor;
  readonly token: CancellationToken;
}

export interface LintResult {
  /** In the order of files and places. */
  readonly findings: readonly Finding[];
  /** Findings that a comment in the source suppresses. */
  readonly suppressed: readonly SuppressedFinding[];
  readonly notes: readonly Note[];
}

/** Runs rules over one Django project. Throws only {@link Cancelled}. */
export function lintProject(request: LintRequest): LintResult {
  return new Engine(request).lint();
}

/** Production first: its finding is the one that stays where several modules share it. */
function roleRank(role: Role): number {
  return ["production", "single", "staging", "development", "test", "base"].indexOf(role);
}

class Engine {
  private readonly request: LintRequest;
  private readonly scope: ProjectScope;
  private readonly entries: readonly EntryModule[];
  private readonly findings: Finding[] = [];
  private readonly notes: Note[] = [];
  private readonly ran = new Set<string>();
  private readonly silenced: ReadonlyMap<EntryModule, ReadonlySet<string>>;

  constructor(request: LintRequest) {
    this.request = request;
    this.scope = new ProjectScope(request.project, request.snapshot, request.entries, request.config);
    this.entries = request.entries.toSorted((a, b) => roleRank(a.module.role) - roleRank(b.module.role));
    this.silenced = new Map(request.entries.map((entry) => [entry, this.scope.silencedChecks(entry)]));
  }

  lint(): LintResult {
    const rules = this.request.rules.filter((rule) => this.isWanted(rule));
    const [after, first] = [rules.filter(isAboutSuppressions), rules.filter((rule) => !isAboutSuppressions(rule))];
    this.runOnEntries(first.filter((rule) => rule.audience !== "file" && rule.audience !== "project"));
    const files = this.settingsFiles();
    for (const file of files) {
      checkCancelled(this.request.token);
      for (const rule of first) if (rule.audience === "file") this.run(rule, undefined, file);
    }
    for (const rule of first) if (rule.audience === "project") this.run(rule, undefined, undefined);
    const suppressions = new ProjectSuppressions(this.scope, this.request.rules);
    const { kept, suppressed } = suppressions.apply(this.merged());
    this.findings.length = 0;
    for (const file of suppressions.filesWithDirectives([...files, ...this.otherFiles()])) {
      // What goes beyond a limit was skipped, comments and all.
      if (this.scope.source(file) === undefined) continue;
      const uses = suppressions.uses(file, this.ran);
      for (const rule of after) this.run(rule, undefined, file, uses);
    }
    const about = suppressions.apply(this.merged());
    return {
      findings: [...kept, ...about.kept].toSorted(compareFindings),
      suppressed: [...suppressed, ...about.suppressed],
      notes: this.notes,
    };
  }

  private isWanted(rule: Rule): boolean {
    if (!isRuleOn(this.request.config, rule)) return false;
    const version = this.scope.project.django?.version;
    if (version === undefined || rule.django === undefined) return true;
    const { since, until } = rule.django;
    return (
      (since === undefined || compare(version, since) >= 0) && (until === undefined || compare(version, until) <= 0)
    );
  }

  private runOnEntries(rules: readonly Rule[]): void {
    for (const entry of this.entries) {
      checkCancelled(this.request.token);
      for (const rule of rules) if (this.isAudience(rule, entry)) this.run(rule, entry, undefined);
    }
  }

  private isAudience(rule: Rule, entry: EntryModule): boolean {
    const { role, confidence } = entry.module;
    switch (rule.audience) {
      case "production":
        return servesProduction(role);
      case "hardened":
        return servesProduction(role) && (confidence === "confirmed" || !this.scope.isDebugOn(entry));
      case "development":
      case "test":
        return role === rule.audience;
      case "entry":
        return true;
      case "file":
      case "project":
        return false;
    }
  }

  /** The files of all settings modules, those that are only imported included. */
  private settingsFiles(): readonly FilePath[] {
    const files = new Set(this.request.project.modules.map((module) => module.file));
    return [...files].filter((file) => this.scope.source(file) !== undefined).toSorted();
  }

  /** Files without settings in which a suppression comment counts: helpers that settings run, and entry points. */
  private otherFiles(): readonly FilePath[] {
    return [
      ...this.entries.flatMap((entry) => entry.evaluation.files),
      ...this.request.project.entryPoints.map((entryPoint) => entryPoint.file),
    ];
  }

  private run(
    rule: Rule,
    entry: EntryModule | undefined,
    path: FilePath | undefined,
    uses: readonly SuppressionUse[] = [],
  ) {
    const file = path ?? entry?.module.file ?? this.request.project.root;
    const { options } = ruleSetting(this.request.config, rule, { file, role: entry?.module.role });
    const report = (made: Report): void => this.report(rule, made, entry, file);
    this.ran.add(rule.id);
    checkCancelled(this.request.token);
    try {
      rule.check(new RuleContextImpl({ rule, scope: this.scope, entry, path, suppressions: uses, options, report }));
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      this.failed(rule, error, file);
    }
  }

  /** A rule that fails costs its own findings for this module and nothing else. */
  private failed(rule: Rule, error: unknown, file: FilePath): void {
    const reason = error instanceof RuleMistake || error instanceof Error ? error.name : "unknown error";
    const message = `The rule ${rule.id} failed here (${reason}). This is a mistake in Django Settings Lint; please report it.`;
    if (!this.notes.some((note) => note.message === message && note.file === file)) this.notes.push({ file, message });
  }

  private report(rule: Rule, made: Report, entry: EntryModule | undefined, file: FilePath): void {
    const { config, project, redactor, snapshot } = this.request;
    const isProduction = rule.audience === "production" || rule.audience === "hardened";
    const report = this.withTrueCheck(rule, made, entry);
    const finding = findingOf(rule, report, {
      project,
      snapshot,
      redactor,
      module: entry?.module,
      isAssumed: entry !== undefined && this.scope.isAssumed(entry),
      entryFile: file,
      setting: (name) => (entry === undefined ? undefined : this.scope.setting(entry, name, isProduction)),
      reportedCheck: (ids) => {
        const scope = this.checkScope(rule, entry, project.django?.version ?? newestRelease);
        return scope && reportedCheck(scope, ids);
      },
    });
    if (this.isSilenced(rule, report, entry) || isExcluded(config, finding.site.file)) return;
    const setting = ruleSetting(config, rule, { file: finding.site.file, role: finding.role });
    const severity = gradeOf(setting, finding.severity);
    if (severity !== "off") this.findings.push({ ...finding, severity });
  }

  /** A check that Django certainly does not report in some world is none that a finding may carry. */
  private withTrueCheck(rule: Rule, report: Report, entry: EntryModule | undefined): Report {
    const { djangoCheck } = report;
    if (djangoCheck === undefined || djangoCheck === "none") return report;
    const scopes = possibleReleases(this.request.project).map((release) => this.checkScope(rule, entry, release));
    const isWrong = scopes.some((scope) => scope !== undefined && isDenied(scope, djangoCheck));
    return isWrong ? { ...report, djangoCheck: "none" } : report;
  }

  /** The module as Django's checks see it. */
  private checkScope(rule: Rule, entry: EntryModule | undefined, django: Release): CheckScope | undefined {
    if (entry === undefined) return undefined;
    const { project, snapshot } = this.request;
    const isProduction = rule.audience === "production" || rule.audience === "hardened";
    const setting = (name: string) =>
      this.scope.setting(entry, name, isProduction && servesProduction(entry.module.role));
    return deployedScope({ project, snapshot, module: entry.module }, entry.evaluation, setting, django);
  }

  /** `SILENCED_SYSTEM_CHECKS`; for findings about files and projects all entry modules must agree. */
  private isSilenced(rule: Rule, made: Report, entry: EntryModule | undefined): boolean {
    const { djangoCheck = "none" } = made;
    const checks = djangoCheck === "none" ? rule.djangoChecks : [djangoCheck];
    const modules = entry === undefined ? this.entries : [entry];
    return modules.length > 0 && modules.every((one) => checks.some((id) => this.silenced.get(one)?.has(id)));
  }

  private merged(): readonly Finding[] {
    return foldInherited(mergeFindings(this.findings), this.entries, (entry) => this.scope.headSite(entry.module));
  }
}

function isAboutSuppressions(rule: Rule): boolean {
  return rule.category === "suppression";
}

function compare(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}
