import type { FilePath } from "../base/path";
import type { Evaluation, ImportEvent } from "../python/program/evaluation";
import { projectOf, type Analysis } from "./analysis";

/** The star import whose statement begins at an offset, in the first evaluation of the project that found its module. */
export function starImportAt(
  analysis: Analysis,
  file: FilePath,
  start: number,
): { readonly event: ImportEvent; readonly evaluation: Evaluation } | undefined {
  for (const { evaluation } of projectOf(analysis, file)?.entries ?? []) {
    const event = evaluation.imports.find(
      ({ site, star }) => star !== undefined && site.file === file && site.range.start === start,
    );
    if (event?.file !== undefined) return { event, evaluation };
  }
  return undefined;
}
