import { printable } from "../base/printable";
import type { FilePath } from "../base/path";
import type { DjangoProject, SettingsModule } from "../project/model";
import type { Snapshot } from "../project/snapshot";
import type { Site } from "../python/values/value";
import { environmentOf, proofChain } from "./chain";
import { lowered } from "./config";
import { ClaimedVariables } from "./edit/claimedVariables";
import { createEditBuilder } from "./editBuilder";
import type { Finding, Fix, Safety, Severity } from "./finding";
import { codeAt, listed, placeLabel } from "./phrases";
import type { Redactor } from "./redaction/redactor";
import type { Report, ReportedFix, Rule } from "./rule";
import type { EffectiveSetting, Proof } from "./setting";

/** Where a rule was running when it reported. */
export interface ReportScope {
  readonly project: DjangoProject;
  readonly snapshot: Snapshot;
  readonly redactor: Redactor;
  readonly module: SettingsModule | undefined;
  /** The module is taken for production's by a guess, and DEBUG is on in it. */
  readonly isAssumed: boolean;
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
  const declared = rule.messages[report.message];
  const template =
    declared === undefined || scope.module?.confidence === "confirmed" ? declared : withoutClaim(declared);
  if (template === undefined) throw new RuleMistake(rule, `message "${report.message}" is not declared`);
  const { proof } = report;
  const setting = report.setting ?? proof?.setting;
  const site = report.proof === undefined ? report.at : (report.at ?? report.proof.site);
  const overridden = overridableAt(setting, scope);
  const values = { ...knownValues(setting, proof, scope), ...report.values };
  const isData = proof?.data !== undefined;
  const offered = (report.fixes ?? []).filter((fix) => fix !== undefined);
  // What Python says is replaced by the file that it loads: writing there changes nothing.
  const fixes = offered
    .filter((fix) => !isData || fix.isForData === true)
    .map((fix) => fixOf(rule, fix, values, scope));
  const remarks = remarksOn(template, proof, site, scope);
  return {
    rule: rule.id,
    category: rule.category,
    severity: severityFor(rule, report, {
      template,
      isOverridable: overridden !== undefined,
      isAssumed: scope.isAssumed,
    }),
    messageId: report.message,
    message: [fill(rule, template, values, cleanerFor(setting, scope)), ...remarks].join(" "),
    site,
    setting,
    role: scope.module?.role,
    module: scope.module?.name,
    modules: scope.module === undefined ? [] : [scope.module.name],
    djangoCheck: djangoCheckOf(rule, report, scope),
    chain: [
      ...(proof === undefined || scope.module === undefined ? [] : proofChain(scope.module, proof, site)),
      ...(report.chain ?? []),
      ...(overridden === undefined ? [] : [overridden]),
    ].map((link) => ({ ...link, text: printable(scope.redactor.clean(link.text)) })),
    fixes: withPreferred(fixes),
    tags: report.tags ?? [],
  };
}

/** A message about a module of which nobody knows whether it runs in production does not say that it does. */
function withoutClaim(template: string): string {
  return template
    .replaceAll(", which runs in {environment}", ", if it is deployed")
    .replaceAll(" runs in {environment} and ", " ")
    .replaceAll(" runs in {environment} without ", " is without ");
}

/** What takes secrets out of the values in a message about a setting. */
function cleanerFor(setting: string | undefined, scope: ReportScope): (text: string) => string {
  const { redactor } = scope;
  if (setting === undefined || !redactor.isSecretName(setting)) return (text) => redactor.clean(text);
  const outcomes = scope.setting(setting)?.outcomes ?? [];
  const held = new Set(outcomes.flatMap(({ value }) => (value.kind === "str" ? [value.value] : [])));
  return (text) => redactor.cleanAbout(held, text);
}

/** The texts that no report has to give. */
function knownValues(setting: string | undefined, proof: Proof | undefined, { module }: ReportScope): Values {
  const missing = proof?.missing ?? [];
  return {
    ...(module === undefined ? {} : { module: module.name, environment: environmentOf(module) }),
    ...(setting === undefined ? {} : { setting }),
    ...(missing.length === 0 ? {} : { variables: listed(missing), are: missing.length === 1 ? "is" : "are" }),
  };
}

