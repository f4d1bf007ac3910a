import { holdsLeaf, inLeaves, partsOf } from "../values/leaves";
import { spend } from "../values/fuel";
import { keyOf, newTest } from "../values/symbolic";
import { freshId, type Site, type UnknownValue, type Value } from "../values/value";
import { isUnchanging } from "../semantics/types";
import type { Model } from "./call";
import type { Machine } from "./machine";
import { expose } from "./openNames";
import { amongst } from "./sharing";
import { slotValue, bind } from "./slots";
import { State } from "./state";

/** Invalidating an object takes about as long as some statements. */
const COST_OF_OBJECT = 30;

/**
 * Code that is not followed may have changed some values in place: the contents of objects, of all that they hold, and of what
 * unknown values among them may be, become unknown. What it may have put into them are those that `because` may be. `attribute`: one that was assigned, also of classes.
 */
export function invalidate(
  m: Machine,
  state: State,
  values: readonly Value[],
  because: UnknownValue,
  attribute?: string,
): void {
  const seen = new Set<Value | number>();
  /** Values of the environment that are no objects here, by their keys. */
  const replaced = new Set<string>();
  const isNew = (part: Value | number): boolean => !seen.has(part) && seen.add(part).has(part);
  // Each is unknown for itself: nothing follows from one for another.
  const fresh = (...before: readonly Value[]): UnknownValue => amongst({ ...because, id: freshId() }, before);
  const visitObject = (id: number): void => {
    const object = state.object(id);
    if (object === undefined || !isNew(id)) return;
    spend(COST_OF_OBJECT);
    visit(object.contents);
    state.setObject(id, { ...object, contents: fresh(object.contents) });
  };
  const visitModel = ({ reaches, scope, isNamespace }: Model): void => {
    for (const part of reaches ?? []) visit(part);
    if (scope === undefined || !isNew(scope)) return;
    if (isNamespace === true) return exposeScope(m, state, scope, because.because.site);
    for (const name of [...state.scope(scope).keys()]) {
      const value = slotValue(state.slot(scope, name));
      visit(value);
      state.setSlot(scope, name, bind(fresh(value)));
    }
  };
  const visit = (inner: Value): void => {
    if (inner.kind === "reference") visitObject(inner.id);
    else if (inner.kind === "model") visitModel(inner.model);
    else if (!isNew(inner)) return;
    else if (isChanging(inner)) replaced.add(keyOf(inner));
    else if (inner.kind === "class") {
      if (attribute !== undefined) state.setSlot(inner.scope, attribute, bind(fresh()));
    } else if (inner.kind === "unknown" || inner.kind === "opaque") {
      // What was found out about it holds no longer.
      m.noteChangedUnknown();
      for (const part of inner.mayBe ?? []) visit(part);
    } else for (const part of partsOf(inner) ?? []) visit(part);
  };
  for (const value of values) visit(value);
  if (replaced.size > 0) replaceValues(state, replaced, because);
}

/** Something in place was done to a value that is no object of its own here: every name and object that may be it is unknown. */
export function invalidateValue(state: State, value: Value, because: UnknownValue): void {
  replaceValues(state, new Set([keyOf(value)]), because);
}

/** Puts a value in place of some from the environment, given by their keys. */
export function replaceValues(state: State, keys: ReadonlySet<string>, by: Value): void {
  const change = inLeaves((leaf) => (isChanging(leaf) && keys.has(keyOf(leaf)) ? by : leaf));
  state.mapValues((value) => (holdsChanging(value) ? change(value) : value));
}

/** A value of the environment that may be changed in place. */
function isChanging(leaf: Value): boolean {
  return (leaf.kind === "environment" || leaf.kind === "derived") && !isUnchanging(leaf);
}

const holdsChanging = holdsLeaf(isChanging);

/** Any name of a scope may have been bound anew: what is there stays, as one of its possible values. */
export function exposeScope(m: Machine, state: State, scope: number, site: Site | undefined): void {
  if (site === undefined) return;
  expose(state, scope, { kind: "import", site, target: site.range, module: m.host.moduleName(site.file) });
}

/**
 * The state in which code was left that had begun in one state, and some of whose later states are given: as it was before,
 * or with everything unknown that was written since.
 */
export function partlyDone(before: State, later: readonly State[], because: UnknownValue): State {
  const done = before.fork();
  const fresh = (): UnknownValue => ({ ...because, id: freshId() });
  for (const state of later) done.overwriteChanges(before, state, fresh);
  const test = newTest(because, because.because.site, "the code has begun");
  return State.join(test, done, before);
}
