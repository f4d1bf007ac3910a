import type { Stmt } from "./ast";

/** How the statements of a module came from those that it had before an edit. */
export interface BodyChange {
  readonly before: readonly Stmt[];
  /** Statements that were there before, in whose place {@link added} stand. All others are in both, in the same order. */
  readonly removed: readonly Stmt[];
  readonly added: readonly Stmt[];
}

const changes = new WeakMap<readonly Stmt[], BodyChange>();

/** Notes that a list of statements takes the place of another one. */
export function noteChange(before: readonly Stmt[], after: readonly Stmt[]): void {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same++;
  let sameAtEnd = 0;
  while (sameAtEnd < shorter - same && before.at(-1 - sameAtEnd) === after.at(-1 - sameAtEnd)) sameAtEnd++;
  const between = (body: readonly Stmt[]): readonly Stmt[] => body.slice(same, body.length - sameAtEnd);
  changes.set(after, { before, removed: between(before), added: between(after) });
  // Else every edit would hold on to all before it.
  changes.delete(before);
}

/** The last edit of a list of statements, where one is known and has not been followed by others. */
export function changeOf(body: readonly Stmt[]): BodyChange | undefined {
  return changes.get(body);
}
