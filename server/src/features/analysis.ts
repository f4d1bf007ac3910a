import type { FilePath } from "../base/path";
import type { Config } from "../lint/config";
import type { Finding } from "../lint/finding";
import type { EntryModule } from "../lint/rule";
import type { Redactor } from "../lint/redaction/redactor";
import type { SuppressedFinding } from "../lint/suppressing";
import type { DjangoProject, Note } from "../project/model";
import type { Snapshot } from "../project/snapshot";

/** One Django project: what was found out about it and what the rules say. */
export interface ProjectAnalysis {
  readonly project: DjangoProject;
  readonly config: Config;
  /** The modules that `DJANGO_SETTINGS_MODULE` could name, with what they evaluate to. */
  readonly entries: readonly EntryModule[];
  /** Without secrets: but for the edits of their fixes, they may be shown as they are. */
  readonly findings: readonly Finding[];
  /** Findings that a comment in the source suppresses. */
  readonly suppressed: readonly SuppressedFinding[];
}

/** All that is known about a workspace folder at one moment. Never changes. */
export interface Analysis {
  readonly root: FilePath;
  /** The configuration of the folder itself; a project below may have its own, nearer one. */
  readonly config: Config;
  readonly projects: readonly ProjectAnalysis[];
  /** The findings of all projects, in the order of files and places. */
  readonly findings: readonly Finding[];
  /** Takes secrets out of everything else that is shown: values, source, conditions. */
  readonly redactor: Redactor;
  /** Files skipped, limits reached, rules that failed. */
  readonly notes: readonly Note[];
  /** What is wrong with configuration files. */
  readonly problems: readonly Note[];
  readonly snapshot: Snapshot;
  /** The text of a file that was read, as the analysis saw it. */
  text(file: FilePath): string | undefined;
}

/** The project that a file belongs to: one that evaluates it or has it as settings module, else the nearest around it. */
export function projectOf(analysis: Analysis, file: FilePath): ProjectAnalysis | undefined {
  return (
    analysis.projects.find((each) => each.project.modules.some((module) => module.file === file)) ??
    analysis.projects.find((each) => each.entries.some((entry) => entry.evaluation.files.includes(file))) ??
    analysis.projects
      .filter((each) => file.startsWith(`${each.project.root}/`))
      .toSorted((a, b) => b.project.root.length - a.project.root.length)[0]
  );
}

/** Whether a settings module runs this file. */
export function isSettingsFile(analysis: Analysis, file: FilePath): boolean {
  const entries = projectOf(analysis, file)?.entries ?? [];
  return entries.some(({ evaluation }) => evaluation.files.includes(file));
}
