import type { Expr } from "./ast";
import type { Lowering } from "./lowering";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

/** An annotation. The grammar has node types of its own for `A[B]` and `A | B` there; they become ordinary expressions. */
export function lowerAnnotation(lowering: Lowering, node: TreeNode): Expr {
  const inner = node.type === "type" ? parts(node)[0] : node;
  const range = lowering.range(node);
  if (!inner) return { kind: "BadExpr", ...range };
  const [first, second] = parts(inner);
  if (inner.type === "generic_type" && first && second) {
    return { kind: "Subscript", value: lowering.expression(first), slice: typeArguments(lowering, second), ...range };
  }
  if (inner.type === "union_type" && first && second) {
    const left = nestedAnnotation(lowering, first);
    return { kind: "BinOp", left, op: "|", right: nestedAnnotation(lowering, second), ...range };
  }
  if (inner.type === "member_type" && first && second) {
    const value = nestedAnnotation(lowering, first);
    return { kind: "Attribute", value, attr: lowering.identifier(second), attrRange: lowering.range(second), ...range };
  }
  if (inner.type === "splat_type" && first) {
    return { kind: "Starred", value: lowering.expression(first), ...range };
  }
  if (inner.type === "constrained_type") return { kind: "BadExpr", ...range };
  return lowering.expression(inner);
}

/** Goes through the depth guard: types nest as expressions do. */
function nestedAnnotation(lowering: Lowering, node: TreeNode): Expr {
  return lowering.expression(node);
}

function typeArguments(lowering: Lowering, node: TreeNode): Expr {
  const elts = parts(node).map((child) => nestedAnnotation(lowering, child));
  const [only] = elts;
  const last = elts[elts.length - 1];
  if (!only || !last) return { kind: "BadExpr", ...lowering.range(node) };
  if (elts.length === 1 && !lowering.tokens(last.end, lowering.end(node)).startsWith(",")) return only;
  return { kind: "Tuple", elts, parenthesized: false, start: only.start, end: last.end };
}
