import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import { regrade, type Grade } from "../lint/config";
import type { ChainLink, Finding, Severity } from "../lint/finding";
import type { Site } from "../python/values/value";
import type { Analysis } from "./analysis";

/** What an editor shows at one place of a file. Offsets are those of the analysis' text of the file. */
export interface DiagnosticItem {
  readonly range: Range;
  readonly severity: Severity;
  /** The rule's id, or `configuration`. */
  readonly code: string;
  readonly message: string;
  readonly related: readonly ChainLink[];
  readonly tags: Finding["tags"];
}

/** Code of what is reported about configuration files: no rule, and not to be suppressed. */
export const CONFIGURATION = "configuration";

/** Everything to show for a workspace folder, by file. Files with nothing to show are absent. */
export function diagnosticsOf(
  analysis: Analysis,
  severities: (file: FilePath) => Readonly<Record<string, Grade>> | undefined,
): ReadonlyMap<FilePath, readonly DiagnosticItem[]> {
  const items = new Map<FilePath, DiagnosticItem[]>();
  const add = (file: FilePath, item: DiagnosticItem): void => {
    const own = items.get(file);
    if (own === undefined) items.set(file, [item]);
    else own.push(item);
  };
  for (const finding of analysis.findings)
    for (const shown of regrade([finding], severities(finding.site.file)))
      add(finding.site.file, itemOf(shown, analysis));
  for (const { file, range, message } of analysis.problems)
    if (file !== undefined)
      add(file, {
        range: range ?? { start: 0, end: 0 },
        severity: "warning",
        code: CONFIGURATION,
        message,
        related: [],
        tags: [],
      });
  for (const own of items.values()) own.sort((a, b) => a.range.start - b.range.start);
  return items;
}

function itemOf(finding: Finding, analysis: Analysis): DiagnosticItem {
  const { message, severity, rule, tags, chain, site } = finding;
  // What is underlined need not be pointed at.
  const related = chain.filter((link) => !isOnSameLine(link.site, site, analysis));
  return { range: site.range, severity, code: rule, message, related, tags };
}

function isOnSameLine(a: Site, b: Site, analysis: Analysis): boolean {
  if (a.file !== b.file) return false;
  const [start, end] = [a.range.start, b.range.start].toSorted((one, other) => one - other);
  return analysis.text(a.file)?.slice(start, end).includes("\n") === false;
}
