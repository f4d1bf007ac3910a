import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import type { ProjectAnalysis } from "../features/analysis";
import type { FileEdit, Finding } from "../lint/finding";
import { isSecretFile } from "../lint/redaction/assignmentLines";
import type { RedactedSource, Redactor } from "../lint/redaction/redactor";
import { touching } from "../lint/redaction/spans";
import type { Rule } from "../lint/rule";
import type { Note } from "../project/model";

/** What one run of a command found in all its workspaces: plain data for the formatters. */
export interface Report {
  readonly projects: readonly ProjectAnalysis[];
  /** The findings that the command was asked for, in the order of files and places; their texts hold no secrets. */
  readonly findings: readonly Finding[];
  /** Files skipped, limits reached. */
  readonly notes: readonly Note[];
  /** What is wrong with configuration files. */
  readonly problems: readonly Note[];
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly redactor: Redactor;
  /** Any file that was read, to be shown without secrets. */
  source(file: FilePath): RedactedSource | undefined;
  /** Where secrets stand in a file that was read. */
  secrets(file: FilePath): readonly Range[];
  /** A new text for a file (or a part of it), to be shown without secrets. */
  sourceOf(file: FilePath, text: string): RedactedSource;
}

/** Whether an edit writes a secret: into an environment file, as a literal below a secret's name, or in place of one. */
export function writesSecret({ file, range, text }: FileEdit, report: Report): boolean {
  if (text.trim() === "") return false;
  const source = report.sourceOf(file, text);
  if (isSecretFile(file) || report.redactor.sourceSpans(source).length > 0) return true;
  return touching(report.secrets(file), range).length > 0 && report.redactor.writesLiteral(source);
}
