import { bind } from "../program/slots";
import { handOut } from "../program/openNames";
import type { Model } from "../program/call";
import { instanceBehind } from "./instances";
import { holdsLeaf, inLeaves, partsOf } from "../values/leaves";
import { scopeBehind } from "./namespaces";
import { spend } from "../values/fuel";
import type { Machine } from "../program/machine";
import { slotValue } from "../program/machine";
import type { State } from "../program/state";
import { isUnchanging } from "../semantics/types";
import {
  freshId,
  unknown,
  type ModelValue,
  type ReferenceValue,
  type Site,
  type UnknownValue,
  type Value,
} from "../values/value";
import { keyOf } from "../values/symbolic";

/**
 * The contents of objects, and of all that they hold, become unknown; where something unknown is among them, also those
 * of the objects that it may be.
 */
export function forgetContents(m: Machine, state: State, values: readonly Value[], because: UnknownValue): void {
  if (forgetThese(m, state, values, because).meetsUnknown) forgetEscaped(m, state, because.because.site);
}

interface Forgotten {
  /** Whether something unknown is among them. */
  readonly meetsUnknown: boolean;
  /** How many objects have become unknown that were not before. */
  readonly objects: number;
}

function forgetThese(m: Machine, state: State, values: readonly Value[], because: UnknownValue): Forgotten {
  let meetsUnknown = false;
  let objects = 0;
  const seen = new Set<Value | number>();
  /** Values that are no objects here, by their keys. */
  const replaced = new Set<string>();
  // Each is unknown for itself: nothing follows from one for another.
  const fresh = (): UnknownValue => ({ ...because, id: freshId() });
  const isNew = (part: Value | number): boolean => !seen.has(part) && seen.add(part).has(part);
  const visitReference = ({ id }: ReferenceValue): void => {
    const object = state.object(id);
    if (object === undefined || !isNew(id)) return;
    visit(object.contents);
    // What is unknown already stays: by `unknownSince`, nothing follows from what it was before.
    if (object.contents.kind === "unknown") return;
    objects += 1;
    state.setObject(id, { ...object, contents: fresh() });
  };
  const visitModel = (inner: ModelValue): void => {
    for (const part of (inner.model as Model).reaches ?? []) visit(part);
    const names = scopeBehind(inner);
    if (names !== undefined) handOutScope(m, state, names, because.because.site);
    const instance = instanceBehind(inner);
    if (instance === undefined || !isNew(instance.scope)) return;
    for (const name of [...state.scope(instance.scope).keys()]) {
      const value = slotValue(state.slot(instance.scope, name));
      visit(value);
      if (value.kind === "unknown") continue;
      state.setSlot(instance.scope, name, bind(fresh()));
    }
  };
  const visit = (inner: Value): void => {
    if (inner.kind === "reference") visitReference(inner);
    else if (inner.kind === "model") visitModel(inner);
    else if (!isNew(inner)) return;
    else if (inner.kind === "unknown") meetsUnknown = true;
    else if (isChanging(inner)) replaced.add(keyOf(inner));
    else for (const part of partsOf(inner) ?? []) visit(part);
  };
  for (const value of values) {
    state.escape(value);
    visit(value);
  }
  if (replaced.size > 0) replaceValues(state, replaced, because);
  return { meetsUnknown, objects };
}

/** Puts a value in place of some from the environment, given by their keys. */
export function replaceValues(state: State, keys: ReadonlySet<string>, by: Value): void {
  state.replaceEverywhere(holdsChanging, (leaf) => (isChanging(leaf) && keys.has(keyOf(leaf)) ? by : leaf));
}

/** A value of the environment that may be changed in place. */
function isChanging(leaf: Value): boolean {
  return (leaf.kind === "environment" || leaf.kind === "derived") && !isUnchanging(leaf);
}

const holdsChanging = holdsLeaf(isChanging);

/** Any name of a scope may have been bound anew: what is there stays, as one of its possible values. */
export function handOutScope(m: Machine, state: State, scope: number, site: Site | undefined): void {
  if (site === undefined) return;
  handOut(state, scope, {
    kind: "import",
    site,
    target: site.range,
    module: m.host.moduleName(site.file),
    isHook: true,
  });
}

/** Giving up an object takes about as long as some statements. */
export const COST_OF_ESCAPED = 30;

/** Something in place may have been done to an unknown value: to any object that it may be. */
export function forgetEscaped(m: Machine, state: State, site: Site | undefined): void {
  for (const value of m.dropped.splice(0)) state.escape(value);
  const because = unknown("unsupported", "an object that something unknown may be", site);
  const { objects } = forgetThese(m, state, state.escapedObjects(), because);
  spend(objects * COST_OF_ESCAPED);
  state.unknownSince = freshId();
}

/**
 * Something in place is about to be done to a value. Where several of its alternatives are unknown, what they may be is
 * given up at once for all worlds, instead of in each of theirs; says whether it was.
 */
export function forgetSeveral(m: Machine, state: State, value: Value, site: Site): boolean {
  let unknowns = 0;
  const count = inLeaves((leaf) => {
    if (leaf.kind === "unknown") unknowns += 1;
    return leaf;
  });
  if (value.kind === "choice") count(m.restrict(value, state.assumptions));
  if (unknowns > 1) forgetEscaped(m, state, site);
  return unknowns > 1;
}

/** Something in place was done to a value that is no object of its own here: every name and object that may be it is given up. */
export function forgetValue(state: State, value: Value, text: string, site: Site): void {
  replaceValues(state, new Set([keyOf(value)]), unknown("unsupported", text, site));
}
