import { largest } from "../base/lists";
import type { Range } from "../base/text";
import type { Finding, Fix } from "../lint/finding";
import type { Note } from "../project/model";
import type { Report } from "./analysis";
import { excerptOf, type Excerpt } from "./excerpt";
import { displayWidth, hang, wrap } from "./layout";
import type { Locations } from "./locations";
import { nearestPrompt } from "./order";
import { touching } from "../lint/redaction/spans";
import { isAboutSecrets, leadingSentence, whyOf } from "./rulePage";
import { paintSeverity, type Style } from "./style";

export interface TextOptions {
  readonly style: Style;
  /** The width that paragraphs are wrapped to. */
  readonly width: number;
  /** Of the terminal, where there is one: no line of source is longer. */
  readonly columns: number | undefined;
  /** The whole message, the way through the project and every fix of each finding, and why each rule matters. */
  readonly verbose: boolean;
}

/**
 * Findings for people, the most severe last. A finding takes three to five lines (message, source, fix) and more only where its
 * message cannot be said in less. With `verbose` all that is known of it, with the reason for its rule where that comes first.
 */
export function formatText(report: Report, at: Locations, options: TextOptions): string {
  const explained = new Set<string>();
  return nearestPrompt(report.findings)
    .map((finding) => {
      const text = new FindingText(finding, report, at, options);
      const lines = options.verbose ? text.detailed(!explained.has(finding.rule)) : text.brief();
      explained.add(finding.rule);
      return `${lines.join("\n")}\n\n`;
    })
    .join("");
}

/** Most findings fit into so many lines. */
const BRIEF = 5;
const INDENT = "  ";
const LABEL = 6;

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

  brief(): readonly string[] {
    const frame = this.frameWithFix();
    return [this.head(), ...[...this.headline(BRIEF - 1 - frame.length), ...frame].map((line) => INDENT + line)];
  }

  detailed(isFirst: boolean): readonly string[] {
    const why = isFirst ? this.why() : [];
    const lines = [...this.paragraph(this.finding.message), ...this.frame(), ...why, ...this.chain(), ...this.fixes()];
    return [this.head(), ...lines.map((line) => INDENT + line)];
  }

  private head(): string {
    const { finding, options } = this;
    const severity = paintSeverity(options.style, finding.severity)(options.style.bold(finding.severity));
    const place = this.at.place(finding.site.file, finding.site.range);
    return `${severity}  ${options.style.bold(finding.rule)}  ${options.style.dim(place)}`;
  }

  /** As much of the message as so many lines hold: its first sentence, or what that says before its colon. Never less than that. */
  private headline(room: number): readonly string[] {
    const sentence = leadingSentence(this.finding.message);
    const lines = this.paragraph(sentence);
    const colon = sentence.search(/: /);
    if (lines.length <= room || colon < 0) return lines;
    return this.paragraph(`${sentence.slice(0, colon)}.`);
  }

  private excerpt(): Excerpt | undefined {
    const { finding, options, report } = this;
    const { file, range } = finding.site;
    const source = isAboutSecrets(finding.rule) ? report.source(file) : undefined;
    const literals = source === undefined ? [] : report.redactor.literalSpans(source, range);
    const secretsIn = (line: Range): readonly Range[] => [...touching(report.secrets(file), line), ...literals];
    const { columns } = options;
    return excerptOf(this.at.index(file), range, secretsIn, columns && columns - INDENT.length - GUTTER);
  }

  private frame(excerpt = this.excerpt()): readonly string[] {
    if (excerpt === undefined) return [];
    const { style } = this.options;
    const number = String(excerpt.line).padStart(4);
    const paint = paintSeverity(style, this.finding.severity);
    return [
      `${style.dim(number)} ${style.dim("│")} ${excerpt.source}`,
      `${" ".repeat(number.length)} ${style.dim("│")} ${paint(excerpt.mark)}`,
    ];
  }

  /**
   * The first fix stands behind the carets, as compilers have it; where it is too long for that, below them. How many others there are
   * is said where that fits.
   */
  private frameWithFix(): readonly string[] {
    const excerpt = this.excerpt();
    const lines = this.frame(excerpt);
    const [fix, ...others] = this.finding.fixes;
    if (fix === undefined) return lines;
    const texts = [others.length > 0 ? `, ${others.length} more` : "", ""].map(
      (more) => `fix: ${fix.title} (${safetyText(fix)}${more})`,
    );
    const fitting = (used: number): string | undefined =>
      texts.find((text) => displayWidth(text) <= this.room() - used);
    const beside = excerpt && fitting(GUTTER + excerpt.mark.length + 1);
    if (beside !== undefined) return [...lines.slice(0, -1), `${lines.at(-1) ?? ""} ${this.paintSafety(fix, beside)}`];
    const below = this.paragraph(fitting(GUTTER) ?? texts[1] ?? "", GUTTER);
    return [...lines, ...below.map((line) => " ".repeat(GUTTER) + this.paintSafety(fix, line))];
  }

  private paintSafety({ safety }: Fix, text: string): string {
    const paint = safety === "safe" ? this.options.style.green : this.options.style.yellow;
    return text.replace(/\([^()]*\)$/, paint);
  }

  private why(): readonly string[] {
    const rule = this.report.rules.find((each) => each.id === this.finding.rule);
    const why = rule === undefined ? "" : whyOf(rule);
    return why === "" ? [] : this.labelled("why", this.paragraph(why, LABEL));
  }

  private chain(): readonly string[] {
    const places = this.finding.chain.map(({ site }) => this.at.line(site.file, site.range));
    const widest = largest(places.map(displayWidth), 0);
    return this.finding.chain.flatMap(({ text }, index) => {
      const place = places[index] ?? "";
      const painted = this.options.style.cyan(place);
      const beside = this.paragraph(text, LABEL + widest + 2);
      const lines =
        beside.length === 1
          ? [`${painted}${" ".repeat(widest - displayWidth(place))}  ${beside[0] ?? ""}`]
          : [painted, ...this.paragraph(text, LABEL + 2).map((line) => `  ${line}`)];
      return this.labelled(index === 0 ? "how" : "", lines);
    });
  }

  private fixes(): readonly string[] {
    return this.finding.fixes.flatMap((fix, index) => {
      const lines = this.paragraph(`${fix.title} (${safetyText(fix)})`, LABEL);
      return this.labelled(
        index === 0 ? "fix" : "or",
        lines.map((line) => this.paintSafety(fix, line)),
      );
    });
  }

  private labelled(label: string, lines: readonly string[]): readonly string[] {
    return hang(this.options.style.dim(label) + " ".repeat(LABEL - label.length), LABEL, lines);
  }

  private paragraph(text: string, indent = 0): readonly string[] {
    return wrap(text, this.room() - indent);
  }

  private room(): number {
    return this.options.width - INDENT.length;
  }
}

/** The line's number and a bar in front of an excerpt. */
const GUTTER = 7;

function safetyText({ safety }: Fix): string {
  return safety === "manual" ? "by hand" : safety;
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
