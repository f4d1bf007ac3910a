import type { Expr, Stmt } from "../../syntax/ast";
import { placeOf } from "../../syntax/places";
import { dottedName } from "../../syntax/dottedName";
import { MAX_VALUE_SIZE } from "../values/budget";
import { spend } from "../values/fuel";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { isSequence } from "./structures";
import { amongst } from "../program/sharing";
import { isSymbolicList } from "../values/symbolic";
import { freshId, unknown, type Step, type Value } from "../values/value";

export function assignmentStep(m: Machine, frame: Frame, statement: Stmt, target: Expr): Step {
  return {
    kind: "assignment",
    site: m.site(frame, statement),
    target: placeOf(target),
    module: frame.module,
  };
}

/** How the name at the root of a target reads: `TEMPLATES` for `TEMPLATES[0]["OPTIONS"]`. */
export function rootName(target: Expr): string {
  let current = target;
  while (
    current.kind === "Subscript" ||
    (current.kind === "Attribute" && current.value.kind !== "Name") ||
    current.kind === "Call"
  ) {
    current = current.kind === "Call" ? current.func : current.value;
  }
  if (current.kind === "Attribute") return current.attr;
  return dottedName(current) ?? "";
}

/** Whether all parts of a container are known one by one. */
export function isClosed(contents: Value): boolean {
  if (contents.kind === "choice") return isClosed(contents.yes) && isClosed(contents.no);
  if (contents.kind === "dict") return contents.entries.every((entry) => entry.key !== undefined);
  return isSequence(contents) && contents.items.every((item) => !item.spread);
}

/** Changes an object in place, in every alternative of its contents, and records the step. `stored`: what is put into it. */
export function mutate(
  m: Machine,
  state: State,
  frame: Frame,
  reference: Extract<Value, { kind: "reference" }>,
  target: Expr,
  how: Parameters<typeof recordMutation>[5],
  statement: Stmt | undefined,
  change: (contents: Value, state: State) => Value,
  stored: readonly Value[] = [],
): void {
  const contents = m.contents(state, reference);
  const changed = m.perAlternative(state, contents, (inner, leaf) => {
    const list = isSymbolicList(leaf) && how !== "setitem" ? openList(leaf) : leaf;
    const result = list.kind === "unknown" ? { ...list, id: freshId() } : withinSize(change(list, inner));
    return result.kind === "unknown" ? amongst(result, [list, ...stored]) : result;
  });
  m.updateObject(state, reference.id, (object) => ({ ...object, contents: changed }));
  recordMutation(m, state, frame, reference.id, target, how, statement);
}

function withinSize(contents: Value): Value {
  if (!("items" in contents)) return contents;
  spend(contents.items.length / 4);
  return contents.items.length > MAX_VALUE_SIZE ? unknown("budget", "a very long list") : contents;
}

/** A list whose items the environment decides, as one spread item. */
export function openList(value: Value): Value {
  return { kind: "list", items: [{ value, spread: true, site: undefined }] };
}

export function recordMutation(
  m: Machine,
  state: State,
  frame: Frame,
  id: number,
  target: Expr,
  how: (typeof m.mutations)[number]["how"],
  statement: Stmt | undefined,
): void {
  if (statement === undefined) return;
  const step: Step = { ...assignmentStep(m, frame, statement, target), kind: "mutation" };
  const object = state.object(id);
  if (object === undefined) return;
  spend(object.steps.length / 4);
  state.setObject(id, { ...object, steps: [...object.steps, step] });
  m.mutations.push({
    name: rootName(target),
    how,
    step,
    createdIn: object.createdIn,
    atModuleLevel: frame.kind === "module",
  });
}
