import { largest } from "../base/lists";
import type { Finding } from "../lint/finding";
import type { Report } from "./analysis";
import { displayWidth, hang, padEnd, wrap } from "./layout";
import type { Locations } from "./locations";
import { nearestPrompt } from "./order";
import { leadingSentence } from "./rulePage";
import { paintSeverity, type Style } from "./style";
import { FIX_MARK, fixability } from "./summary";

/** A line a finding, in the form that compilers print and editors read: `shop/settings/base.py:5:1: error: ... [rule]`. */
export function formatConcise(report: Report, at: Locations, style: Style): string {
  return nearestPrompt(report.findings)
    .map((finding) => {
      const { file, range } = finding.site;
      const severity = paintSeverity(style, finding.severity)(finding.severity);
      const rule = style.dim(`[${finding.rule}]`);
      return `${style.bold(at.place(file, range))}: ${severity}: ${leadingSentence(finding.message)} ${rule}${mark(finding, style)}\n`;
    })
    .join("");
}

/** Each file once, with a line for each of its findings. `columns`: of the terminal; lines are not wrapped where there is none. */
export function formatGrouped(report: Report, at: Locations, style: Style, columns: number | undefined): string {
  const findings = nearestPrompt(report.findings);
  const files = [...new Set(findings.map(({ site }) => site.file))];
  return files
    .map((file) => {
      const rows = findings
        .filter(({ site }) => site.file === file)
        .map((finding) => ({ finding, place: positionText(finding, at) }));
      const width = largest(
        rows.map(({ place }) => place.length),
        0,
      );
      const lines = rows.flatMap(({ finding, place }) => row(finding, padEnd(place, width), style, columns));
      return `${style.bold(at.name(file))}\n${lines.map((line) => `${line}\n`).join("")}\n`;
    })
    .join("");
}

const SEVERITY_WIDTH = "warning".length;

function row(finding: Finding, place: string, style: Style, columns: number | undefined): readonly string[] {
  const severity = paintSeverity(style, finding.severity)(padEnd(finding.severity, SEVERITY_WIDTH));
  const label = `  ${style.dim(place)}  ${severity}  `;
  const indent = displayWidth(place) + SEVERITY_WIDTH + 6;
  const text = `${finding.rule}: ${leadingSentence(finding.message)}`;
  const lines = columns === undefined ? [text] : wrap(text, Math.max(columns - indent - FIX_MARK.length - 1, 30));
  return hang(
    label,
    indent,
    lines.map((line, index) => {
      const shown = index === 0 ? style.bold(finding.rule) + line.slice(finding.rule.length) : line;
      return index === lines.length - 1 ? shown + mark(finding, style) : shown;
    }),
  );
}

function positionText({ site }: Finding, at: Locations): string {
  const { line, column } = at.position(site.file, site.range.start);
  return `${line}:${column}`;
}

function mark(finding: Finding, style: Style): string {
  return fixability(finding) === "safe" ? ` ${style.green(FIX_MARK)}` : "";
}
