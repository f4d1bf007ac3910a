import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import type { Finding } from "../lint/finding";
import type { Rule } from "../lint/rule";
import { suppressionAt } from "../lint/suppressions";
import { isSettingsFile, type Analysis } from "./analysis";
import { configHoverAt, isConfigFile } from "./configHelp";
import { aboutDottedPath, aboutSetting, aboutStarImport, aboutVariable, type HoverText } from "./hoverTexts";
import { rulePage, whyOf } from "./rulePage";
import { escaped, settingTable, type LinkTo } from "./settingTable";
import { subjectIn, type Subject } from "./subject";

/** What hovers depend on beside the analysis. */
export interface HoverContext {
  readonly analysis: Analysis;
  readonly rules: readonly Rule[];
  /** Leaves out findings that the person has switched off. */
  readonly isShown: (finding: Finding) => boolean;
  readonly link: LinkTo;
  /** How a rule's id leads to its page. */
  readonly ruleLink: (rule: string) => string;
}

/**
 * What there is to say about a place: the rule's page on a rule id of a suppression comment or the configuration; on findings what each
 * environment gets and why it matters; on the name of a setting, where it is bound or read, what it is for and what
 * each environment gets; on a variable who sets and reads it; on a dotted path and a star import what they bring.
 */
export function hoverAt(context: HoverContext, file: FilePath, offset: number): HoverText | undefined {
  const { analysis, rules } = context;
  const text = analysis.text(file);
  if (text === undefined) return undefined;
  const ofConfig = isConfigFile(file) ? configHoverAt(text, rules, offset) : undefined;
  if (ofConfig !== undefined) return ofConfig;
  const id = suppressionAt(text, offset);
  const page = id === undefined ? undefined : rulePage(rules, id.id);
  if (id !== undefined && page !== undefined) return { markdown: page, range: id.range };
  const findings = analysis.findings.filter(({ site }) => site.file === file && holds(site.range, offset));
  const shown = findings.filter(context.isShown);
  const [first] = shown;
  if (first === undefined) return subjectHover(context, file, offset);
  const sections = shown.map((finding) => aboutFinding(context, finding));
  return { markdown: sections.join("\n\n---\n\n"), range: first.site.range };
}

function holds(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/**
 * What the diagnostic does not say: editors show its message and its chain in the same hover, or beside it, so these
 * are not repeated.
 */
function aboutFinding({ analysis, rules, link, ruleLink }: HoverContext, finding: Finding): string {
  const rule = rules.find((each) => each.id === finding.rule);
  const parts: string[] = [];
  if (finding.setting !== undefined) {
    const table = settingTable(analysis, finding.site.file, finding.setting, link);
    if (table !== undefined) parts.push(`**${finding.setting}**\n\n${table}`);
  }
  const steps = finding.fixes.filter((fix) => fix.safety === "manual").map((fix) => `- ${escaped(fix.title)}`);
  if (steps.length > 0) parts.push(`**Manual steps**\n\n${steps.join("\n")}`);
  if (rule !== undefined) parts.push(`${ruleLink(rule.id)}: ${whyOf(rule)}`);
  return parts.join("\n\n");
}

function subjectHover(context: HoverContext, file: FilePath, offset: number): HoverText | undefined {
  const subject = subjectIn(context.analysis, file, offset);
  const markdown = subject === undefined ? undefined : aboutSubject(context, file, subject);
  return subject === undefined || markdown === undefined ? undefined : { markdown, range: subject.range };
}

function aboutSubject(context: HoverContext, file: FilePath, subject: Subject): string | undefined {
  const { analysis, link } = context;
  switch (subject.kind) {
    case "name":
      return isSettingsFile(analysis, file) ? aboutSetting(analysis, file, subject.name, link) : undefined;
    case "use":
      return aboutSetting(analysis, file, subject.name, link);
    case "star import":
      return aboutStarImport(analysis, file, subject.range);
    case "string":
      return aboutVariable(analysis, file, subject, link) ?? aboutDottedPath(analysis, file, subject.text, link);
  }
}
