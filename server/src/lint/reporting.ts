import { printable } from "../base/printable";
import type { FilePath } from "../base/path";
import type { DjangoProject, Role } from "../project/model";
import type { Snapshot } from "../project/snapshot";
import { lowered } from "./config";
import { ClaimedVariables } from "./edit/variableNames";
import { createEditBuilder } from "./editBuilder";
import type { Finding, Fix, Safety, Severity } from "./finding";
import type { Redactor } from "./redaction/redactor";
import type { Report, ReportedFix, Rule } from "./rule";
import type { EffectiveSetting } from "./setting";

/** Where a rule was running when it reported. */
export interface ReportScope {
  readonly project: DjangoProject;
  readonly snapshot: Snapshot;
  readonly redactor: Redactor;
  readonly module: { readonly name: string; readonly role: Role } | undefined;
  /** The file that a fix starts from: the entry module's own, or the one under examination. */
  readonly entryFile: FilePath;
  setting(name: string): EffectiveSetting | undefined;
  /** The first of some ids that Django's own checks report about the module; `null`: none, `undefined`: not known. */
  reportedCheck(ids: readonly string[]): string | null | undefined;
}

/** A rule broke its own declaration: a placeholder without a text, a fix that it does not declare. */
export class RuleMistake extends Error {
  constructor(rule: Rule, message: string) {
    super(`${rule.id}: ${message}`);
    this.name = "RuleMistake";
  }
}

/** Makes a finding of a report, without secrets in its texts. Throws {@link RuleMistake}. */
export function findingOf(rule: Rule, report: Report, scope: ReportScope): Finding {
  const template = rule.messages[report.message];
  if (template === undefined) throw new RuleMistake(rule, `message "${report.message}" is not declared`);
  const overridden = overridableAt(report, scope);
  const severity = report.severity ?? rule.severity;
  const fixes = (report.fixes ?? []).map((fix) => fixOf(rule, fix, scope));
  return {
    rule: rule.id,
    category: rule.category,
    severity: overridden === undefined ? severity : lowered(severity),
    messageId: report.message,
    message: fill(rule, template, report.values, scope) + (overridden === undefined ? "" : ` ${overridden.text}`),
    site: report.at,
    setting: report.setting,
    role: scope.module?.role,
    module: scope.module?.name,
    modules: scope.module === undefined ? [] : [scope.module.name],
    djangoCheck: djangoCheckOf(rule, report, scope),
    chain: [...(report.chain ?? []), ...(overridden === undefined ? [] : [overridden])].map((link) => ({
      ...link,
      text: printable(scope.redactor.clean(link.text)),
    })),
    fixes: withPreferred(fixes),
    tags: report.tags ?? [],
  };
}

/** Never an id that Django certainly does not report. */
function djangoCheckOf(rule: Rule, { djangoCheck }: Report, scope: ReportScope): string | undefined {
  const { djangoChecks } = rule;
  if (djangoCheck !== undefined) return djangoCheck === "none" ? undefined : djangoCheck;
  if (djangoChecks.length === 0) return undefined;
  const reported = scope.reportedCheck(djangoChecks);
  if (reported !== undefined) return reported ?? undefined;
  // Which one of several it is cannot be told.
  return djangoChecks.length === 1 ? djangoChecks[0] : undefined;
}

/** The import by which something outside of the workspace may replace the reported setting. */
function overridableAt(report: Report, scope: ReportScope): Finding["chain"][number] | undefined {
  if (report.setting === undefined) return undefined;
  const outcomes = scope.setting(report.setting)?.outcomes ?? [];
  const step = outcomes.find((outcome) => outcome.overridable !== undefined)?.overridable;
  if (step === undefined) return undefined;
  return { site: step.site, text: `A module that is not in the workspace may replace it, imported by ${step.module}.` };
}

/** Replaces `{placeholder}`s by texts without secrets and control characters. Throws {@link RuleMistake} when one has no text. */
function fill(
  rule: Rule,
  template: string,
  values: Readonly<Record<string, string>> | undefined,
  { redactor }: ReportScope,
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values?.[name];
    if (value === undefined) throw new RuleMistake(rule, `no text for {${name}} in "${template}"`);
    return printable(redactor.clean(value));
  });
}

const CAUTION: readonly Safety[] = ["safe", "unsafe", "manual"];

function fixOf(rule: Rule, fix: ReportedFix, scope: ReportScope): Fix {
  const declared = rule.fixes[fix.id];
  if (declared === undefined) throw new RuleMistake(rule, `fix "${fix.id}" is not declared`);
  const safety = fix.safety ?? declared.safety;
  if (CAUTION.indexOf(safety) < CAUTION.indexOf(declared.safety)) {
    throw new RuleMistake(rule, `fix "${fix.id}" is declared ${declared.safety} and cannot be ${safety}`);
  }
  const edit = fix.edit;
  if ((edit === undefined) !== (safety === "manual")) {
    throw new RuleMistake(rule, `fix "${fix.id}" is ${safety} and has ${edit === undefined ? "no" : "an"} edit`);
  }
  return {
    id: fix.id,
    title: fill(rule, declared.title, fix.values, scope),
    safety,
    preferred: false,
    edits: (claimed = new ClaimedVariables()) => {
      if (edit === undefined) return [];
      const builder = createEditBuilder(scope, claimed);
      edit(builder);
      return builder.edits();
    },
  };
}

function withPreferred(fixes: readonly Fix[]): readonly Fix[] {
  const first = fixes.find((fix) => fix.safety === "safe");
  return fixes.map((fix) => (fix === first ? { ...fix, preferred: true } : fix));
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** The order of reports: by file and place, the graver one first. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareTexts(a.site.file, b.site.file) ||
    a.site.range.start - b.site.range.start ||
    a.site.range.end - b.site.range.end ||
    RANK[a.severity] - RANK[b.severity] ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(a.messageId, b.messageId) ||
    compareTexts(a.setting ?? "", b.setting ?? "") ||
    compareTexts(a.module ?? "", b.module ?? "")
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Makes one finding of those that say the same at the same place for several settings modules. The first module's stays
 * (callers hand them over with production first), with the gravest severity.
 */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const { file, range } = finding.site;
    const key = [finding.rule, finding.messageId, finding.setting ?? "", file, range.start, range.end].join("\0");
    const first = merged.get(key);
    merged.set(key, first === undefined ? finding : withModulesOf(first, finding));
  }
  return [...merged.values()];
}

/** A finding that also stands for another one's modules. */
export function withModulesOf(first: Finding, other: Finding): Finding {
  return {
    ...first,
    severity: RANK[other.severity] < RANK[first.severity] ? other.severity : first.severity,
    modules: [...new Set([...first.modules, ...other.modules])],
  };
}
