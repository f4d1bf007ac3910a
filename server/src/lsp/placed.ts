import { baseName, relativePath } from "../base/path";
import type { Analysis, ProjectAnalysis } from "../features/analysis";
import type { Environment } from "../features/environments";
import { dottedModuleName } from "../lint/settingsModules";
import type { EnvironmentInfo, PlacedLocation } from "../protocol";
import type { Site } from "../python/values/value";
import { toRange } from "./convert";
import type { State } from "./state";

// What our own views and pages name alike: places, projects and environments.

/** A place with how people name it: `shop/settings/base.py:12`. */
export function placed(state: State, analysis: Analysis, { file, range }: Site): PlacedLocation {
  const at = toRange(state.lines(file), range);
  return { uri: state.uri(file), range: at, label: `${relativePath(analysis.root, file)}:${at.start.line + 1}` };
}

/** A project's folder as people name it. */
export function projectName(analysis: Analysis, { project: { root } }: ProjectAnalysis): string {
  return root === analysis.root ? baseName(root) : relativePath(analysis.root, root);
}

export function environmentInfo(state: State, { name, entry: { module } }: Environment): EnvironmentInfo {
  return { name, module: dottedModuleName(module), role: module.role, uri: state.uri(module.file) };
}
