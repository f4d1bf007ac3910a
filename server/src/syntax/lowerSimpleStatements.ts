import type { Expr, Stmt } from "./ast";
import { lowerAnnotation } from "./lowerAnnotations";
import { lowerTuple } from "./lowerDisplays";
import { Unreadable } from "./lowering";
import type { Lowering } from "./lowering";
import { isBinaryOperator } from "./lowerOperators";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

export function lowerExpressionStatement(lowering: Lowering, node: TreeNode): Stmt {
  const [first] = parts(node);
  if (!first) throw unreadable(lowering, node, "this statement cannot be read");
  if (first.type === "assignment") return lowerAssignment(lowering, first);
  if (first.type === "augmented_assignment") return lowerAugmented(lowering, first);
  return { kind: "Expr", value: lowerTuple(lowering, node, false), ...lowering.range(node) };
}

/** `A = B = value` is an assignment whose right side is one; the targets are collected in a loop, not by recursion. */
function lowerAssignment(lowering: Lowering, node: TreeNode): Stmt {
  const targets: Expr[] = [];
  let current = node;
  for (;;) {
    const [left, ...rest] = parts(current);
    const value = rest[rest.length - 1];
    if (!left || !value || value.type === "augmented_assignment") {
      throw unreadable(lowering, current, "this assignment cannot be read");
    }
    if (rest[0]?.type === "type") {
      if (current !== node || value.type === "assignment") {
        throw unreadable(lowering, current, "an annotated assignment has one target");
      }
      return lowerAnnotated(lowering, node, left, rest);
    }
    targets.push(lowering.expression(left));
    if (value.type !== "assignment") {
      return { kind: "Assign", targets, value: lowering.expression(value), ...lowering.range(node) };
    }
    current = value;
  }
}

function lowerAnnotated(lowering: Lowering, node: TreeNode, left: TreeNode, rest: readonly TreeNode[]): Stmt {
  const [annotation, value] = rest;
  if (!annotation) throw unreadable(lowering, node, "this assignment cannot be read");
  return {
    kind: "AnnAssign",
    target: lowering.expression(left),
    annotation: lowerAnnotation(lowering, annotation),
    value: value && lowering.expression(value),
    ...lowering.range(node),
  };
}

function lowerAugmented(lowering: Lowering, node: TreeNode): Stmt {
  const [left, right] = parts(node);
  const op = left && right ? lowering.tokens(lowering.end(left), lowering.start(right)).slice(0, -1) : "";
  const isChained = right?.type === "assignment" || right?.type === "augmented_assignment";
  if (!left || !right || isChained || !isBinaryOperator(op)) {
    throw unreadable(lowering, node, "this assignment cannot be read");
  }
  const target = lowering.expression(left);
  return { kind: "AugAssign", target, op, value: lowering.expression(right), ...lowering.range(node) };
}

export function lowerReturn(lowering: Lowering, node: TreeNode): Stmt {
  const [value] = parts(node);
  return { kind: "Return", value: value && lowering.expression(value), ...lowering.range(node) };
}

export function lowerRaise(lowering: Lowering, node: TreeNode): Stmt {
  const [exc, cause] = parts(node);
  if (exc && lowering.tokens(lowering.start(node), lowering.start(exc)) !== "raise") {
    throw unreadable(lowering, node, "raise needs an exception before from");
  }
  if (exc?.type === "expression_list") {
    throw unreadable(lowering, node, "raise takes one exception in Python 3");
  }
  return {
    kind: "Raise",
    exc: exc && lowering.expression(exc),
    cause: cause && lowering.expression(cause),
    ...lowering.range(node),
  };
}

export function lowerAssert(lowering: Lowering, node: TreeNode): Stmt {
  const [test, msg, third] = parts(node);
  if (!test || third) throw unreadable(lowering, node, "assert takes a condition and a message");
  return {
    kind: "Assert",
    test: lowering.expression(test),
    msg: msg && lowering.expression(msg),
    ...lowering.range(node),
  };
}

export function lowerDelete(lowering: Lowering, node: TreeNode): Stmt {
  const [first] = parts(node);
  if (!first) throw unreadable(lowering, node, "del needs something to delete");
  const nodes = first.type === "expression_list" ? parts(first) : [first];
  return { kind: "Delete", targets: nodes.map((child) => lowering.expression(child)), ...lowering.range(node) };
}

export function lowerScoping(lowering: Lowering, node: TreeNode): Stmt {
  const kind = node.type === "global_statement" ? "Global" : "Nonlocal";
  return { kind, names: parts(node).map((name) => lowering.identifier(name)), ...lowering.range(node) };
}

export function lowerTypeAlias(lowering: Lowering, node: TreeNode): Stmt {
  const name = /^\w+/.exec(lowering.text.slice(lowering.start(node) + "type".length, lowering.end(node)).trimStart());
  if (!name) throw unreadable(lowering, node, "a type alias needs a name");
  return { kind: "TypeAlias", name: name[0], ...lowering.range(node) };
}

function unreadable(lowering: Lowering, node: TreeNode, message: string): Unreadable {
  return new Unreadable(lowering.range(node), message);
}
