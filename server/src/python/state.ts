import type { FilePath } from "../base/path";
import type { Step, Test, Value } from "./value";

/** What a name is bound to in one world, and how it came to be. */
export interface Bound {
  readonly kind: "bound";
  readonly value: Value;
  readonly steps: readonly Step[];
  /** Id of the binding event; stays the same through star imports. */
  readonly binding: number;
  readonly overridable: Step | undefined;
}
/** The name's binding depends on an undecided test. */
export interface Split {
  readonly kind: "split";
  readonly test: Test;
  readonly yes: Slot | undefined;
  readonly no: Slot | undefined;
}
/** `undefined` in place of a slot: not bound in that world. */
export type Slot = Bound | Split;

export type Scope = Map<string, Slot>;

/** A mutable object. `contents` is a list, set, dict, or something symbolic that stands for one; it may be a choice. */
export interface HeapObject {
  readonly contents: Value;
  /** What was done to it after its creation. */
  readonly steps: readonly Step[];
  readonly createdIn: FilePath;
}

/** Decisions taken on the way to this state, by test id. */
export type Assumptions = ReadonlyMap<number, { readonly test: Test; readonly holds: boolean }>;

/**
 * The running program at one point, in the worlds that the assumptions allow. Cheap to fork: scopes are copied when
 * first written after a fork.
 */
export class State {
  private scopes: Map<number, Scope>;
  private owned: Set<number>;
  private heap: Map<number, HeapObject>;
  /** Environment variables that the program itself has set; a missing entry is the real environment's. */
  environ: Map<string, Value>;
  /** Workspace modules already executed: file to scope. */
  modules: Map<FilePath, number>;
  assumptions: Map<number, { readonly test: Test; readonly holds: boolean }>;

  constructor() {
    this.scopes = new Map();
    this.owned = new Set();
    this.heap = new Map();
    this.environ = new Map();
    this.modules = new Map();
    this.assumptions = new Map();
  }

  /** A copy that shares nothing observable with this state. */
  fork(): State {
    const copy = new State();
    copy.scopes = new Map(this.scopes);
    copy.heap = new Map(this.heap);
    copy.environ = new Map(this.environ);
    copy.modules = new Map(this.modules);
    copy.assumptions = new Map(this.assumptions);
    this.owned = new Set();
    return copy;
  }

  /** The same worlds, narrowed to those in which a test turns out as given. */
  assume(test: Test, holds: boolean): State {
    const narrowed = this.fork();
    narrowed.assumptions.set(test.id, { test, holds });
    return narrowed;
  }

  /** Takes over another state's contents: used after a fork has been executed in this state's stead. */
  become(other: State): void {
    this.scopes = other.scopes;
    this.heap = other.heap;
    this.environ = other.environ;
    this.modules = other.modules;
    this.assumptions = other.assumptions;
    this.owned = new Set();
    other.owned = new Set();
  }

  addScope(id: number): void {
    this.scopes.set(id, new Map());
    this.owned.add(id);
  }

  scope(id: number): ReadonlyMap<string, Slot> {
    return this.scopes.get(id) ?? EMPTY;
  }

  slot(scope: number, name: string): Slot | undefined {
    const slot = this.scopes.get(scope)?.get(name);
    return slot === undefined ? undefined : restrictSlot(slot, this.assumptions);
  }

  setSlot(scope: number, name: string, slot: Slot | undefined): void {
    const names = this.writable(scope);
    if (slot === undefined) names.delete(name);
    else names.set(name, slot);
  }

  object(id: number): HeapObject | undefined {
    return this.heap.get(id);
  }

  setObject(id: number, object: HeapObject): void {
    this.heap.set(id, object);
  }

  private writable(id: number): Scope {
    const scope = this.scopes.get(id) ?? new Map<string, Slot>();
    if (this.owned.has(id)) return scope;
    const copy = new Map(scope);
    this.scopes.set(id, copy);
    this.owned.add(id);
    return copy;
  }

