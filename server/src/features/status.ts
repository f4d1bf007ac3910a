import { baseName, relativePath, type FilePath } from "../base/path";
import type { ProjectState, StatusResult } from "../protocol";
import { projectOf, type Analysis, type ProjectAnalysis } from "./analysis";
import { environmentsOf } from "./environments";
import { regrade, type Grade } from "../lint/config";
import { dottedModuleName } from "../lint/settingsModules";

type Severities = (file: FilePath) => Readonly<Record<string, Grade>> | undefined;

/**
 * What is known of one file: its role and the evidence for it, or why there is none, and how the environment is that it belongs
 * to. `analysis` is the newest that is finished, if any.
 */
export function statusOf(analysis: Analysis | undefined, file: FilePath, severities: Severities): StatusResult {
  if (analysis === undefined) return { state: "loading", evidence: [] };
  const found = projectOf(analysis, file);
  const module = found?.project.modules.find((each) => each.file === file);
  const broken =
    analysis.notes.find((note) => note.file === file) ?? analysis.problems.find((note) => note.file === file);
  const state: ProjectState = broken !== undefined ? "problem" : module === undefined ? "notSettings" : "ready";
  return {
    state,
    evidence: module?.evidence.map((each) => each.text) ?? [],
    ...(broken === undefined ? {} : { message: broken.message }),
    ...(module === undefined ? {} : { role: module.role, module: dottedModuleName(module) }),
    ...(found === undefined ? {} : { project: folderName(analysis.root, found.project.root) }),
    ...(found === undefined ? {} : environmentStatus(analysis, found, file, severities)),
    ...(found?.project.django === undefined ? {} : { django: found.project.django.version.join(".") }),
  };
}

/** The environment of a settings module, else the project's first one, which is production; and its number of problems. */
function environmentStatus(
  analysis: Analysis,
  owner: ProjectAnalysis,
  file: FilePath,
  severities: Severities,
): Pick<StatusResult, "environment"> {
  const environments = environmentsOf(owner.entries);
  const shown = environments.find(({ entry }) => entry.module.file === file) ?? environments[0];
  if (shown === undefined) return {};
  const problems = problemCount(analysis, owner, dottedModuleName(shown.entry.module), severities);
  return { environment: { name: shown.name, problems } };
}

/** As many as the Problems panel has of a module: hints are not in it. What is about no module in particular counts for each. */
function problemCount(
  { problems }: Analysis,
  { findings }: ProjectAnalysis,
  module: string,
  severities: Severities,
): number {
  const own = findings.filter(({ modules }) => modules.length === 0 || modules.includes(module));
  const shown = own.flatMap((finding) => regrade([finding], severities(finding.site.file)));
  return shown.filter(({ severity }) => severity !== "hint").length + problems.length;
}

/** What {@link statusOf} depends on, to tell whether its answers may have changed. */
export function statusFingerprint(analysis: Analysis, severities: Severities): string {
  const modules = analysis.projects.flatMap(({ project }) => [
    project.django?.version.join(".") ?? "",
    ...project.modules.flatMap((module) => [
      module.file,
      dottedModuleName(module),
      module.role,
      ...module.evidence.map((each) => each.text),
    ]),
  ]);
  const counts = analysis.projects.flatMap((owner) =>
    owner.entries.map(({ module }) => problemCount(analysis, owner, dottedModuleName(module), severities)),
  );
  const notes = [...analysis.notes, ...analysis.problems].flatMap((note) => [note.file ?? "", note.message]);
  return JSON.stringify([modules, counts, notes]);
}

function folderName(root: FilePath, project: FilePath): string {
  return project === root ? baseName(root) : relativePath(root, project);
}
