import type { Severity } from "../lint/finding";
import type { Report } from "./analysis";
import type { Locations } from "./locations";

const COMMANDS: Record<Severity, string> = { error: "error", warning: "warning", info: "notice", hint: "notice" };

/**
 * Workflow commands that GitHub Actions turns into annotations
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). `endColumn` is left out for ranges of
 * several lines, where GitHub ignores the columns.
 */
export function formatGithub(report: Report, at: Locations): string {
  return report.findings
    .map((finding) => {
      const { start, end } = at.range(finding.site.file, finding.site.range);
      const columns: readonly (readonly [string, string])[] =
        start.line === end.line
          ? [
              ["col", String(start.column)],
              ["endColumn", String(end.column)],
            ]
          : [["col", String(start.column)]];
      const properties = [
        ["file", at.name(finding.site.file)],
        ["line", String(start.line)],
        ["endLine", String(end.line)],
        ...columns,
        ["title", finding.rule],
      ].map(([name, value]) => `${name}=${escapeProperty(value ?? "")}`);
      return `::${COMMANDS[finding.severity]} ${properties.join(",")}::${escapeData(finding.message)}\n`;
    })
    .join("");
}

// The escapes of @actions/core: everything that the runner reads as a separator.
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