  /** The state after an undecided test: what differs between both arms depends on the test. */
  static join(test: Test, yes: State, no: State): State {
    const joined = new State();
    for (const id of new Set([...yes.scopes.keys(), ...no.scopes.keys()])) {
      joined.scopes.set(id, joinScopes(test, yes.scopes.get(id), no.scopes.get(id)));
    }
    for (const [id, object] of yes.heap) joined.heap.set(id, joinObjects(test, object, no.heap.get(id)));
    for (const [id, object] of no.heap) if (!yes.heap.has(id)) joined.heap.set(id, object);
    for (const name of new Set([...yes.environ.keys(), ...no.environ.keys()])) {
      const a = yes.environ.get(name) ?? REAL;
      const b = no.environ.get(name) ?? REAL;
      joined.environ.set(name, a === b ? a : { kind: "choice", test, yes: a, no: b });
    }
    // A module executed in one arm only counts as not executed: importing it again runs it anew, in its own scope.
    for (const [file, scope] of yes.modules) if (no.modules.get(file) === scope) joined.modules.set(file, scope);
    for (const [id, decision] of yes.assumptions) {
      if (no.assumptions.get(id)?.holds === decision.holds) joined.assumptions.set(id, decision);
    }
    return joined;
  }
}

const EMPTY: ReadonlyMap<string, Slot> = new Map();
/** Stands for "whatever the real environment holds" in a joined `environ`. */
export const REAL: Value = { kind: "unset" };

function joinScopes(test: Test, yes: Scope | undefined, no: Scope | undefined): Scope {
  if (yes === no) return yes ?? new Map();
  if (yes === undefined || no === undefined) return new Map(yes ?? no);
  const joined: Scope = new Map();
  for (const [name, a] of yes) {
    const b = no.get(name);
    joined.set(name, joinSlots(test, a, b));
  }
  for (const [name, b] of no) if (!yes.has(name)) joined.set(name, { kind: "split", test, yes: undefined, no: b });
  return joined;
}

function joinSlots(test: Test, yes: Slot, no: Slot | undefined): Slot {
  if (yes === no) return yes;
  const isSame = yes.kind === "bound" && no?.kind === "bound" && yes.binding === no.binding && yes.value === no.value;
  // The same binding on both sides, in one of which something outside may replace it.
  if (isSame) return { ...yes, overridable: yes.overridable ?? no.overridable };
  return { kind: "split", test, yes, no };
}

function joinObjects(test: Test, yes: HeapObject, no: HeapObject | undefined): HeapObject {
  if (no === undefined || yes === no) return yes;
  const steps = [...yes.steps, ...no.steps.filter((step) => !yes.steps.includes(step))];
  const contents: Value =
    yes.contents === no.contents ? yes.contents : { kind: "choice", test, yes: yes.contents, no: no.contents };
  return { contents, steps, createdIn: yes.createdIn };
}

/** Drops the arms that the assumptions exclude. `undefined`: not bound in any remaining world. */
export function restrictSlot(slot: Slot, assumptions: Assumptions): Slot | undefined {
  if (slot.kind === "bound" || assumptions.size === 0) return slot;
  const decision = assumptions.get(slot.test.id);
  const arm = (part: Slot | undefined): Slot | undefined =>
    part === undefined ? undefined : restrictSlot(part, assumptions);
  if (decision !== undefined) return arm(decision.holds ? slot.yes : slot.no);
  const yes = arm(slot.yes);
  const no = arm(slot.no);
  if (yes === slot.yes && no === slot.no) return slot;
  if (yes === undefined && no === undefined) return undefined;
  return { kind: "split", test: slot.test, yes, no };
}

/** `fresh` where it is bound, else `old`: what a star import or a conditional rebinding leaves behind. */
export function overlaySlot(fresh: Slot, old: Slot | undefined): Slot {
  if (old === undefined || fresh.kind === "bound") return fresh;
  return {
    kind: "split",
    test: fresh.test,
    yes: fresh.yes === undefined ? old : overlaySlot(fresh.yes, old),
    no: fresh.no === undefined ? old : overlaySlot(fresh.no, old),
  };
}

/** Applies a function to every binding of a slot. */
export function mapSlot(slot: Slot, change: (bound: Bound) => Bound): Slot {
  if (slot.kind === "bound") return change(slot);
  return {
    kind: "split",
    test: slot.test,
    yes: slot.yes === undefined ? undefined : mapSlot(slot.yes, change),
    no: slot.no === undefined ? undefined : mapSlot(slot.no, change),
  };
}
