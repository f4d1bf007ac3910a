import type { FilePath } from "../base/path";
import { rankOf, SEVERITIES, type Finding } from "../lint/finding";

/**
 * Findings as people read them in a terminal, where the end is what they see: the most severe last, in each file as well as among
 * the files. Files that have equally severe ones go by how many of those they have, then by name.
 */
export function nearestPrompt(findings: readonly Finding[]): readonly Finding[] {
  const files = new Map<FilePath, Finding[]>();
  for (const finding of findings) {
    const own = files.get(finding.site.file);
    if (own === undefined) files.set(finding.site.file, [finding]);
    else own.push(finding);
  }
  const weights = new Map([...files].map(([file, own]) => [file, weightOf(own)]));
  return [...files.entries()]
    .toSorted(([a], [b]) => compare(weights.get(a) ?? [], weights.get(b) ?? []))
    .flatMap(([, own]) => own.toSorted((a, b) => rankOf(a.severity) - rankOf(b.severity)));
}

/** How many findings there are of each severity, the most severe first. */
function weightOf(findings: readonly Finding[]): readonly number[] {
  return SEVERITIES.toReversed().map((severity) => findings.filter((finding) => finding.severity === severity).length);
}

/** The first difference decides. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
