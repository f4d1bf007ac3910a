import { SEVERITIES, type Finding } from "../lint/finding";
import type { Report } from "./analysis";
import { count } from "./layout";
import { paintSeverity, type Style } from "./style";

/** What stands behind the findings that a safe fix can be applied to, where a finding is one line. */
export const FIX_MARK = "[*]";

/** How many findings there are, and how many of them have a fix. `marked`: those with a safe one carry {@link FIX_MARK}. */
export function summaryLines(report: Report, style: Style, marked = false): readonly string[] {
  const { findings, projects: analysed } = report;
  const projects = count(analysed.length, "project");
  const modules = new Set(analysed.flatMap(({ project }) => project.modules.map((module) => module.file))).size;
  if (findings.length === 0) return [style.green(`No findings in ${count(modules, "settings file")} of ${projects}.`)];
  const words = { error: "error", warning: "warning", info: "note", hint: "hint" } as const;
  const counts = SEVERITIES.toReversed().flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [paintSeverity(style, severity)(count(number, words[severity]))];
  });
  const files = new Set(findings.map((finding) => finding.site.file)).size;
  const lines = [`${counts.join(", ")} in ${count(files, "file")} of ${projects}.`];
  const safe = findings.filter((finding) => fixability(finding) === "safe").length;
  const unsafe = findings.filter((finding) => fixability(finding) === "unsafe").length;
  if (safe > 0)
    lines.push(`${safe} can be fixed with ${style.bold("django-settings-lint fix")}${marked ? ` ${FIX_MARK}` : ""}.`);
  if (unsafe > 0) {
    const more = safe > 0 ? "more" : "can be fixed";
    lines.push(
      `${unsafe} ${more} with ${style.bold(safe > 0 ? "fix --unsafe" : "django-settings-lint fix --unsafe")}, which needs a look: ${style.bold("--diff")} shows it first.`,
    );
  }
  return lines;
}

/** What `fix` can do about a finding: something, something with `--unsafe` only, or nothing. */
export function fixability({ fixes }: Finding): "safe" | "unsafe" | "none" {
  if (fixes.some(({ safety }) => safety === "safe")) return "safe";
  return fixes.some(({ safety }) => safety === "unsafe") ? "unsafe" : "none";
}
