import type { ImportFrom, Stmt } from "../../syntax/ast";
import { recorded, Recording, type Area } from "../values/recording";
import { withIds, type Step } from "../values/value";
import type { Slot } from "./slots";
import type { Binding, Mutation } from "./evaluation";
import { cellOf, cellsOf, isAsBefore, listsOf, repeat, setCell, type Cells, type Execution } from "./executions";
import { normalEnd, type Flow } from "./flow";
import type { Frame, Machine, StatementMemory, NotedCause } from "./machine";
import { isSame } from "./sameness";
import { Stretches } from "./stretches";
import type { State } from "./state";

/**
 * What became of the statements of modules when they were last executed, so that a run after an edit executes those only whose
 * text or inputs have changed. Statements are known by their node, which an edit elsewhere leaves the same; it does not
 * matter in which order they come. Where a statement is executed again and comes to the same, its earlier results stay, and with
 * them all that was made of them.
 */
export class RememberedStatements implements StatementMemory {
  private readonly executions = new WeakMap<Stmt, Execution>();
  private readonly steps = new WeakMap<object, Step>();
  private readonly imports = new WeakMap<ImportFrom, WeakMap<Slot, Slot>>();
  /** Statements that this run has executed: a second time is another execution. */
  private done = new Set<Stmt>();
  /** Of the statement under execution. */
  private telling: Telling | undefined;
  private readonly stretches = new Stretches();

  begin(): void {
    this.done = new Set();
    this.telling = undefined;
  }

  importStep(target: object, make: () => Step): Step {
    let step = this.steps.get(target);
    if (step === undefined) this.steps.set(target, (step = make()));
    return step;
  }

  imported(node: ImportFrom, change: (slot: Slot) => Slot): (slot: Slot) => Slot {
    let slots = this.imports.get(node);
    if (slots === undefined) this.imports.set(node, (slots = new WeakMap()));
    const known = slots;
    return (slot) => {
      let imported = known.get(slot);
      if (imported === undefined) known.set(slot, (imported = change(slot)));
      return imported;
    };
  }

  execute(m: Machine, state: State, frame: Frame, statement: Stmt): Flow | undefined {
    if (!isPlain(m, state, frame) || this.done.has(statement)) {
      this.telling?.mix();
      this.stretches.add(statement, undefined);
      return undefined;
    }
    this.done.add(statement);
    const last = this.executions.get(statement);
    const known = last?.scope === frame.scopes[0] ? last : undefined;
    if (known?.isRepeatable === true && isAsBefore(m, state, known.reads)) {
      repeat(m, state, known);
      this.stretches.add(statement, known);
      return normalEnd(state);
    }
    const flow = this.executeNew(m, state, frame, statement, known);
    this.stretches.add(statement, this.executions.get(statement));
    return flow;
  }

  repeatStretch(m: Machine, state: State, frame: Frame, body: readonly Stmt[], index: number): number {
    const stretch = this.stretches.at(body, index, frame.scopes[0]);
    if (stretch === undefined || !isPlain(m, state, frame)) return 0;
    const { statements, execution } = stretch;
    if (statements.some((statement) => this.done.has(statement)) || !isAsBefore(m, state, execution.reads)) return 0;
    for (const statement of statements) this.done.add(statement);
    repeat(m, state, execution);
    return statements.length;
  }

  private executeNew(m: Machine, state: State, frame: Frame, statement: Stmt, known: Execution | undefined): Flow {
    const recording = new Recording();
    const ids = known?.ids ?? [];
    const spent = m.fuel.spent;
    const telling = new Telling(m);
    const outer = { telling: this.telling, notedCauses: m.notedCauses };
    const notedCauses: NotedCause[] = [];
    this.telling = telling;
    m.notedCauses = notedCauses;
    try {
      const flow = withIds(ids, () => recorded(recording, () => m.executeBlock(state, frame, [statement])));
      const { normal } = flow;
      const isWhole = normal !== undefined && flow.exits.length === 0 && isPlain(m, normal, frame);
      const after = isWhole ? whatIsLeft(m, normal, recording, telling, known) : [];
      const isRepeatable = isWhole && recording.isRepeatable;
      this.executions.set(statement, {
        scope: frame.scopes[0] as number,
        ids,
        isRepeatable,
        reads: isRepeatable ? cellsOf(recording.reads) : [],
        after,
        told: telling.told(),
        notedCauses,
        fuel: m.fuel.spent - spent,
      });
      return flow;
    } finally {
      this.telling = outer.telling;
      m.notedCauses = outer.notedCauses;
    }
  }

  within<T>(m: Machine, run: () => T): T {
    const outer = this.telling;
    if (outer === undefined) return this.stretches.within(run);
    const inner = new Telling(m);
    try {
      return this.stretches.within(run);
    } finally {
      this.telling = outer;
      outer.leaveOut(inner);
    }
  }
}

