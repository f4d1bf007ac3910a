import type { FilePath } from "../base/path";
import type { ProjectAnalysis } from "../features/analysis";
import type { Finding } from "../lint/finding";
import type { Rule } from "../lint/rule";
import type { Note } from "../project/model";
import { collectSecrets, Redactor } from "../features/masking";

/** What one run of a command found in all its workspaces: plain data for the formatters. */
export interface Report {
  readonly projects: readonly ProjectAnalysis[];
  /** The findings that the command was asked for, in the order of files and places. */
  readonly findings: readonly Finding[];
  /** Files skipped, limits reached. */
  readonly notes: readonly Note[];
  /** What is wrong with configuration files. */
  readonly problems: readonly Note[];
  readonly rules: readonly Rule[];
  readonly version: string;
  /** The text of any file that was read. */
  text(file: FilePath): string | undefined;
}

/** Knows every secret that stands in the values of the projects' modules, so that no report can show one. */
export function redactorFor(projects: readonly ProjectAnalysis[]): Redactor {
  const secrets = new Set<string>();
  for (const { evaluation } of projects.flatMap((project) => project.entries)) {
    for (const binding of evaluation.bindings) collectSecrets(binding.value, binding.name, secrets);
    for (const name of evaluation.names)
      for (const { value } of evaluation.outcomes(name)) collectSecrets(value, name, secrets);
  }
  return new Redactor(secrets);
}
