import type { Expr } from "../../syntax/ast";
import { findSlot } from "../program/scopes";
import { slotValue } from "../program/slots";
import type { Frame } from "../program/machine";
import type { State } from "../program/state";
import { holdsLeaf } from "../values/leaves";
import type { ReferenceValue, Value } from "../values/value";
import { namesIn } from "./codeKey";

/** What takes all items before anything else happens. */
const EAGER = /^(?:list|tuple|set|frozenset|dict|sorted)$/;

/**
 * Whether an argument that is iterated lazily may read the very object that receives its items:
 * `APPS.extend(app for app in MORE if app not in APPS)`. Each item is added before the next one is computed, so that the
 * expression sees the object grow, which is not followed. Errs towards yes: a name that is only mentioned counts.
 */
export function seesGrowth(state: State, frame: Frame, argument: Expr, object: ReferenceValue): boolean {
  if (argument.kind === "Call" && argument.func.kind === "Name" && EAGER.test(argument.func.id)) return false;
  const isLazy = argument.kind === "GeneratorExp" || argument.kind === "Call" || argument.kind === "Lambda";
  return isLazy && mentions(state, frame, argument, object, true);
}

function mentions(state: State, frame: Frame, code: unknown, object: ReferenceValue, intoFunctions: boolean): boolean {
  const isObject = holdsLeaf((leaf) => leaf.kind === "reference" && leaf.id === object.id);
  return [...namesIn(code)].some((name) => {
    const slot = findSlot(state, frame, name);
    const value: Value | undefined = slot === undefined ? undefined : slotValue(slot);
    if (value === undefined) return false;
    if (value.kind !== "function") return isObject(value);
    const inside: Frame = { ...frame, scopes: value.scopes, redirected: new Map() };
    return intoFunctions && mentions(state, inside, value.definition, object, false);
  });
}
