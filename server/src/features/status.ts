import { baseName, relativePath, type FilePath } from "../base/path";
import type { ProjectState, StatusResult } from "../protocol";
import { projectOf, type Analysis } from "./analysis";
import { dottedModuleName } from "../lint/context";

/**
 * What is known of one file: its role and the evidence for it, or why there is none. `analysis` is the newest that is
 * finished, if any.
 */
export function statusOf(analysis: Analysis | undefined, file: FilePath): StatusResult {
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
    ...(found?.project.django === undefined ? {} : { django: found.project.django.version.join(".") }),
  };
}

/** What {@link statusOf} depends on, to tell whether its answers may have changed. */
export function statusFingerprint(analysis: Analysis): string {
  const modules = analysis.projects.flatMap(({ project }) => [
    project.django?.version.join(".") ?? "",
    ...project.modules.flatMap((module) => [
      module.file,
      dottedModuleName(module),
      module.role,
      ...module.evidence.map((each) => each.text),
    ]),
  ]);
  const notes = [...analysis.notes, ...analysis.problems].flatMap((note) => [note.file ?? "", note.message]);
  return JSON.stringify([modules, notes]);
}

function folderName(root: FilePath, project: FilePath): string {
  return project === root ? baseName(root) : relativePath(root, project);
}
