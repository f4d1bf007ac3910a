import type { Severity } from "../lint/finding";
import { formatGithub } from "./formatGithub";
import { formatJson } from "./formatJson";
import { formatSarif } from "./formatSarif";
import { formatNotes, formatText } from "./formatText";
import { EXIT, UsageError, type CliHost } from "./host";
import { printParity, type ParityOptions } from "./parityCommand";
import { requireRules, Session, SEVERITIES, type CommonOptions, type FilterOptions } from "./session";

export const CHECK_FORMATS = ["text", "json", "sarif", "github"] as const;

export interface CheckOptions extends CommonOptions, FilterOptions, ParityOptions {
  readonly format: (typeof CHECK_FORMATS)[number];
  readonly failOn: Severity | "never";
  /** Print what Django's own checks report, and no findings. */
  readonly djangoParity?: boolean;
}

/**
 * Reports the findings. Exit code 0 without findings, 1 with findings of the severity `failOn` or worse, 2 when there is no
 * Django project or a configuration file is wrong: then the report is complete, but not what the configuration asks for.
 */
export async function check(host: CliHost, paths: readonly string[], options: CheckOptions): Promise<number> {
  requireRules(options.rule);
  if (options.variables !== undefined && options.djangoParity !== true)
    throw new UsageError(
      "--variables goes with --django-parity; what rules take for granted stands under [tool.django-settings-lint.assume]",
    );
  const session = await Session.open(host, paths, options, options.djangoParity === true);
  const nothing = session.nothingFound();
  if (nothing !== undefined) {
    tellNotes(session, options);
    throw new UsageError(nothing);
  }
  if (options.djangoParity === true) return printParity(session, options, options.format);
  const { at, style, width } = session;
  const report = session.report(options);
  switch (options.format) {
    case "text":
      host.stdout.write(formatText(report, at, { style, width, quiet: options.quiet === true }));
      break;
    case "json":
      await session.prepareFixes(report);
      host.stdout.write(formatJson(report, at));
      break;
    case "sarif":
      await session.prepareFixes(report);
      host.stdout.write(formatSarif(report, host.cwd, at));
      break;
    case "github":
      host.stdout.write(formatGithub(report, at));
      break;
  }
  tellNotes(session, options);
  if (report.problems.length > 0) return EXIT.error;
  const { failOn } = options;
  const fails = report.findings.some(
    (finding) => failOn !== "never" && SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(failOn),
  );
  return fails ? EXIT.findings : EXIT.clean;
}

/** Says on stderr what was skipped and what is wrong with the configuration. */
export function tellNotes(session: Session, options: CommonOptions): void {
  const { at, host, style } = session;
  if (options.quiet !== true) host.stderr.write(formatNotes("note", session.notes, at, style));
  host.stderr.write(formatNotes("error", session.problems, at, style));
}
