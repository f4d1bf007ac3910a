import { MAX_UNCAUGHT } from "../values/budget";
import type { Area, Recording } from "../values/recording";
import type { Machine, NotedCause } from "./machine";
import type { State } from "./state";

/** Cells with what they hold: an area, a key and a value in turn. They are gone through often. */
export type Cells = readonly unknown[];

/** One execution of a statement of a module. */
export interface Execution {
  /** The module's scope. */
  readonly scope: number;
  /** The identities of what it has made. */
  readonly ids: number[];
  /** Whether the same changes may be made again in place of another execution. */
  readonly isRepeatable: boolean;
  /** What it has read, as it was before. */
  readonly reads: Cells;
  /** What it has written, as it is afterwards, in the order in which it was first written. */
  readonly after: Cells;
  /** What it has added to each list of {@link listsOf}, the statements of other modules that it has executed not counted. */
  readonly told: readonly (readonly unknown[])[];
  readonly notedCauses: readonly NotedCause[];
  readonly fuel: number;
}

/** Whether all that was read would be found as it was. */
export function isAsBefore(m: Machine, state: State, reads: Cells): boolean {
  for (let at = 0; at < reads.length; at += 3)
    if (cellOf(m, state, reads[at] as Area, reads[at + 1]) !== reads[at + 2]) return false;
  return true;
}

/** What a recording has noted, as cells. */
export function cellsOf(noted: Recording["reads"]): Cells {
  const all: unknown[] = [];
  for (const [area, cells] of noted) for (const [key, value] of cells) all.push(area, key, value);
  return all;
}

/** Makes the changes of an earlier execution again. */
export function repeat(m: Machine, state: State, { after, told, notedCauses, fuel }: Execution): void {
  m.fuel.spend(fuel);
  for (let at = 0; at < after.length; at += 3) setCell(m, state, after[at] as Area, after[at + 1], after[at + 2]);
  for (const each of told[0] as typeof m.bindings) m.bindings.push(each);
  for (const each of told[1] as typeof m.mutations) m.mutations.push(each);
  for (const each of told[2] as typeof m.branches) m.branches.push(each);
  for (const each of told[3] as typeof m.imports) m.imports.push(each);
  const { uncaught } = m.raising;
  for (const each of told[4] as typeof uncaught) if (uncaught.length < MAX_UNCAUGHT) uncaught.push(each);
  for (const { cause, isSilent } of notedCauses) m.noteCause(cause, isSilent);
}

/** The lists in which a run tells what happened. */
export function listsOf(m: Machine): readonly unknown[][] {
  return [m.bindings, m.mutations, m.branches, m.imports, m.raising.uncaught];
}

const OF_MACHINE: ReadonlySet<Area> = new Set<Area>(["machine", "texts", "tests", "unknowns", "paths"]);

export function cellOf(m: Machine, state: State, area: Area, key: unknown): unknown {
  return OF_MACHINE.has(area) ? m.cell(area, key) : state.cell(area, key);
}

export function setCell(m: Machine, state: State, area: Area, key: unknown, value: unknown): void {
  if (OF_MACHINE.has(area)) m.setCell(area, key, value);
  else state.setCell(area, key, value);
}
