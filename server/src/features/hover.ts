import { relativePath, type FilePath } from "../base/path";
import { LineIndex, type Range } from "../base/text";
import type { Finding } from "../lint/finding";
import type { EntryModule, Rule } from "../lint/rule";
import { suppressionAt } from "../lint/suppressions";
import type { Site } from "../python/values/value";
import { projectOf, type Analysis } from "./analysis";
import { factsOf, pageBody, rulePage } from "./rulePage";
import { codeSpan, lastStep, outcomesText } from "./valueText";

/** Text for people about one place of a file. */
export interface HoverText {
  readonly markdown: string;
  readonly range: Range;
}

/** More environments than this are counted, not listed. */
const MAX_ENVIRONMENTS = 12;

/**
 * What there is to say about a place: the rule's page on a rule id of a suppression comment; on a finding what
 * each environment gets, and the rule's page; on the name of a setting where it is assigned what
 * each environment gets. `isShown` leaves out findings that the person has switched off.
 */
export function hoverAt(
  analysis: Analysis,
  rules: readonly Rule[],
  file: FilePath,
  offset: number,
  isShown: (finding: Finding) => boolean = () => true,
): HoverText | undefined {
  const text = analysis.text(file);
  if (text === undefined) return undefined;
  const id = suppressionAt(text, offset);
  const page = id === undefined ? undefined : rulePage(rules, id.id);
  if (id !== undefined && page !== undefined) return { markdown: page, range: id.range };
  const findings = analysis.findings.filter(({ site }) => site.file === file && holds(site.range, offset));
  const shown = findings.filter(isShown);
  const [first] = shown;
  if (first === undefined) return settingAt(analysis, file, offset);
  const sections = shown.map((finding) => aboutFinding(analysis, rules, finding));
  return { markdown: sections.join("\n\n---\n\n"), range: first.site.range };
}

function holds(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/**
 * What the diagnostic does not say: editors show its message and its chain in the same hover, or beside it, so these
 * are not repeated.
 */
function aboutFinding(analysis: Analysis, rules: readonly Rule[], finding: Finding): string {
  const rule = rules.find((each) => each.id === finding.rule);
  const parts: string[] = [];
  if (finding.setting !== undefined) {
    const values = valuesOf(analysis, finding.site.file, finding.setting);
    if (values !== undefined) parts.push(values);
  }
  const byHand = finding.fixes.filter((fix) => fix.safety === "manual").map((fix) => `- ${escaped(fix.title)}`);
  if (byHand.length > 0) parts.push(`**To be done by hand**\n\n${byHand.join("\n")}`);
  if (rule !== undefined) parts.push(`**${rule.id}**`, factsOf(rule), pageBody(rule));
  return parts.join("\n\n");
}

/** On a setting's name where a module assigns it. */
function settingAt(analysis: Analysis, file: FilePath, offset: number): HoverText | undefined {
  for (const { entries } of analysis.projects) {
    for (const { evaluation } of entries) {
      if (!evaluation.files.includes(file)) continue;
      const binding = evaluation.bindings.find(
        ({ step, name, atModuleLevel }) =>
          atModuleLevel &&
          /^[A-Z][A-Z0-9_]*$/.test(name) &&
          step.kind === "assignment" &&
          step.site.file === file &&
          holds(step.target, offset),
      );
      if (binding === undefined) continue;
      const markdown = valuesOf(analysis, file, binding.name);
      return markdown === undefined ? undefined : { markdown, range: binding.step.target };
    }
  }
  return undefined;
}

/** The effective value of a setting in each environment of the project that a file belongs to. */
function valuesOf(analysis: Analysis, file: FilePath, setting: string): string | undefined {
  const entries = projectOf(analysis, file)?.entries ?? [];
  const lines = entries.slice(0, MAX_ENVIRONMENTS).map((entry) => valueLine(analysis, entry, setting));
  if (lines.length === 0) return undefined;
  if (entries.length > lines.length) lines.push(`- and ${entries.length - lines.length} more`);
  return `**${setting} in each environment**\n\n${lines.join("\n")}`;
}

function valueLine(analysis: Analysis, { module, evaluation }: EntryModule, setting: string): string {
  const name = module.className === undefined ? module.name : `${module.name}.${module.className}`;
  const step = lastStep(evaluation, setting);
  const from = step === undefined ? "" : `, from ${placeText(analysis, step.site)}`;
  return `- ${module.role} (${codeSpan(name)}): ${outcomesText(evaluation, setting, analysis.redactor)}${from}`;
}

/** `shop/settings/base.py:12`, relative to the workspace folder. */
function placeText(analysis: Analysis, site: Site): string {
  const path = relativePath(analysis.root, site.file);
  const text = analysis.text(site.file);
  const line = text === undefined ? "" : `:${new LineIndex(text).position(site.range.start).line + 1}`;
  return codeSpan(path + line);
}

/** Plain text in Markdown: nothing in it may become a link, an image or markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|!~]/g, "\\$&").replace(/\r?\n/g, " ");
}
