import type { AugAssign } from "../../syntax/ast";
import { assignTarget } from "./assign";
import { seesGrowth } from "./growing";
import { mutate } from "./mutation";
import { operate, readName } from "./expressions";
import { findSlot } from "../program/scopes";
import { drained } from "./iterators";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { isSequence, iterationItems } from "./structures";
import { isNumber, isText } from "../semantics/types";
import { invalidate, invalidateValue } from "../program/invalidate";
import { amongst } from "../program/sharing";
import { unknown, type Site, type Value } from "../values/value";

/** `target op= value`: what is mutable changes in place, everything else is bound anew. */
export function augmentedAssignment(m: Machine, state: State, frame: Frame, node: AugAssign): void {
  const before =
    node.target.kind === "Name"
      ? readName(m, state, frame, node.target.id, node.target)
      : m.evaluate(state, frame, node.target);
  const operand = drained(state, m.evaluate(state, frame, node.value));
  const site = m.site(frame, node);
  let rebinds = false;
  const result = m.perAlternative(state, before, (inner, leaf) => {
    if (changesInPlace(m, inner, leaf, node.op) && leaf.kind === "reference") {
      const added = seesGrowth(inner, frame, node.value, leaf)
        ? amongst(unknown("unsupported", "items that depend on those before them", site), [operand])
        : operand;
      mutate(
        m,
        inner,
        frame,
        leaf,
        node.target,
        "augmented",
        node,
        (contents, at) => extended(m, at, contents, added, node.op, site),
        [operand],
      );
      return leaf;
    }
    rebinds = true;
    const because = amongst(unknown("unsupported", "an object that was added to", site), [operand]);
    if (leaf.kind === "unknown") invalidate(m, inner, [leaf], because);
    if (mayBeMutable(leaf)) invalidateValue(inner, leaf, because);
    return operate(m, inner, node.op, leaf, operand, site);
  });
  const isLocal =
    node.target.kind === "Name" &&
    findSlot(state, { ...frame, scopes: frame.scopes.slice(0, 1) }, node.target.id) !== undefined;
  if (!rebinds && isLocal) return;
  assignTarget(m, state, frame, node.target, result, node);
}

/** A value of which it is not certain that it is a text or a number: other names for it may see the change. */
function mayBeMutable(value: Value): boolean {
  return (value.kind === "derived" || value.kind === "environment") && !isText(value) && !isNumber(value);
}

/** Lists, dicts and sets change in place; what stands on the heap and is not known yet is one of them. */
function changesInPlace(m: Machine, state: State, value: Value, op: AugAssign["op"]): boolean {
  return value.kind === "reference" && takesInPlace(m.contents(state, value), op);
}

function takesInPlace(contents: Value, op: AugAssign["op"]): boolean {
  switch (contents.kind) {
    case "choice":
      return takesInPlace(contents.yes, op) || takesInPlace(contents.no, op);
    case "list":
      return op === "+" || op === "*";
    case "dict":
      return op === "|";
    case "set":
      return op === "|" || op === "-" || op === "&" || op === "^";
    default:
      return true;
  }
}

/** The contents of a list, dict or set after an augmented assignment. */
function extended(m: Machine, state: State, contents: Value, operand: Value, op: AugAssign["op"], site: Site): Value {
  if (contents.kind === "list" && op === "+") {
    const given = m.restrict(operand, state.assumptions);
    const added =
      given.kind === "choice"
        ? [{ value: m.freeze(state, given), spread: true, site }]
        : iterationItems(m, state, given);
    return { kind: "list", items: [...contents.items, ...added] };
  }
  const result = operate(m, state, op, contents, operand, site);
  const inner = m.contents(state, result);
  return inner.kind === "dict" || isSequence(inner) ? inner : unknown("unsupported", "an augmented assignment", site);
}
