import { baseName, type FilePath } from "../base/path";
import { LineIndex, type Range } from "../base/text";
import { isSettingName } from "../project/djangoNames";
import type { Binding } from "../python/program/evaluation";
import type { Site } from "../python/values/value";
import { projectOf, type Analysis, type ProjectAnalysis } from "./analysis";
import { groupsText } from "./briefValue";
import { unique } from "./definition";
import { environmentsOf, type Environment } from "./environments";
import { subjectsOf } from "./subject";
import { valueGroups } from "./valueGroups";
import { lastStep } from "./valueText";

/** What becomes of an assignment of a setting. */
export interface AssignmentNote {
  /** The name that is assigned. */
  readonly range: Range;
  /** The end of the statement. */
  readonly end: number;
  readonly setting: string;
  readonly text: string;
  /** The same in as few words as fit behind a line of code. */
  readonly short: string;
  /** Where the assignments stand that the note is about; empty: it is about this one. */
  readonly places: readonly Site[];
}

/** What fits above a line of code, and what VS Code shows of an inlay hint (`editor.inlayHints.maximumLength`). */
const LENS_LENGTH = 110;
const HINT_LENGTH = 43;

/** An assignment with the environments that execute it. */
interface Assignment {
  readonly binding: Binding;
  readonly uses: readonly {
    readonly environment: Environment;
    readonly isUsed: boolean;
    readonly winner: Site | undefined;
  }[];
}

/**
 * What becomes of each assignment of a setting in a settings module: what the environments get where that differs, which module
 * overrides it, and that no environment uses it. Nothing where all environments get what is written.
 */
export function assignmentNotes(analysis: Analysis, file: FilePath): readonly AssignmentNote[] {
  const owner = projectOf(analysis, file);
  if (owner === undefined) return [];
  return assignmentsIn(owner, file).flatMap((assignment) => notesOf(analysis, owner, assignment));
}

function assignmentsIn({ entries }: ProjectAnalysis, file: FilePath): readonly Assignment[] {
  const found = new Map<number, { binding: Binding; uses: Assignment["uses"][number][] }>();
  for (const environment of environmentsOf(entries)) {
    const { evaluation } = environment.entry;
    // What would have overridden an assignment may not have been reached.
    if (!evaluation.files.includes(file) || evaluation.failure !== undefined) continue;
    for (const binding of evaluation.bindings) {
      const { step, name, atModuleLevel } = binding;
      if (!atModuleLevel || step.kind !== "assignment" || step.site.file !== file || !isSettingName(name)) continue;
      const isUsed = evaluation
        .outcomes(name)
        .some(({ steps }) =>
          steps.some(({ site, target }) => site.file === file && target.start === step.target.start),
        );
      const last = isUsed ? undefined : lastStep(evaluation, name);
      const winner = last && { file: last.site.file, range: last.target };
      const known = found.get(step.target.start);
      if (known === undefined) found.set(step.target.start, { binding, uses: [{ environment, isUsed, winner }] });
      else if (!known.uses.some((use) => use.environment === environment))
        known.uses.push({ environment, isUsed, winner });
    }
  }
  return [...found.values()].toSorted((a, b) => a.binding.step.target.start - b.binding.step.target.start);
}

function notesOf(analysis: Analysis, owner: ProjectAnalysis, { binding, uses }: Assignment): readonly AssignmentNote[] {
  const { name, step } = binding;
  const about = { range: step.target, end: step.site.range.end, setting: name };
  const context = { redactor: analysis.redactor, django: owner.project.django?.version };
  const groups = valueGroups(
    uses.map(({ environment }) => environment),
    name,
    context,
  );
  const notes: AssignmentNote[] = [];
  const textOf = (length: number): string => groupsText(groups, analysis.redactor, length);
  if (groups.length > 1) notes.push({ ...about, text: textOf(LENS_LENGTH), short: textOf(HINT_LENGTH), places: [] });
  const winners = unique(uses.flatMap(({ isUsed, winner }) => (isUsed ? [] : (winner ?? []))));
  if (winners.length === 0) return notes;
  const isUnused = uses.every(({ isUsed }) => !isUsed) && !isRead(analysis, owner, name);
  const text = isUnused ? "not used by any environment" : overriddenText(analysis, step.site.file, winners);
  return [...notes, { ...about, text, short: text, places: winners }];
}

/** `overridden in production.py, test.py`, `overridden on line 40`. */
function overriddenText(analysis: Analysis, file: FilePath, winners: readonly Site[]): string {
  const files = new Set(winners.filter((winner) => winner.file !== file).map((winner) => baseName(winner.file)));
  const text = analysis.text(file);
  const index = text === undefined ? undefined : new LineIndex(text);
  const lines = winners.flatMap((winner) =>
    winner.file === file && index !== undefined ? [index.position(winner.range.start).line + 1] : [],
  );
  const parts = [
    files.size === 0 ? [] : `in ${[...files].join(", ")}`,
    lines.length === 0 ? [] : `on line ${lines.join(", ")}`,
  ];
  return `overridden ${parts.flat().join(" and ")}`;
}

/** Whether any settings file names the setting other than to assign it: then its first value may serve for something. */
function isRead({ snapshot }: Analysis, { entries }: ProjectAnalysis, name: string): boolean {
  const files = new Set(entries.flatMap(({ evaluation }) => evaluation.files));
  const assigned = new Set(
    entries.flatMap(({ evaluation }) =>
      evaluation.bindingsNamed(name).map(({ step }) => `${step.site.file}:${step.target.start}`),
    ),
  );
  return [...files].some((file) => {
    const parsed = snapshot.text(file)?.includes(name) === true ? snapshot.parse(file) : undefined;
    if (parsed === undefined) return false;
    // A file that cannot be parsed may hold anything.
    if (!parsed.ok) return true;
    return subjectsOf(parsed.module).some(
      (subject) =>
        (subject.kind === "name" && subject.name === name && !assigned.has(`${file}:${subject.range.start}`)) ||
        (subject.kind === "string" && subject.text === name),
    );
  });
}
