import { noteRead, noteUnrepeatable, noteWrite, WHOLE, type Area } from "../values/recording";
import type { FilePath } from "../../base/path";
import { joinModule, joinObjects, joinPartial, joinScopes, joinVariables } from "./joins";
import { ForkedMap } from "../values/forkedMap";
import { spend } from "../values/fuel";
import { IdMap } from "../values/idMap";
import { type Guard, type Step, type Test, type UnknownValue, type Value } from "../values/value";
import type { Slot } from "./slots";
import { bind, restrictSlot, mapSlot } from "./slots";

export type Scope = Map<string, Slot>;

/** In which scope a module was executed; `undefined`: it was not. It depends on a test where only some worlds import it. */
export type Executed = number | undefined | PartialModule;
export interface PartialModule {
  readonly test: Test;
  readonly yes: Executed;
  readonly no: Executed;
}

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
 * The running program at one point, in the worlds that the assumptions allow. Cheap to fork: what was written before is
 * shared.
 */
export class State {
  private scopes: IdMap<Scope>;
  private heap: IdMap<HeapObject>;
  /** Scopes that belong to this state alone and may be changed in place. */
  private owned: Set<Scope> | undefined;
  /** Environment variables that the program itself has set; a missing entry is the real environment's. */
  environ: ForkedMap<string, Value>;
  /** Workspace modules already executed: file to scope. */
  modules: ForkedMap<FilePath, number>;
  /** Modules executed in some worlds only. */
  partial: ForkedMap<FilePath, PartialModule>;
  assumptions: Map<number, { readonly test: Test; readonly holds: boolean }>;

  constructor(from?: State) {
    this.scopes = new IdMap(from?.scopes);
    this.heap = new IdMap(from?.heap);
    this.environ = new ForkedMap("environ", from?.environ);
    this.modules = new ForkedMap("modules", from?.modules);
    this.partial = new ForkedMap("partial", from?.partial);
    this.assumptions = new Map(from?.assumptions);
  }

  /** A copy that shares nothing observable with this state. */
  fork(): State {
    spend(COST_OF_FORK + this.assumptions.size);
    this.owned = undefined;
    return new State(this);
  }

  /** The same worlds, narrowed to those in which a test turns out as given. */
  assume(test: Test, holds: boolean): State {
    return this.assumeAll([{ test, holds }]);
  }

  /** The same worlds, narrowed to those in which some tests turn out as given. */
  assumeAll(decisions: Guard): State {
    const narrowed = this.fork();
    for (const decision of decisions) narrowed.assumptions.set(decision.test.id, decision);
    return narrowed;
  }

  /** Takes over another state's contents, which must not be used afterwards: a fork was executed in this state's stead. */
  become(other: State): void {
    this.scopes = other.scopes;
    this.heap = other.heap;
    this.owned = other.owned;
    this.environ = other.environ;
    this.modules = other.modules;
    this.partial = other.partial;
    this.assumptions = other.assumptions;
  }

  /** Empties the state for another run of the program. Forks stay as they are. */
  begin(): void {
    this.become(new State());
  }

  addScope(id: number): void {
    const scope: Scope = new Map();
    this.scopes.set(id, scope);
    this.own(scope);
  }

  scope(id: number): ReadonlyMap<string, Slot> {
    noteUnrepeatable();
    return this.scopes.get(id) ?? EMPTY;
  }

  slot(scope: number, name: string): Slot | undefined {
    const slot = this.scopes.get(scope)?.get(name);
    noteRead(scope, name, slot);
    return slot === undefined ? undefined : restrictSlot(slot, this.assumptions);
  }

  setSlot(scope: number, name: string, slot: Slot | undefined): void {
    const names = this.writable(scope);
    const before = names.get(name);
    noteWrite(scope, name, before);
    // Names have an order, which a name that comes back would not get again.
    if (slot === undefined && before !== undefined) noteUnrepeatable();
    if (slot === undefined) names.delete(name);
    else names.set(name, slot);
  }

  object(id: number): HeapObject | undefined {
    const object = this.heap.get(id);
    noteRead("heap", id, object);
    return object;
  }

  setObject(id: number, object: HeapObject): void {
    noteWrite("heap", id, this.heap.get(id));
    this.heap.set(id, object);
  }

  /** Changes the values that names and objects hold. */
  mapValues(change: (value: Value) => Value): void {
    noteUnrepeatable();
    for (const id of this.scopes.keys()) {
      for (const [name, slot] of this.scope(id)) {
        const changed = mapSlot(slot, (bound) => {
          const value = change(bound.value);
          return value === bound.value ? bound : { ...bound, value };
        });
        if (changed !== slot) this.setSlot(id, name, changed);
      }
    }
    for (const id of this.heap.keys()) {
      const object = this.object(id);
      if (object === undefined) continue;
      const contents = change(object.contents);
      if (contents !== object.contents) this.setObject(id, { ...object, contents });
    }
  }

  /** Every object may have been changed. */
  invalidateObjects(because: UnknownValue): void {
    noteUnrepeatable();
    for (const id of this.heap.keys()) {
      const object = this.object(id);
      if (object !== undefined) this.setObject(id, { ...object, contents: because });
    }
    invalidateEnvironment(this, because);
  }

