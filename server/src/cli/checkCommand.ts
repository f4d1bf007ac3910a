import { rankOf, type Severity } from "../lint/finding";
import type { Report } from "./analysis";
import { formatGithub } from "./formatGithub";
import { formatGitlab } from "./formatGitlab";
import { formatJson } from "./formatJson";
import { formatJunit } from "./formatJunit";
import { formatConcise, formatGrouped } from "./formatLines";
import { formatSarif } from "./formatSarif";
import { formatNotes, formatText, type TextOptions } from "./formatText";
import { EXIT, UsageError, type CliHost } from "./host";
import { textWidth } from "./layout";
import { printParity, type ParityOptions } from "./parityCommand";
import { writeReport } from "./reportFile";
import { requireRules, Session, type CommonOptions, type FilterOptions } from "./session";
import { statisticsTable } from "./statistics";
import { chooseStyle, PLAIN } from "./style";
import { summaryLines } from "./summary";

/** For people: they end with a summary. */
const READ_BY_PEOPLE = ["text", "concise", "grouped"] as const;
export const CHECK_FORMATS = [...READ_BY_PEOPLE, "json", "sarif", "github", "gitlab", "junit"] as const;
type CheckFormat = (typeof CHECK_FORMATS)[number];

export interface CheckOptions extends CommonOptions, FilterOptions, ParityOptions {
  readonly format: CheckFormat;
  readonly failOn: Severity | "never";
  /** Findings do not make it fail. */
  readonly exitZero?: boolean;
  /** Print what Django's own checks report, and no findings. */
  readonly djangoParity?: boolean;
  /** Print a table of rules, and no findings. */
  readonly statistics?: boolean;
  /** Where the report goes instead of standard output, as typed. */
  readonly outputFile?: string;
}

/**
 * Reports the findings. Exit code 0 without findings, 1 with findings of the severity `failOn` or worse, 2 when there is no
 * Django project or a configuration file is wrong: then the report is complete, but not what the configuration asks for.
 */
export async function check(host: CliHost, paths: readonly string[], options: CheckOptions): Promise<number> {
  requireRules(options.rule);
  requireTogether(options);
  const session = await Session.open(host, paths, options, options.djangoParity === true);
  const nothing = session.nothingFound();
  if (nothing !== undefined) {
    tellNotes(session, options);
    throw new UsageError(nothing);
  }
  if (options.djangoParity === true) return printParity(session, options, options.format);
  const report = session.report(options);
  if (options.format === "json" || options.format === "sarif") await session.prepareFixes(report);
  if (options.outputFile === undefined) host.stdout.write(rendered(session, report, options, terminalPage(session)));
  else {
    await writeReport(session, options.outputFile, rendered(session, report, options, FILE_PAGE));
    if (options.quiet !== true) host.stdout.write(linesOf(summaryLines(report, session.style)));
  }
  tellNotes(session, options);
  if (report.problems.length > 0) return EXIT.error;
  const failOn = options.exitZero === true ? "never" : options.failOn;
  const fails = failOn !== "never" && report.findings.some((each) => rankOf(each.severity) >= rankOf(failOn));
  return fails ? EXIT.findings : EXIT.clean;
}

function requireTogether({ variables, djangoParity, statistics, format }: CheckOptions): void {
  if (variables !== undefined && djangoParity !== true)
    throw new UsageError(
      "--variables goes with --django-parity; what rules take for granted stands under [tool.django-settings-lint.assume]",
    );
  if (statistics === true && format !== "text")
    throw new UsageError(`--statistics prints a table of its own: leave out --format ${format}`);
}

/** What a report is printed on. */
type Page = Omit<TextOptions, "verbose">;

const FILE_PAGE: Page = { style: PLAIN, width: textWidth(undefined), columns: undefined };

function terminalPage({ host, style, width }: Session): Page {
  return { style, width, columns: host.stdout.columns };
}

function rendered(session: Session, report: Report, options: CheckOptions, page: Page): string {
  const { format, quiet, statistics, verbose } = options;
  const { style } = page;
  const isForPeople = READ_BY_PEOPLE.some((each) => each === format);
  const isMarked = format !== "text" && statistics !== true;
  const summary = isForPeople && quiet !== true ? linesOf(summaryLines(report, style, isMarked)) : "";
  if (statistics === true) return statisticsTable(report, style) + summary;
  const print = FORMATTERS[quiet === true && format === "text" ? "concise" : format];
  const isBrief = format === "text" && summary !== "" && verbose !== true && report.findings.length > 0;
  return print(report, session, { ...page, verbose: verbose === true }) + summary + (isBrief ? MORE : "");
}

const MORE = "--verbose says more of each, django-settings-lint explain RULE why it matters.\n";

const FORMATTERS: Record<CheckFormat, (report: Report, session: Session, page: TextOptions) => string> = {
  text: (report, { at }, page) => formatText(report, at, page),
  concise: (report, { at }, { style }) => formatConcise(report, at, style),
  grouped: (report, { at }, { style, columns }) => formatGrouped(report, at, style, columns),
  json: (report, { at }) => formatJson(report, at),
  sarif: (report, { at, host }) => formatSarif(report, host.cwd, at),
  github: (report, { at }) => formatGithub(report, at),
  gitlab: (report, { at, host }) => formatGitlab(report, host.cwd, at),
  junit: (report, { at }) => formatJunit(report, at),
};

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** Says on stderr what was skipped and what is wrong with the configuration. */
export function tellNotes(session: Session, options: CommonOptions): void {
  const { at, host } = session;
  const style = chooseStyle(host, options.color, host.stderr);
  if (options.quiet !== true) host.stderr.write(formatNotes("note", session.notes, at, style));
  host.stderr.write(formatNotes("error", session.problems, at, style));
}
