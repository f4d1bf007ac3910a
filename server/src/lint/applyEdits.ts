import { append } from "../base/lists";
import type { FilePath } from "../base/path";
import { applyTextEdits } from "./edit/textEdits";
import { ClaimedVariables } from "./edit/claimedVariables";
import type { FileEdit } from "./finding";

/** How often the loop lints anew; a fix that is not done by then is left to the next run. */
export const MAX_FIX_PASSES = 10;

/** A file's text; `undefined` when there is none. */
export type ReadFile = (file: FilePath) => string | undefined;

/**
 * The new texts of the files that edits change. The edits are those of one fix, or of several that do not conflict: none
 * overlap. `undefined` when a file is missing that no edit may create, or a range lies outside of its text.
 */
export function applyFileEdits(edits: readonly FileEdit[], read: ReadFile): ReadonlyMap<FilePath, string> | undefined {
  const texts = new Map<FilePath, string>();
  for (const [file, own] of byFile(edits)) {
    const text = read(file) ?? (own.some((edit) => edit.create === true) ? "" : undefined);
    if (text === undefined || own.some((edit) => edit.range.end > text.length)) return undefined;
    const sorted = own.map(({ range, text: inserted }) => ({ start: range.start, end: range.end, text: inserted }));
    texts.set(file, applyTextEdits(text, sorted));
  }
  return texts;
}

function byFile(edits: readonly FileEdit[]): ReadonlyMap<FilePath, readonly FileEdit[]> {
  const files = new Map<FilePath, FileEdit[]>();
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit]);
  // Stable: insertions at one place keep their order.
  for (const own of files.values()) own.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return files;
}

/** What can be applied. `claimed`: the variables that fixes applied with it bring; it adds its own. */
interface Applicable {
  edits(claimed?: ClaimedVariables): readonly FileEdit[];
}

/** Which of several fixes can be applied together: in order, the first wins. */
export interface Selection<T> {
  readonly applied: readonly T[];
  /** They conflict with one that was applied: to be computed anew from the changed text. */
  readonly deferred: readonly T[];
  readonly edits: readonly FileEdit[];
  /** The environment variables that the applied ones bring, and those that were claimed before. */
  readonly claimed: ClaimedVariables;
}

/**
 * Takes as many fixes as go together. Two fixes conflict when edits of theirs overlap or touch: even two insertions at one
 * place, which may both be the same import; lines at the end of a file do not. Fixes without edits are in neither list. Each is computed with the variables that
 * those before it bring, so that no two bring one name for different values.
 */
export function selectFixes<T extends Applicable>(
  fixes: readonly T[],
  before: ClaimedVariables = new ClaimedVariables(),
): Selection<T> {
  const applied: T[] = [];
  const deferred: T[] = [];
  const edits: FileEdit[] = [];
  let claimed = before;
  for (const fix of fixes) {
    const withOwn = new ClaimedVariables(claimed);
    const own = fix.edits(withOwn);
    if (own.length === 0) continue;
    if (own.some((edit) => edits.some((other) => touch(edit, other)))) deferred.push(fix);
    else {
      applied.push(fix);
      for (const edit of own) append(edits, besides(edit, edits));
      claimed = withOwn;
    }
  }
  return { applied, deferred, edits, claimed };
}

/** An edit as it goes together with others: of lines at the end, those that are not added yet. */
function besides(edit: FileEdit, others: readonly FileEdit[]): readonly FileEdit[] {
  const same = edit.isLines ? others.filter(({ file, isLines }) => isLines && file === edit.file) : [];
  if (same.length === 0) return [edit];
  const text = edit.text.replace(/^\r?\n/, "");
  return same.some((other) => other.text.replace(/^\r?\n/, "") === text) ? [] : [{ ...edit, text }];
}

function touch(a: FileEdit, b: FileEdit): boolean {
  if (a.isLines && b.isLines) return false;
  return a.file === b.file && a.range.start <= b.range.end && b.range.start <= a.range.end;
}

export interface FixAllResult<T> {
  /** The changed files with their new texts. */
  readonly texts: ReadonlyMap<FilePath, string>;
  readonly applied: readonly T[];
  /** The environment variables that the applied fixes bring. */
  readonly claimed: ClaimedVariables;
  /** Whether no fix was left at the end: false after {@link MAX_FIX_PASSES}, or when fixes undo each other. */
  readonly isComplete: boolean;
}

/**
 * Applies fixes until none is left. `lint` gives the fixes to apply, the most important first, for the texts as they are
 * after the passes so far (the files changed; all others are as on disk). `accepts` may refuse what a pass made of a file,
 * for instance because it no longer parses; then the first fix that is accepted alone is applied, and the loop ends when
 * there is none. Throws only what `lint` throws.
 */
export async function fixAll<T extends Applicable>(
  read: ReadFile,
  lint: (changed: ReadonlyMap<FilePath, string>) => readonly T[] | Promise<readonly T[]>,
  accepts: (file: FilePath, text: string) => boolean = () => true,
): Promise<FixAllResult<T>> {
  let texts: ReadonlyMap<FilePath, string> = new Map();
  const applied: T[] = [];
  let claimed = new ClaimedVariables();
  const seen = new Set([fingerprint(texts)]);
  for (let pass = 0; pass < MAX_FIX_PASSES; pass++) {
    const current = texts;
    const fixes = await lint(current);
    const step = nextStep(fixes, claimed, (file) => current.get(file) ?? read(file), accepts);
    if (step === undefined)
      return { texts, applied, claimed, isComplete: fixes.every((fix) => fix.edits().length === 0) };
    const merged = new Map([...texts, ...step.changed]);
    // A text that was there before: two fixes take turns. What has been done so far stands.
    if (seen.has(fingerprint(merged))) return { texts, applied, claimed, isComplete: false };
    seen.add(fingerprint(merged));
    texts = merged;
    claimed = step.claimed;
    append(applied, step.applied);
  }
  const rest = await lint(texts);
  return { texts, applied, claimed, isComplete: rest.every((fix) => fix.edits().length === 0) };
}

interface Pass<T> {
  readonly changed: ReadonlyMap<FilePath, string>;
  readonly applied: readonly T[];
  readonly claimed: ClaimedVariables;
}

function nextStep<T extends Applicable>(
  fixes: readonly T[],
  before: ClaimedVariables,
  read: ReadFile,
  accepts: (file: FilePath, text: string) => boolean,
): Pass<T> | undefined {
  for (const { applied, edits, claimed } of selections(fixes, before)) {
    if (applied.length === 0) continue;
    const changed = applyFileEdits(edits, read);
    if (changed !== undefined && [...changed].every(([file, text]) => accepts(file, text)))
      return { changed, applied, claimed };
  }
  return undefined;
}

/** All that go together, then each of those alone: their edits are made only when they are looked at. */
function* selections<T extends Applicable>(fixes: readonly T[], before: ClaimedVariables): Generator<Selection<T>> {
  const together = selectFixes(fixes, before);
  yield together;
  if (together.applied.length > 1) for (const fix of together.applied) yield selectFixes([fix], before);
}

function fingerprint(texts: ReadonlyMap<FilePath, string>): string {
  return JSON.stringify([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
