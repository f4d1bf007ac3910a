import { append } from "../../base/lists";
import type { Stmt } from "../../syntax/ast";
import { WHOLE, type Area } from "../values/recording";
import type { Cells, Execution } from "./executions";

/** How many statements are repeated at once: one edit makes as many be looked at one by one. */
const MAX_LENGTH = 32;

/** Statements of a module that follow each other, and what all of them come to together. */
export interface Stretch {
  readonly statements: readonly Stmt[];
  readonly execution: Execution;
}

type Executed = readonly [Stmt, Execution];

/**
 * Statements that were executed one after the other, each of which may be repeated, so that they are repeated as one. Where a
 * stretch begins is told by its first statement: edits elsewhere leave it where it is.
 */
export class Stretches {
  private readonly known = new WeakMap<Stmt, Stretch>();
  /** What was last executed of the module that is run now. */
  private last: Executed[] = [];

  /** Runs a module whose statements are told by {@link add} as they are executed. */
  within<T>(run: () => T): T {
    const outer = this.last;
    this.last = [];
    try {
      return run();
    } finally {
      this.end();
      this.last = outer;
    }
  }

  /** The next statement was executed. */
  add(statement: Stmt, execution: Execution | undefined): void {
    if (execution?.isRepeatable !== true || readsWhole(execution)) this.end();
    else if (this.last.push([statement, execution]) === MAX_LENGTH) this.end();
  }

  /** The stretch that is known to begin at a statement of a body, where all its statements still follow; ends the one before it. */
  at(body: readonly Stmt[], index: number, scope: number | undefined): Stretch | undefined {
    const stretch = this.known.get(body[index] as Stmt);
    if (stretch === undefined) return undefined;
    const isThere = stretch.statements.every((statement, offset) => body[index + offset] === statement);
    if (!isThere || stretch.execution.scope !== scope) return undefined;
    this.end();
    return stretch;
  }

  private end(): void {
    const [first, second] = this.last;
    if (first !== undefined && second !== undefined) this.known.set(first[0], joined(this.last));
    this.last = [];
  }
}

/** How many cells there are changes with any of them. */
function readsWhole({ reads }: Execution): boolean {
  for (let at = 1; at < reads.length; at += 3) if (reads[at] === WHOLE) return true;
  return false;
}

/** What statements come to that are executed one after the other. */
function joined(all: readonly Executed[]): Stretch {
  const executions = all.map(([, execution]) => execution);
  return {
    statements: all.map(([statement]) => statement),
    execution: {
      scope: executions[0]?.scope ?? -1,
      ids: [],
      isRepeatable: true,
      reads: readsFromBefore(executions),
      after: executions.flatMap(({ after }) => after),
      told: (executions[0]?.told ?? []).map((_, list) => executions.flatMap(({ told }) => told[list] ?? [])),
      notedCauses: executions.flatMap(({ notedCauses }) => notedCauses),
      fuel: executions.reduce((sum, { fuel }) => sum + fuel, 0),
    },
  };
}

/** What is read that none of the executions before has written: what those have written is again what it was. */
function readsFromBefore(executions: readonly Execution[]): Cells {
  const seen = new Map<Area, Set<unknown>>();
  const isNew = (area: Area, key: unknown): boolean => {
    let keys = seen.get(area);
    if (keys === undefined) seen.set(area, (keys = new Set()));
    return !keys.has(key) && keys.add(key).has(key);
  };
  const reads: unknown[] = [];
  for (const execution of executions) {
    for (let at = 0; at < execution.reads.length; at += 3)
      if (isNew(execution.reads[at] as Area, execution.reads[at + 1])) append(reads, execution.reads.slice(at, at + 3));
    for (let at = 0; at < execution.after.length; at += 3) isNew(execution.after[at] as Area, execution.after[at + 1]);
  }
  return reads;
}
