import { isSettingName } from "../project/djangoNames";
import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import { componentAt, type Component } from "../django/components";
import { defaultOf, releaseText, settingFact, type SettingFact } from "../django/facts";
import { settingSummary } from "../django/summaries";
import type { Evaluation } from "../python/program/evaluation";
import type { EnvironmentValue } from "../python/values/value";
import { projectOf, type Analysis } from "./analysis";
import { isDottedPath, placeOfDottedPath } from "./dottedPath";
import { projectVariables } from "./environmentVariables";
import { placeLink, settingTable, type LinkTo } from "./settingTable";
import { starImportAt } from "./starImport";
import type { Subject } from "./subject";
import { codeSpan, valueText } from "./valueText";

/** Text for people about one place of a file. */
export interface HoverText {
  readonly markdown: string;
  readonly range: Range;
}

/** More names than this are counted, not listed. */
const MAX_NAMES = 12;

/** What a setting is for and what each environment gets of it; `undefined` for a name that is neither Django's nor set. */
export function aboutSetting(analysis: Analysis, file: FilePath, name: string, link: LinkTo): string | undefined {
  const fact = settingFact(name);
  const table = settingTable(analysis, file, name, link);
  if (fact === undefined && table === undefined) return undefined;
  const parts = [`**${name}**`];
  const summary = settingSummary(name);
  if (summary !== undefined) parts[0] += `: ${summary}`;
  if (fact !== undefined) parts.push(factsText(analysis, file, fact));
  parts.push(table ?? "No settings module of this project sets it.");
  return parts.join("\n\n");
}

/** Type, default and life of one of Django's settings, with a link to its documentation. */
function factsText(analysis: Analysis, file: FilePath, fact: SettingFact): string {
  const django = projectOf(analysis, file)?.project.django?.version;
  const fallback = defaultOf(fact.name, django);
  const parts: string[] = [];
  if (fact.types.length > 0) parts.push(fact.types.filter((type) => type !== "none").join(" or "));
  if (fallback !== undefined) {
    const release = django === undefined ? "" : ` in Django ${releaseText(django)}`;
    parts.push(`default ${codeSpan(valueText(fallback, fact.name, analysis.redactor))}${release}`);
  }
  if (fact.since !== undefined) parts.push(`since Django ${releaseText(fact.since)}`);
  if (fact.deprecated !== undefined) parts.push(`deprecated since Django ${releaseText(fact.deprecated)}`);
  if (fact.removed !== undefined) parts.push(`removed in Django ${releaseText(fact.removed)}`);
  if (fact.replacement !== undefined) parts.push(`use ${fact.replacement}`);
  parts.push(`[Django documentation](${fact.docs})`);
  return parts.join(" · ");
}

/** Who sets a variable, how it is read and what depends on it; `undefined` for a string that names no variable of the settings. */
export function aboutVariable(
  analysis: Analysis,
  file: FilePath,
  { text, call, range }: Subject & { readonly kind: "string" },
  link: LinkTo,
): string | undefined {
  const owner = projectOf(analysis, file);
  if (owner === undefined || !/^\w+$/.test(text)) return undefined;
  const known = projectVariables(owner).filter(({ name }) => name === text);
  const isRead = known.some(({ reads }) => reads.some(({ site }) => site.file === file && isWithin(range, site.range)));
  if (!isRead && call === undefined) return undefined;
  const [first] = known;
  if (first === undefined) return undefined;
  const lines = [`**${text}**: environment variable, ${readText(first.reads[0], analysis)}`];
  const settings = [...new Set(known.flatMap((each) => each.settings))];
  if (settings.length > 0) lines.push(`Decides ${namesText(settings)}`);
  lines.push(
    first.set.length === 0
      ? "No deployment file of this project sets it."
      : `Set in ${first.set.map((each) => placeLink(analysis, each, link)).join(", ")}`,
  );
  return lines.join("\n\n");
}

function isWithin(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** `required` or its default, and the type that it is read as. */
function readText(read: EnvironmentValue | undefined, { redactor }: Analysis): string {
  if (read === undefined) return "read by the settings";
  const type = read.cast === "other" ? "" : ` as ${read.cast}`;
  if (read.fallback === undefined) return `required, read${type}`;
  return `read${type}, ${codeSpan(valueText(read.fallback, read.variable, redactor))} when it is not set`;
}

function namesText(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map(codeSpan).join(", ");
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown;
}

/** What a dotted path is and where it is in the workspace; `undefined` for any other string. */
export function aboutDottedPath(analysis: Analysis, file: FilePath, text: string, link: LinkTo): string | undefined {
  if (!isDottedPath(text)) return undefined;
  const component = componentAt(text);
  if (component !== undefined) return `**${text}**: ${componentText(component)}`;
  const place = placeOfDottedPath(analysis, file, text);
  return place === undefined ? undefined : `**${text}**: ${placeLink(analysis, place, link)}`;
}

function componentText({ kind, since, until }: Component): string {
  const life = [since === undefined ? [] : `since ${since}`, until === undefined ? [] : `until ${until}`].flat();
  return `${kind} of Django${life.length === 0 ? "" : `, ${life.join(", ")}`}`;
}

/** What a star import brings, and which of it is set again afterwards. */
export function aboutStarImport(analysis: Analysis, file: FilePath, range: Range): string | undefined {
  const found = starImportAt(analysis, file, range.start);
  if (found === undefined) return undefined;
  const brought = namesSetIn(found.evaluation, (from) => from !== file);
  const own = namesSetIn(found.evaluation, (from) => from === file);
  const overridden = [...brought].filter((name) => own.has(name)).toSorted();
  const lines = [`**${found.event.dotted}** brings ${brought.size} settings.`];
  if (overridden.length > 0) lines.push(`Set again in this module: ${namesText(overridden)}`);
  return lines.join("\n\n");
}

/** The settings that module-level statements of some files bind. */
function namesSetIn(evaluation: Evaluation, isFile: (file: FilePath) => boolean): ReadonlySet<string> {
  const bindings = evaluation.bindings.filter(
    ({ name, step, atModuleLevel }) =>
      atModuleLevel && step.kind === "assignment" && isSettingName(name) && isFile(step.site.file),
  );
  return new Set(bindings.map(({ name }) => name));
}
