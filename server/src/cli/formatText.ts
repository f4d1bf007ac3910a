import { append, largest } from "../base/lists";
import type { Finding, Severity } from "../lint/finding";
import type { Note } from "../project/model";
import type { Report } from "./analysis";
import { excerptOf } from "./excerpt";
import { count, displayWidth, hang, wrap } from "./layout";
import type { Locations } from "./locations";
import { touching } from "../lint/redaction/spans";
import { isAboutSecrets, whyOf } from "./rulePage";
import type { Style } from "./style";
import { paintSeverity } from "./style";

export interface TextOptions {
  readonly style: Style;
  readonly width: number;
  /** A line a finding and nothing else. */
  readonly quiet: boolean;
}

/** Findings for people: grouped by file, each with its source, reason, way through the project, and fixes. */
export function formatText(report: Report, at: Locations, options: TextOptions): string {
  if (options.quiet) return report.findings.map((finding) => `${oneLine(finding, at)}\n`).join("");
  const lines: string[] = [];
  let file: string | undefined;
  for (const finding of report.findings) {
    if (finding.site.file !== file) {
      file = finding.site.file;
      lines.push(options.style.bold(at.name(file)), "");
    }
    append(lines, new FindingText(finding, report, at, options).lines());
    lines.push("");
  }
  append(lines, summary(report, options));
  return `${lines.join("\n")}\n`;
}

function oneLine(finding: Finding, at: Locations): string {
  const place = at.place(finding.site.file, finding.site.range);
  return `${place}: ${finding.severity}: ${finding.message} [${finding.rule}]`;
}

const LABEL = 8;

class FindingText {
  private readonly finding: Finding;
  private readonly report: Report;
  private readonly at: Locations;
  private readonly options: TextOptions;

  constructor(finding: Finding, report: Report, at: Locations, options: TextOptions) {
    this.finding = finding;
    this.report = report;
    this.at = at;
    this.options = options;
  }

  lines(): readonly string[] {
    const indented = [...this.message(), ...this.excerpt(), ...this.why(), ...this.chain(), ...this.fixes()];
    return [this.head(), ...indented.map((line) => (line === "" ? "" : `    ${line}`))];
  }

  private head(): string {
    const { finding, options } = this;
    const severity = paintSeverity(options.style, finding.severity)(options.style.bold(finding.severity));
    const place = this.at.place(finding.site.file, finding.site.range);
    return `  ${severity}  ${options.style.bold(finding.rule)}  ${options.style.dim(place)}`;
  }

  private message(): readonly string[] {
    return this.paragraph(this.finding.message, 4);
  }

  private excerpt(): readonly string[] {
    const { finding, options, report } = this;
    const { file, range } = finding.site;
    const source = isAboutSecrets(finding.rule) ? report.source(file) : undefined;
    const literals = source === undefined ? [] : report.redactor.literalSpans(source, range);
    const excerpt = excerptOf(this.at.index(file), range, (line) => [
      ...touching(report.secrets(file), line),
      ...literals,
    ]);
    if (excerpt === undefined) return [];
    const number = String(excerpt.line).padStart(4);
    const bar = options.style.dim("│");
    const paint = paintSeverity(options.style, finding.severity);
    return [
      "",
      `${options.style.dim(number)} ${bar} ${excerpt.source}`,
      `${" ".repeat(number.length)} ${bar} ${paint(excerpt.mark)}`,
    ];
  }

  private why(): readonly string[] {
    const rule = this.report.rules.find((each) => each.id === this.finding.rule);
    const why = rule === undefined ? "" : whyOf(rule);
    return why === "" ? [] : this.labelled("why", this.paragraph(why, 4 + LABEL));
  }

  private chain(): readonly string[] {
    const places = this.finding.chain.map(({ site }) => this.at.line(site.file, site.range));
    const widest = largest(places.map(displayWidth), 0);
    return this.finding.chain.flatMap(({ text }, index) => {
      const place = places[index] ?? "";
      const painted = this.options.style.cyan(place);
      const beside = this.paragraph(text, 4 + LABEL + widest + 2);
      const lines =
        beside.length === 1
          ? [`${painted}${" ".repeat(widest - displayWidth(place))}  ${beside[0] ?? ""}`]
          : [painted, ...this.paragraph(text, 4 + LABEL + 2).map((line) => `  ${line}`)];
      return this.labelled(index === 0 ? "how" : "", lines);
    });
  }

  private fixes(): readonly string[] {
    return this.finding.fixes.flatMap((fix, index) => {
      const note = fix.safety === "manual" ? "by hand" : fix.safety;
      const paint = fix.safety === "safe" ? this.options.style.green : this.options.style.yellow;
      const lines = this.paragraph(`${fix.title} (${note})`, 4 + LABEL);
      const last = lines.length - 1;
      const shown = lines.map((line, at) => (at === last ? line.replace(/\(([a-z ]+)\)$/, (all) => paint(all)) : line));
      return this.labelled(index === 0 ? "fix" : "or", shown);
    });
  }

  private labelled(label: string, lines: readonly string[]): readonly string[] {
    return hang(this.options.style.dim(label) + " ".repeat(LABEL - label.length), LABEL, lines);
  }

  private paragraph(text: string, indent: number): readonly string[] {
    return wrap(text, this.options.width - indent);
  }
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint"];

function summary(report: Report, { style }: TextOptions): readonly string[] {
  const { findings, projects: analysed } = report;
  const projects = count(analysed.length, "project");
  const modules = new Set(analysed.flatMap(({ project }) => project.modules.map((module) => module.file))).size;
  if (findings.length === 0) return [style.green(`No findings in ${count(modules, "settings file")} of ${projects}.`)];
  const words = { error: "error", warning: "warning", info: "note", hint: "hint" } as const;
  const counts = SEVERITIES.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [paintSeverity(style, severity)(count(number, words[severity]))];
  });
  const files = new Set(findings.map((finding) => finding.site.file)).size;
  const lines = [`${counts.join(", ")} in ${count(files, "file")} of ${projects}.`];
  const safe = findings.filter((finding) => finding.fixes.some((fix) => fix.safety === "safe")).length;
  const unsafe = findings.filter(
    (finding) =>
      !finding.fixes.some((fix) => fix.safety === "safe") && finding.fixes.some((fix) => fix.safety === "unsafe"),
  ).length;
  if (safe > 0) lines.push(`${safe} can be fixed with ${style.bold("django-settings-lint fix")}.`);
  if (unsafe > 0) {
    const more = safe > 0 ? "more" : "can be fixed";
    lines.push(
      `${unsafe} ${more} with ${style.bold(safe > 0 ? "fix --unsafe" : "django-settings-lint fix --unsafe")}, which needs a look: ${style.bold("--diff")} shows it first.`,
    );
  }
  return lines;
}

/** Notes and configuration problems for stderr: one line each, the remedy in the message. */
export function formatNotes(kind: "note" | "error", notes: readonly Note[], at: Locations, style: Style): string {
  const paint = kind === "error" ? style.red : style.dim;
  return notes
    .map((note) => {
      const place = note.file === undefined ? "" : `${at.place(note.file, note.range)}: `;
      return `${place}${paint(`${kind}:`)} ${note.message}\n`;
    })
    .join("");
}
