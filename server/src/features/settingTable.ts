import { relativePath, type FilePath } from "../base/path";
import { LineIndex } from "../base/text";
import { defaultOf } from "../django/facts";
import type { EntryModule } from "../lint/rule";
import type { Site, Step } from "../python/values/value";
import { projectOf, type Analysis } from "./analysis";
import { dottedModuleName } from "../lint/settingsModules";
import { codeSpan, lastStep, outcomesText, valueText } from "./valueText";

/** Modules that get the same of a setting, from the same place. */
export interface SettingGroup {
  readonly entries: readonly EntryModule[];
  /** The value for people, in Markdown; secrets are masked. */
  readonly text: string;
  /** The step that gave it; `undefined` where the setting is not set. */
  readonly step: Step | undefined;
}

/** More groups than this are counted, not listed. */
const MAX_GROUPS = 12;

/** What the environments of the project that a file belongs to get of a setting, equal ones together, in the project's order. */
export function settingGroups(analysis: Analysis, file: FilePath, setting: string): readonly SettingGroup[] {
  const owner = projectOf(analysis, file);
  const groups = new Map<string, { entries: EntryModule[]; text: string; step: Step | undefined }>();
  for (const entry of owner?.entries ?? []) {
    const step = lastStep(entry.evaluation, setting);
    const text = textOf(analysis, entry, setting, owner?.project.django?.version);
    const key = `${text}\0${step === undefined ? "" : `${step.site.file}:${step.target.start}`}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { entries: [entry], text, step });
    else known.entries.push(entry);
  }
  return [...groups.values()];
}

/** A setting that is not set has Django's default. */
function textOf(
  { redactor }: Analysis,
  { evaluation }: EntryModule,
  setting: string,
  django: readonly [number, number] | undefined,
): string {
  const fallback = defaultOf(setting, django);
  const isUnset = evaluation.outcomes(setting).every(({ value }) => value.kind === "unset");
  if (!isUnset) return outcomesText(evaluation, setting, redactor);
  return fallback === undefined ? "not set" : `not set: ${codeSpan(valueText(fallback, setting, redactor))}`;
}

/** Where a place is, for links; `undefined` where links make no sense. */
export type LinkTo = (site: Site) => string | undefined;

/** The effective values of a setting as a Markdown table; `undefined` where no environment is known, or none sets it. */
export function settingTable(analysis: Analysis, file: FilePath, setting: string, link: LinkTo): string | undefined {
  const groups = settingGroups(analysis, file, setting);
  if (groups.every(({ step }) => step === undefined)) return undefined;
  const rows = groups.slice(0, MAX_GROUPS).map(({ entries, text, step }) => {
    const place = step === undefined ? "" : placeLink(analysis, { file: step.site.file, range: step.target }, link);
    return `| ${environmentsText(entries)} | ${cell(text)} | ${cell(place)} |`;
  });
  if (groups.length > rows.length) rows.push(`| and ${groups.length - rows.length} more | | |`);
  return ["| Environment | Value | Set at |", "| --- | --- | --- |", ...rows].join("\n");
}

/** `production`, and the module's name where several modules have one role. */
function environmentsText(entries: readonly EntryModule[]): string {
  const names = entries.map(({ module }) => {
    return `${module.role} (${codeSpan(dottedModuleName(module))})`;
  });
  return cell(names.join(", "));
}

/** `shop/settings/base.py:12`, relative to the workspace folder, as a link where one can be made. */
export function placeLink(analysis: Analysis, site: Site, link: LinkTo): string {
  const path = relativePath(analysis.root, site.file);
  const text = analysis.text(site.file);
  const line = text === undefined ? "" : `:${new LineIndex(text).position(site.range.start).line + 1}`;
  const target = link(site);
  return target === undefined ? codeSpan(path + line) : `[${escaped(path + line)}](${target})`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

/** Plain text in Markdown: nothing in it may become a link, an image or markup. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|!~]/g, "\\$&").replace(/\r?\n/g, " ");
}
