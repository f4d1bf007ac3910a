import type { FilePath } from "../base/path";
import type { EntryPoint, SettingsModule } from "../project/model";
import type { ImportEvent } from "../python/program/evaluation";
import type { ProjectAnalysis } from "./analysis";

/** One settings module importing settings of another. */
export interface ImportEdge {
  readonly from: FilePath;
  readonly to: FilePath;
  readonly event: ImportEvent;
}

/** The imports between the settings modules of a project, each pair of files once. */
export function importEdges({ project, entries }: ProjectAnalysis): readonly ImportEdge[] {
  const files = new Set(project.modules.map((module) => module.file));
  const edges = new Map<string, ImportEdge>();
  for (const event of entries.flatMap((entry) => entry.evaluation.imports)) {
    const from = event.site.file;
    const to = event.file;
    if (to === undefined || from === to || !files.has(from) || !files.has(to)) continue;
    const key = `${from}\0${to}`;
    if (!edges.has(key)) edges.set(key, { from, to, event });
  }
  return [...edges.values()];
}

/** The module that an entry point selects; its range tells entry points of one file apart. */
export function selectedBy(point: EntryPoint, modules: readonly SettingsModule[]): SettingsModule | undefined {
  return modules.find((module) =>
    module.entryPoints.some((each) => each.file === point.file && each.range.start === point.range.start),
  );
}
