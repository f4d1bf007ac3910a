import { checkCancelled, NEVER_CANCELLED, type CancellationToken } from "../base/cancellation";
import { append } from "../base/lists";
import type { FilePath } from "../base/path";
import type { Release } from "../django/release";
import type { DjangoProject, Note, Role } from "../project/model";
import type { Snapshot } from "../project/snapshot";
import type { Site } from "../python/values/value";
import { isLive } from "../syntax/places";
import { isRuleOn, type Config } from "./config";
import { nameOfModule, servesProduction } from "./settingsModules";
import { ProjectScope } from "./projectScope";
import type { PartFinder } from "./context";
import type { ClaimedVariables } from "./edit/claimedVariables";
import type { Finding, Fix } from "./finding";
import { foldInherited } from "./inheriting";
import { NOTHING_NEW, type Asked, type RuleMemory, type RuleResult, type Surroundings } from "./memory/ruleMemory";
import type { Redactor } from "./redaction/redactor";
import { compareFindings, mergeFindings } from "./reporting";
import type { EntryModule, Rule } from "./rule";
import { RuleRunner, type RuleRun } from "./ruleRunner";
import { ProjectSuppressions, type SuppressedFinding } from "./suppressing";

export interface LintRequest {
  readonly project: DjangoProject;
  readonly snapshot: Snapshot;
  /** The project's entry modules with their evaluations. */
  readonly entries: readonly EntryModule[];
  readonly config: Config;
  readonly rules: readonly Rule[];
  /** Findings come out of it without secrets. */
  readonly redactor: Redactor;
  /** What is known from earlier runs over the same project, and is to be known in the next; without it, rules are not heard asking. */
  readonly memory?: RuleMemory<ProjectScope>;
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

/** What any rule may have looked at. */
function surroundingsOf({ project, snapshot, entries, config, rules, redactor }: LintRequest): Surroundings {
  return {
    objects: [config, rules, redactor, snapshot.listing],
    data: [project, snapshot.unlistedFiles(), entries.map(({ module }) => nameOfModule(module))],
  };
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
  private readonly runner: RuleRunner;
  private readonly memory: RuleMemory<ProjectScope> | undefined;

  constructor(request: LintRequest) {
    this.request = request;
    this.memory = request.memory;
    this.scope = new ProjectScope(request, this.memory !== undefined);
    this.entries = this.scope.entries.toSorted((a, b) => roleRank(a.module.role) - roleRank(b.module.role));
    this.runner = new RuleRunner(this.scope, request.config, request.redactor);
  }

  lint(): LintResult {
    this.memory?.begin(this.scope, surroundingsOf(this.request));
    const rules = this.wantedRules();
    const [after, first] = [rules.filter(isAboutSuppressions), rules.filter((rule) => !isAboutSuppressions(rule))];
    this.runOnEntries(first.filter((rule) => rule.audience !== "file" && rule.audience !== "project"));
    const files = this.settingsFiles();
    for (const file of files) {
      checkCancelled(this.request.token);
      for (const rule of first) if (rule.audience === "file") this.run({ rule, entry: undefined, path: file });
    }
    for (const rule of first) if (rule.audience === "project") this.run({ rule, entry: undefined, path: undefined });
    const suppressions = new ProjectSuppressions(this.scope, this.request.rules);
    const { kept, suppressed } = suppressions.apply(this.merged());
    this.findings.length = 0;
    for (const file of suppressions.filesWithDirectives([...files, ...this.otherFiles()])) {
      // What goes beyond a limit was skipped, comments and all.
      if (this.scope.source(file) === undefined) continue;
      const uses = suppressions.uses(file, this.ran);
      for (const rule of after) this.run({ rule, entry: undefined, path: file, uses });
    }
    const about = suppressions.apply(this.merged());
    this.memory?.finish();
    return {
      findings: [...kept, ...about.kept].toSorted(compareFindings),
      suppressed: [...suppressed, ...about.suppressed],
      notes: this.notes,
    };
  }

  /** The rules that may have something to say. */
  private wantedRules(): readonly Rule[] {
    const { config, rules } = this.request;
    const version = this.scope.project.django?.version;
    let known = knownWanted.get(config);
    if (known?.rules !== rules || known.version !== String(version)) {
      const wanted = rules.filter((rule) => isRuleOn(config, rule) && isForVersion(rule, version));
      knownWanted.set(config, (known = { rules, version: String(version), wanted }));
    }
    return known.wanted;
  }

  private runOnEntries(rules: readonly Rule[]): void {
    for (const entry of this.entries) {
      checkCancelled(this.request.token);
      for (const rule of rules) if (this.isAudience(rule, entry)) this.run({ rule, entry, path: undefined });
    }
  }

  private isAudience(rule: Rule, entry: EntryModule): boolean {
    const { role, confidence, isSite } = entry.module;
    if (rule.aboutRequests === true && !isSite) return false;
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

  private run(run: RuleRun): void {
    this.ran.add(run.rule.id);
    const { memory } = this;
    const isRemembered = memory !== undefined && !isAboutSuppressions(run.rule);
    const { findings, notes } = isRemembered ? this.remembered(run, memory) : this.runner.run(run, this.request.token);
    append(this.findings, findings);
    for (const note of notes)
      if (!this.notes.some(({ message, file }) => message === note.message && file === note.file))
        this.notes.push(note);
  }

  /** What a rule says, from the last time that it was run if that would be the same. */
  private remembered(run: RuleRun, memory: RuleMemory<ProjectScope>): RuleResult {
    const name = nameOfRun(run);
    const made = memory.recall(name) === undefined ? this.runAnew(run, name, memory) : undefined;
    if (made !== undefined) return made;
    const known = memory.recall(name)?.result as RuleResult;
    return { ...known, findings: known.findings.map((finding, at) => this.rebound(finding, run, at)) };
  }

  /** What a rule says, and remembers it; `undefined` where that turns out to be what is remembered. */
  private runAnew(run: RuleRun, name: string, memory: RuleMemory<ProjectScope>): RuleResult | undefined {
    const { scope, runner } = this;
    const asked: Asked<ProjectScope> = new Map();
    try {
      const made = scope.listening(asked, () => {
        const result = runner.run({ ...run, parts: this.partsOf(name, memory) }, this.request.token);
        // Numbers do not follow their text through edits.
        for (const site of result.findings.flatMap(sitesOf)) if (!isLive(site.range)) scope.snapshot.text(site.file);
        return result;
      });
      memory.keep(name, withoutFixes(made), asked);
      return made;
    } catch (error) {
      if (error === NOTHING_NEW) return undefined;
      throw error;
    }
  }

  /** Finds parts of a run, or takes them from the last time that they were found. */
  private partsOf(run: string, memory: RuleMemory<ProjectScope>): PartFinder {
    const { scope } = this;
    return (parts, find) => memory.inParts(run, parts, (part, asked) => scope.listening(asked, () => find(part)));
  }

  /** A finding that was made earlier, with fixes that are made from the texts of this run. */
  private rebound(finding: Finding, run: RuleRun, at: number): Finding {
    if (finding.fixes.length === 0) return finding;
    const { runner } = this;
    let result: RuleResult | undefined;
    const fixAt = (index: number): Fix | undefined => {
      result ??= runner.run(run, NEVER_CANCELLED);
      return result.findings[at]?.fixes[index];
    };
    const fixes = finding.fixes.map((fix, index) => ({
      ...fix,
      edits: (claimed?: ClaimedVariables) => fixAt(index)?.edits(claimed) ?? [],
      obstacle: () => fixAt(index)?.obstacle(),
    }));
    return { ...finding, fixes };
  }

  private merged(): readonly Finding[] {
    return foldInherited(mergeFindings(this.findings), this.entries, this.scope);
  }
}

function nameOfRun({ rule, entry, path }: RuleRun): string {
  return [rule.id, entry === undefined ? "" : nameOfModule(entry.module), path ?? ""].join("\0");
}

function sitesOf({ site, chain }: Finding): readonly Site[] {
  return [site, ...chain.map((link) => link.site)];
}

/** A result to be kept: what would make its fixes holds on to all that the rule has seen. */
function withoutFixes({ findings, notes }: RuleResult): RuleResult {
  const named = (fix: Fix): Fix => ({ ...fix, edits: () => [], obstacle: () => undefined });
  return { findings: findings.map((finding) => ({ ...finding, fixes: finding.fixes.map(named) })), notes };
}

function isAboutSuppressions(rule: Rule): boolean {
  return rule.category === "suppression";
}

interface WantedRules {
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly wanted: readonly Rule[];
}

/** Asked at every edit. */
const knownWanted = new WeakMap<Config, WantedRules>();

function isForVersion({ django }: Rule, version: Release | undefined): boolean {
  if (version === undefined || django === undefined) return true;
  const { since, until } = django;
  return (since === undefined || compare(version, since) >= 0) && (until === undefined || compare(version, until) <= 0);
}

function compare(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}