  /** Overwrites with something unknown what a later state has written since an earlier one. */
  overwriteChanges(earlier: State, later: State, fresh: () => UnknownValue): void {
    for (const id of IdMap.changedKeys(earlier.scopes, later.scopes)) {
      const [old, now] = [earlier.scope(id), later.scope(id)];
      if (this.scopes.get(id) === undefined) this.addScope(id);
      spend(old.size + now.size);
      for (const name of new Set([...old.keys(), ...now.keys()]))
        if (old.get(name) !== now.get(name))
          this.setSlot(id, name, name.startsWith("*") ? now.get(name) : bind(fresh()));
    }
    for (const id of IdMap.changedKeys(earlier.heap, later.heap)) {
      const object = later.object(id);
      if (object !== undefined && object !== earlier.object(id)) this.setObject(id, { ...object, contents: fresh() });
    }
    for (const name of later.environ.keys())
      if (later.environ.get(name) !== earlier.environ.get(name)) this.environ.set(name, fresh());
    for (const [file, scope] of later.modules) if (!this.modules.has(file)) this.modules.set(file, scope);
  }

  private writable(id: number): Scope {
    const scope = this.scopes.get(id);
    if (scope !== undefined && this.owned?.has(scope) === true) return scope;
    spend(2 + (scope?.size ?? 0) / 2);
    const copy: Scope = new Map(scope);
    this.scopes.set(id, copy);
    this.own(copy);
    return copy;
  }

  private own(scope: Scope): void {
    this.owned ??= new Set();
    this.owned.add(scope);
  }

  /** What a cell holds: see `values/recording.ts`. Of a whole area, how much there is in it. Is not noted. */
  cell(area: Area, key: unknown): unknown {
    if (typeof area === "number") return this.scopes.get(area)?.get(key as string);
    switch (area) {
      case "heap":
        return this.heap.get(key as number);
      case "environ":
      case "modules":
      case "partial":
        return key === WHOLE ? this[area].size : this[area].peek(key as string);
      default:
        return undefined;
    }
  }

  setCell(area: Area, key: unknown, value: unknown): void {
    if (typeof area === "number") {
      const names = this.writable(area);
      if (value === undefined) names.delete(key as string);
      else names.set(key as string, value as Slot);
      return;
    }
    switch (area) {
      case "heap":
        this.heap.set(key as number, value as HeapObject);
        return;
      case "environ":
      case "modules":
      case "partial":
        if (value === undefined) this[area].delete(key as string);
        else (this[area] as ForkedMap<string, unknown>).set(key as string, value);
        return;
      default:
    }
  }

  /** The state after an undecided test: what differs between both arms depends on the test. */
  static join(test: Test, yes: State, no: State): State {
    const joined = no.fork();
    joinEntries(joined.scopes, yes.scopes, no.scopes, (a, b) => joinScopes(test, a, b));
    joinEntries(joined.heap, yes.heap, no.heap, (a, b) => joinObjects(test, a, b));
    joined.environ = joinEnvirons(test, yes, no);
    joined.modules = joinModules(joined, test, yes, no);
    joined.partial = joinPartial(test, yes, no);
    for (const [id, { holds }] of no.assumptions)
      if (yes.assumptions.get(id)?.holds !== holds) joined.assumptions.delete(id);
    return joined;
  }
}

/** Adds to what is as in `no` what differs in `yes`; what only one of them has comes over as it is. */
function joinEntries<V>(joined: IdMap<V>, yes: IdMap<V>, no: IdMap<V>, join: (yes: V, no: V) => V): void {
  for (const key of IdMap.changedKeys(yes, no)) {
    const [a, b] = [yes.get(key), no.get(key)];
    if (a !== undefined) joined.set(key, b === undefined ? a : join(a, b));
  }
}

function joinEnvirons(test: Test, yes: State, no: State): ForkedMap<string, Value> {
  const joined = yes.environ.fork();
  if (yes.environ.isSame(no.environ)) return joined;
  for (const name of new Set([...yes.environ.keys(), ...no.environ.keys()]))
    joined.set(name, joinVariables(test, environVariable(yes, name), environVariable(no, name)));
  return joined;
}

function joinModules(joined: State, test: Test, yes: State, no: State): ForkedMap<FilePath, number> {
  if (yes.modules.isSame(no.modules)) return yes.modules.fork();
  const modules = new ForkedMap<FilePath, number>("modules");
  for (const [file, scope] of yes.modules) {
    const other = no.modules.get(file);
    if (other !== undefined) modules.set(file, joinModule(joined, test, [yes, scope], [no, other]));
  }
  return modules;
}

/** A fork makes some ten small objects. */
const COST_OF_FORK = 12;
const EMPTY: ReadonlyMap<string, Slot> = new Map();
/** Stands for "whatever the real environment holds" in a joined `environ`. */
export const REAL: Value = { kind: "unset" };
/** In `environ`: what the program may have done to any variable. */
const ANY_VARIABLE = "";

/** What the program itself has made of an environment variable; {@link REAL} where it has not touched it. */
export function environVariable(state: State, name: string): Value {
  return state.environ.get(name) ?? state.environ.get(ANY_VARIABLE) ?? REAL;
}

/** The program has done something to variables that are not known. */
export function invalidateEnvironment(state: State, because: Value): void {
  for (const name of [...state.environ.keys(), ANY_VARIABLE]) state.environ.set(name, because);
}
