import type { FilePath } from "../base/path";
import type { Severity } from "../lint/finding";
import { fingerprints } from "../lint/fingerprint";
import type { Report } from "./analysis";
import { jsonText } from "./jsonText";
import type { Locations } from "./locations";

const SEVERITY: Record<Severity, string> = { error: "critical", warning: "major", info: "minor", hint: "info" };

/**
 * A GitLab Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). Paths are relative to
 * the working directory, which in CI is the top of the checkout, and the fingerprints survive edits above a finding, so that a
 * merge request shows what it brings and what it mends.
 */
export function formatGitlab(report: Report, root: FilePath, at: Locations): string {
  const ids = fingerprints(report.findings, root);
  return jsonText(
    report.findings.map((finding, index) => {
      const { start, end } = at.range(finding.site.file, finding.site.range);
      return {
        description: finding.message,
        check_name: finding.rule,
        fingerprint: ids[index] ?? "",
        severity: SEVERITY[finding.severity],
        location: { path: at.path(finding.site.file), lines: { begin: start.line, end: end.line } },
      };
    }),
  );
}
