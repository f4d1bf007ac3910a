import type { Frame } from "./machine";
import type { Slot } from "./slots";
import type { State } from "./state";

/** The slot that a name refers to at a place: its own scopes from the innermost outwards. */
export function findSlot(state: State, frame: Frame, id: string): Slot | undefined {
  const redirected = frame.redirected.get(id);
  if (redirected !== undefined) return state.slot(redirected, id);
  for (const scope of frame.scopes) {
    const slot = state.slot(scope, id);
    if (slot !== undefined) return slot;
  }
  return undefined;
}

/** The scopes that code inside a function defined here sees: a class's own names are not among them. */
export function functionScopes(frame: Frame): readonly number[] {
  return frame.kind === "class" ? frame.scopes.slice(1) : frame.scopes;
}
