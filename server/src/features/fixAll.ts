import type { CancellationToken } from "../base/cancellation";
import type { FilePath } from "../base/path";
import { fixAll } from "../lint/applyEdits";
import type { Finding, Fix } from "../lint/finding";
import { ReportedFindings } from "../lint/reportedFindings";
import type { Analysis } from "./analysis";
import type { Workspace } from "./workspace";

/**
 * The text of one file after all safe fixes for the findings in it, again and again until none of them has one; `undefined`
 * when there are none. Only fixes that change nothing but this file count: whoever fixes a file on saving expects no other to change.
 * What no longer parses is not accepted. Throws only `Cancelled`.
 */
export async function fixAllInFile(
  workspace: Workspace,
  analysis: Analysis,
  file: FilePath,
  token: CancellationToken,
  isShown: (finding: Finding) => boolean = () => true,
): Promise<string | undefined> {
  const { snapshot } = analysis;
  const reported = new ReportedFindings(analysis.findings);
  const problemsBefore = problemCount(workspace, file, snapshot.text(file));
  const result = await fixAll(
    (path) => snapshot.text(path),
    async (changed) => {
      const current = changed.size === 0 ? analysis : await workspace.analyseWith(changed, token);
      return safeFixes(reported.compare(current.findings).left, file, isShown);
    },
    (path, text) => problemCount(workspace, path, text) <= problemsBefore,
  );
  return result.texts.get(file);
}

function safeFixes(
  findings: readonly Finding[],
  file: FilePath,
  isShown: (finding: Finding) => boolean,
): readonly Fix[] {
  return findings
    .filter((finding) => finding.site.file === file && isShown(finding))
    .flatMap((finding) => finding.fixes.find((fix) => fix.safety === "safe") ?? [])
    .filter((fix) => fix.edits().every((edit) => edit.file === file));
}

function problemCount(workspace: Workspace, file: FilePath, text: string | undefined): number {
  return text === undefined || !file.endsWith(".py") ? 0 : workspace.parse(text).problems.length;
}
