import type { CancellationToken } from "../base/cancellation";
import type { FilePath } from "../base/path";
import { fixAll } from "../lint/applyEdits";
import type { ClaimedVariables } from "../lint/edit/claimedVariables";
import type { FileEdit, Finding, Fix } from "../lint/finding";
import { ReportedFindings } from "../lint/reportedFindings";
import { loadUntilComplete } from "../project/snapshot";
import type { Analysis } from "./analysis";
import type { Workspace } from "./workspace";

/** Which fix of a finding is applied, if any. */
export type ChooseFix = (finding: Finding) => Pick<Fix, "edits"> | undefined;

/**
 * The edits, one for each changed file, of the fixes that are chosen of the findings, again and again until none of them has one.
 * Findings that fixes bring are left alone, and what no longer parses is not accepted. `undefined` when nothing changes.
 * Throws only `Cancelled`.
 */
export async function fixFindings(
  {
    workspace,
    analysis,
    token,
  }: { readonly workspace: Workspace; readonly analysis: Analysis; readonly token: CancellationToken },
  choose: ChooseFix,
): Promise<readonly FileEdit[] | undefined> {
  const { snapshot } = analysis;
  snapshot.forgetUnlisted();
  const read = (file: FilePath): string | undefined => {
    if (snapshot.isFile(file)) return snapshot.text(file);
    const found = snapshot.onDisk(file);
    return found?.ok === true ? found.text : undefined;
  };
  const reported = new ReportedFindings(analysis.findings);
  const result = await fixAll(
    read,
    async (changed) => {
      const current = changed.size === 0 ? analysis : await workspace.analyseWith(changed, token);
      const fixes = reported.compare(current.findings).left.flatMap((finding) => choose(finding) ?? []);
      const edits = await loadUntilComplete(current.snapshot, () => fixes.flatMap((fix) => fix.edits()), token);
      await loadUntilComplete(snapshot, () => edits.forEach(({ file }) => void read(file)), token);
      return fixes;
    },
    (path, text) => problemCount(workspace, path, text) <= problemCount(workspace, path, read(path)),
  );
  const changed = [...result.texts].filter(([file, text]) => read(file) !== text);
  return changed.length === 0 ? undefined : changed.map(([file, text]) => differenceEdit(file, read(file), text));
}

/**
 * The safe fixes of one file that change nothing but this file: whoever fixes a file on saving expects no other to change.
 */
export function safeFixesOf(file: FilePath, isShown: (finding: Finding) => boolean): ChooseFix {
  return (finding) => {
    if (finding.site.file !== file || !isShown(finding)) return undefined;
    const fix = finding.fixes.find(({ safety }) => safety === "safe");
    return fix === undefined ? undefined : { edits: (claimed) => editsOfOne(fix, file, claimed) };
  };
}

function editsOfOne(fix: Fix, file: FilePath, claimed: ClaimedVariables | undefined): readonly FileEdit[] {
  const edits = fix.edits(claimed);
  return edits.every((edit) => edit.file === file) ? edits : [];
}

function problemCount(workspace: Workspace, file: FilePath, text: string | undefined): number {
  return text === undefined || !file.endsWith(".py") ? 0 : workspace.parse(text).problems.length;
}

/** One edit that turns a text into another, as small as it can be without looking inside the change. */
export function differenceEdit(file: FilePath, before: string | undefined, after: string): FileEdit {
  if (before === undefined) return { file, range: { start: 0, end: 0 }, text: after, create: true };
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { file, range: { start, end: before.length - end }, text: after.slice(start, after.length - end) };
}
