import { spend } from "../values/fuel";
import type { State } from "./state";
import { slotValue, mapSlot, type Bound } from "./slots";
import { freshId, unknown, type Step, type Value } from "../values/value";

/** Marks a scope in which names may be bound that are not known: after a star import of something outside the workspace. */
export const OPEN_NAMESPACE = "*";
/** Marks a scope in which a module that is not in the workspace may bind or replace names, where it exists. */
export const OVERRIDABLE_NAMESPACE = "*overridable";

/** Marks that a module which is not in the workspace would bind one name, where it exists. */
export function overridableName(name: string): string {
  return `${OVERRIDABLE_NAMESPACE} ${name}`;
}

/** Whether this is the mark of a name, and not a name. */
export function isOverridableName(name: string): boolean {
  return name.startsWith(`${OVERRIDABLE_NAMESPACE} `);
}

/** In a scope into which files are included: the module whose `__file__` they all see. */
export const INCLUDING_FILE = "*file";

/**
 * Something outside the workspace may replace every name bound so far in a scope. With `by` that is likely (a module
 * that is imported but not here): the values become unknown. Without it the values stay, marked as overridable.
 */
export function overrideNames(state: State, scope: number, step: Step, by: string | undefined): void {
  const mark = by === undefined ? OVERRIDABLE_NAMESPACE : OPEN_NAMESPACE;
  const value = unknown("import", by ?? "a module that is not here", step.site);
  state.setSlot(scope, mark, { kind: "bound", value, steps: [step], binding: freshId(), overridable: step });
  for (const name of [...state.scope(scope).keys()]) {
    spend(4);
    const slot = state.slot(scope, name);
    if (slot === undefined || name.startsWith("*")) continue;
    const change = (bound: Bound): Bound => {
      if (by === undefined) return { ...bound, overridable: step };
      // Whoever replaces an imported module replaces it by itself.
      if (bound.value.kind === "external" || bound.value.kind === "module") return bound;
      const value = unknown("import", `${name}, which ${by} may replace`, step.site);
      return { ...bound, value, steps: [...bound.steps, step] };
    };
    state.setSlot(scope, name, mapSlot(slot, change));
  }
}

/**
 * Code outside the workspace gets hold of the names of a scope: the values stay, marked as overridable, and any other
 * name may be bound now. Of what a hook binds nothing is said at the end; a star import `surely` brings names.
 */
export function expose(state: State, scope: number, step: Step, brings: "perhaps" | "surely" = "perhaps"): void {
  overrideNames(state, scope, step, undefined);
  const present = slotValue(state.slot(scope, OPEN_NAMESPACE)).kind;
  if (present !== "unset" && present !== "none" && present !== "external") return;
  const name = "what code outside the workspace binds";
  const value: Value =
    brings === "surely" ? unknown("import", name, step.site) : { kind: "external", name, site: step.site };
  state.setSlot(scope, OPEN_NAMESPACE, {
    kind: "bound",
    value,
    steps: [step],
    binding: freshId(),
    overridable: step,
  });
}