/** Whether a statement of a module is executed as it mostly is: in all worlds, with nothing around that catches exceptions. */
function isPlain(m: Machine, state: State, frame: Frame): boolean {
  return (
    frame.kind === "module" &&
    !frame.importGuarded &&
    frame.redirected.size === 0 &&
    m.undecided === 0 &&
    m.callDepth === 0 &&
    m.overridden === undefined &&
    state.assumptions.size === 0 &&
    m.raising.isPlain
  );
}

/**
 * What the written cells hold after an execution. What is the same as after the one before stays the same object, so that who
 * has read it need not be executed again. The steps in it are those of the events that tell of them: where there are such, either
 * all stays or nothing.
 */
function whatIsLeft(
  m: Machine,
  state: State,
  { writes }: Recording,
  telling: Telling,
  known: Execution | undefined,
): Cells {
  const fresh = cellsNow(m, state, writes);
  if (known === undefined || telling.isMixed) return fresh;
  const kept = withKnown(fresh, known.after, telling.isOwn);
  const isAll = kept.every((value, index) => value === known.after[index]) && kept.length === known.after.length;
  if (telling.hasSteps && !(isAll && telling.keepSame(known.told))) return fresh;
  for (let at = 0; at < kept.length; at += 3)
    if (kept[at + 2] !== fresh[at + 2]) setCell(m, state, kept[at] as Area, kept[at + 1], kept[at + 2]);
  return kept;
}

function cellsNow(m: Machine, state: State, writes: Recording["writes"]): Cells {
  const cells: unknown[] = [];
  for (const [area, written] of writes)
    for (const key of written.keys()) cells.push(area, key, cellOf(m, state, area, key));
  return cells;
}

/** Cells with the known values in place of those that are the same. A statement mostly writes the same cells in the same order. */
function withKnown(cells: Cells, known: Cells, isOwn: (step: Step) => boolean): Cells {
  const kept = [...cells];
  for (let at = 0; at < cells.length; at += 3) {
    if (cells[at] !== known[at] || cells[at + 1] !== known[at + 1]) continue;
    const earlier = known[at + 2];
    if (earlier !== undefined && isSame(earlier, cells[at + 2], isOwn)) kept[at + 2] = earlier;
  }
  return kept;
}

/** What one execution of a statement adds to the lists. */
class Telling {
  private readonly lists: readonly unknown[][];
  private readonly starts: readonly number[];
  /** Stretches of the lists that statements of other modules have told. */
  private readonly others: { readonly from: readonly number[]; readonly to: readonly number[] }[] = [];

  /** Statements of other modules have been executed as a part of this one. */
  isMixed = false;

  private own: ReadonlySet<Step> | undefined;

  constructor(m: Machine) {
    this.lists = listsOf(m);
    this.starts = this.lists.map(({ length }) => length);
  }

  /** A statement of another module is not remembered by itself: what it tells and changes cannot be told from this one's. */
  mix(): void {
    this.isMixed = true;
  }

  /** What was told since another telling began is not this one's. */
  leaveOut({ starts }: Telling): void {
    this.others.push({ from: starts, to: this.lists.map(({ length }) => length) });
  }

  told(): readonly (readonly unknown[])[] {
    return this.lists.map((list, index) => this.places(index).map((place) => list[place]));
  }

  /** Whether there are events among them that steps belong to. */
  get hasSteps(): boolean {
    return this.places(0).length > 0 || this.places(1).length > 0;
  }

  /** Whether a step is one that these events tell of. */
  readonly isOwn = (step: Step): boolean => {
    if (this.own === undefined) {
      const [bindings, mutations] = this.told() as readonly (readonly (Binding | Mutation)[])[];
      this.own = new Set([...(bindings ?? []), ...(mutations ?? [])].map((event) => event.step));
    }
    return this.own.has(step);
  };

  /** Puts the events of an earlier execution in the place of these, where all are the same. Gives whether they are. */
  keepSame(earlier: Execution["told"]): boolean {
    const told = this.told();
    const areSame = told.every((list, index) => {
      const known = earlier[index] ?? [];
      return list.length === known.length && list.every((each, at) => isSame(known[at], each, this.isOwn));
    });
    if (areSame)
      for (const [index, list] of this.lists.entries())
        for (const [at, place] of this.places(index).entries()) list[place] = earlier[index]?.[at];
    return areSame;
  }

  private places(index: number): readonly number[] {
    const places: number[] = [];
    let next = 0;
    for (let at = this.starts[index] ?? 0; at < (this.lists[index]?.length ?? 0); at++) {
      while (at >= (this.others[next]?.to[index] ?? Infinity)) next++;
      if (at < (this.others[next]?.from[index] ?? Infinity)) places.push(at);
    }
    return places;
  }
}