/** A message that names the missing variables is about them; any other is told to a reader who has to learn of them. */
function isAboutMissing(template: string): boolean {
  return template.includes("{variables}");
}

/**
 * The rule's severity, as it is for guessed production where the rule says so; a grade less for what holds only while
 * variables are missing, unless that is what the message is about, and for what may be overridden.
 */
function severityFor(
  rule: Rule,
  report: Report,
  { template, isOverridable, isAssumed }: { template: string; isOverridable: boolean; isAssumed: boolean },
): Severity {
  const usual = (isAssumed ? rule.severityIfAssumed : undefined) ?? rule.severity;
  const isMissing = report.proof !== undefined && report.proof.missing.length > 0 && !isAboutMissing(template);
  const severity = report.severity ?? usual;
  return [isMissing, isOverridable].filter(Boolean).reduce((grade) => lowered(grade), severity);
}

/** Where the value comes from, when it is not what the source says by itself: "docker-compose.prod.yml:7 sets DEBUG to this." */
function remarksOn(template: string, proof: Proof | undefined, at: Site, scope: ReportScope): readonly string[] {
  const { missing = [], deployed = [] } = proof ?? {};
  const sources = deployed.flatMap(({ variable, site }) =>
    site === undefined || site.file === at.file ? [] : [printable(`${placeLabel(scope, site)} sets ${variable}`)],
  );
  return [
    ...(sources.length === 0 ? [] : [`This is because ${listed(sources)}.`]),
    ...(missing.length === 0 || isAboutMissing(template)
      ? []
      : [`This is so when ${listed(missing)} ${missing.length === 1 ? "is" : "are"} not set.`]),
  ];
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

/** The import or call by which something outside of the workspace may replace the reported setting: "production.py:12 may override it: from .local import *". */
function overridableAt(setting: string | undefined, scope: ReportScope): Finding["chain"][number] | undefined {
  if (setting === undefined) return undefined;
  const outcomes = scope.setting(setting)?.outcomes ?? [];
  const step = outcomes.find((outcome) => outcome.overridable !== undefined)?.overridable;
  if (step === undefined) return undefined;
  const place = placeLabel(scope, step.site);
  return { site: step.site, text: `${place} may override it: ${codeAt(scope.snapshot, step.site)}` };
}

type Values = Readonly<Record<string, string>>;

/** Replaces `{placeholder}`s by texts without secrets and control characters. Throws {@link RuleMistake} when one has no text. */
function fill(rule: Rule, template: string, values: Values, clean: (text: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RuleMistake(rule, `no text for {${name}} in "${template}"`);
    return printable(clean(value));
  });
}

const CAUTION: readonly Safety[] = ["safe", "unsafe", "manual"];

function fixOf(rule: Rule, fix: ReportedFix, values: Values, scope: ReportScope): Fix {
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
  const build = (claimed: ClaimedVariables): Pick<Fix, "edits"> & { readonly obstacle?: string | undefined } => {
    if (edit === undefined) return { edits: () => [] };
    const builder = createEditBuilder(scope, claimed);
    edit(builder);
    return builder;
  };
  return {
    id: fix.id,
    title: fill(rule, declared.title, { ...values, ...fix.values }, (text) => scope.redactor.clean(text)),
    safety,
    preferred: false,
    edits: (claimed = new ClaimedVariables()) => build(claimed).edits(),
    obstacle: () => {
      const builder = build(new ClaimedVariables());
      return builder.edits().length > 0 ? undefined : builder.obstacle;
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
  const same = mergedBy(findings, ({ messageId }) => messageId);
  // The same mistake at the same place is one finding, also where its message differs from module to module.
  const counts = new Map<string, number>();
  const placed = (finding: Finding): string => [placeKey(finding), finding.modules.join(" ")].join("\0");
  for (const finding of same) counts.set(placed(finding), (counts.get(placed(finding)) ?? 0) + 1);
  return mergedBy(same, (finding) => (counts.get(placed(finding)) === 1 ? "" : finding.messageId));
}

function placeKey({ rule, setting, site: { file, range } }: Finding): string {
  return [rule, setting ?? "", file, range.start, range.end].join("\0");
}

function mergedBy(findings: readonly Finding[], wordsOf: (finding: Finding) => string): readonly Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const key = [placeKey(finding), wordsOf(finding)].join("\0");
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
