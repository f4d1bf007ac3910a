import { largest } from "../base/lists";
import type { Report } from "./analysis";
import { displayWidth, padEnd } from "./layout";
import { rankOf } from "../lint/finding";
import type { Style } from "./style";
import { paintSeverity } from "./style";
import { fixability } from "./summary";

const HEADS = ["findings", "fixable", "with --unsafe"] as const;

/** How often each rule reported something, and how many of those `fix` can mend; the most frequent first. */
export function statisticsTable(report: Report, style: Style): string {
  const rules = [...new Set(report.findings.map(({ rule }) => rule))].map((rule) => {
    const own = report.findings.filter((finding) => finding.rule === rule);
    const worst = own.reduce((a, b) => (rankOf(b.severity) > rankOf(a.severity) ? b : a));
    const fixable = (how: "safe" | "unsafe"): number => own.filter((each) => fixability(each) === how).length;
    return { rule, severity: worst.severity, numbers: [own.length, fixable("safe"), fixable("unsafe")] };
  });
  if (rules.length === 0) return "";
  const width = largest(
    rules.map(({ rule }) => displayWidth(rule)),
    "rule".length,
  );
  const head = `${padEnd("rule", width)}  severity  ${HEADS.join("  ")}`;
  const lines = rules
    .toSorted((a, b) => (b.numbers[0] ?? 0) - (a.numbers[0] ?? 0) || (a.rule < b.rule ? -1 : 1))
    .map(({ rule, severity, numbers }) => {
      const cells = numbers.map((number, index) => String(number).padStart(HEADS[index]?.length ?? 0));
      return `${padEnd(rule, width)}  ${paintSeverity(style, severity)(padEnd(severity, "severity".length))}  ${cells.join("  ")}`;
    });
  return [style.bold(head), ...lines, ""].map((line) => `${line}\n`).join("");
}
