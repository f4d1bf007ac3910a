import type { FilePath } from "../base/path";
import type { Binding } from "../python/program/evaluation";
import type { Site } from "../python/values/value";
import { isSettingsFile, projectOf, type Analysis } from "./analysis";
import { placeOfDottedPath } from "./dottedPath";
import { projectVariables } from "./environmentVariables";
import { starImportAt } from "./starImport";
import { subjectIn } from "./subject";
import { lastStep } from "./valueText";

/**
 * Where what stands at an offset is defined: of a setting the assignments that win in some environment, then those that are
 * overridden; of a variable where deployment files set it; of a dotted path and a star import the code. Empty for anything else.
 */
export function definitionsAt(analysis: Analysis, file: FilePath, offset: number): readonly Site[] {
  const subject = subjectIn(analysis, file, offset);
  switch (subject?.kind) {
    case "name":
      return isSettingsFile(analysis, file) ? assignmentsOf(analysis, file, subject.name) : [];
    case "use":
      return assignmentsOf(analysis, file, subject.name);
    case "star import":
      return starSource(analysis, file, subject.range.start);
    case "string":
      return (
        variableSources(analysis, file, subject.text) ?? [placeOfDottedPath(analysis, file, subject.text) ?? []].flat()
      );
    case undefined:
      return [];
  }
}

/** The assignments of a setting in all modules of the project, those that win in an environment first. */
export function assignmentsOf(analysis: Analysis, file: FilePath, setting: string): readonly Site[] {
  const entries = projectOf(analysis, file)?.entries ?? [];
  const winners = entries.flatMap(({ evaluation }) => lastStep(evaluation, setting) ?? []);
  const others = entries.flatMap(({ evaluation }) =>
    evaluation.bindings.filter((binding) => binding.name === setting && isAssignment(binding)).map(({ step }) => step),
  );
  return unique([...winners, ...others].map(({ site, target }) => ({ file: site.file, range: target })));
}

function isAssignment({ step, atModuleLevel }: Binding): boolean {
  return atModuleLevel && step.kind === "assignment";
}

/** Each place once, the first of equal ones. */
export function unique(sites: readonly Site[]): readonly Site[] {
  return [
    ...new Map(sites.toReversed().map((site) => [`${site.file}:${site.range.start}`, site])).values(),
  ].toReversed();
}

function starSource(analysis: Analysis, file: FilePath, start: number): readonly Site[] {
  const source = starImportAt(analysis, file, start)?.event.file;
  return source === undefined ? [] : [{ file: source, range: { start: 0, end: 0 } }];
}

/** Where deployment files set a variable; `undefined` for a string that names no variable of the settings. */
function variableSources(analysis: Analysis, file: FilePath, text: string): readonly Site[] | undefined {
  const owner = projectOf(analysis, file);
  const known = owner && projectVariables(owner).find(({ name }) => name === text);
  return known === undefined ? undefined : unique(known.set);
}
