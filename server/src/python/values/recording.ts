/**
 * What a part of an evaluation reads of the running program and what it changes, cell by cell. With it the same part need
 * not be run again where all that it read is still the same: its changes are made again instead (`program/remembered.ts`).
 * A cell is a place of the program that holds one value: a name of a scope, an object of the heap, a variable of the environment.
 */
export type Area =
  number | "heap" | "environ" | "modules" | "partial" | "machine" | "tests" | "unknowns" | "paths" | "texts";

/** The key that stands for all cells of an area. */
export const WHOLE = Symbol("whole area");

export class Recording {
  /** What cells held that were read, before anything of this part was done. */
  readonly reads = new Map<Area, Map<unknown, unknown>>();
  /** Cells that were written, in the order in which they first were, with what they held before. */
  readonly writes = new Map<Area, Map<unknown, unknown>>();
  /** Something was done that making the same changes again would not do. */
  isRepeatable = true;
}

let current: Recording | undefined;

/** Runs something and notes in a recording what it reads and changes; where there is none, nothing is noted. */
export function recorded<T>(recording: Recording | undefined, run: () => T): T {
  const outer = current;
  current = recording;
  try {
    return run();
  } finally {
    current = outer;
  }
}

export function noteRead(area: Area, key: unknown, value: unknown): void {
  // What will not be repeated needs no reasons.
  if (current?.isRepeatable !== true) return;
  let cells = current.reads.get(area);
  if (cells === undefined) current.reads.set(area, (cells = new Map()));
  if (cells.has(key)) return;
  const written = current.writes.get(area);
  // Whatever was not there before, this part has written itself, in this or another of its branches.
  if (written?.has(key) !== true || written.get(key) === value) cells.set(key, value);
}

export function noteWrite(area: Area, key: unknown, before: unknown): void {
  if (current === undefined) return;
  const cells = current.writes.get(area);
  if (cells === undefined) current.writes.set(area, new Map([[key, before]]));
  else if (!cells.has(key)) cells.set(key, before);
}

/** What is done now depends on more than single cells, or changes more. */
export function noteUnrepeatable(): void {
  if (current !== undefined) current.isRepeatable = false;
}
