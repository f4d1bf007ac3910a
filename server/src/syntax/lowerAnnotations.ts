import type { Expr } from "./ast";
import { lowerIndex } from "./lowerCalls";
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
    return {
      kind: "Subscript",
      value: lowering.expression(first),
      slice: lowerIndex(lowering, second, parts(second)),
      ...range,
    };
  }
  if (inner.type === "union_type" && first && second) {
    return union(lowering.expression(first), lowering.expression(second), lowering.start(second));
  }
  if (inner.type === "member_type" && first && second) {
    const value = lowering.expression(first);
    return { kind: "Attribute", value, attr: lowering.identifier(second), attrRange: lowering.range(second), ...range };
  }
  if (inner.type === "splat_type" && first) {
    return { kind: "Starred", value: lowering.expression(first), ...range };
  }
  if (inner.type === "constrained_type") return { kind: "BadExpr", ...range };
  return lowering.expression(inner);
}

/**
 * `A | B | C` binds to the left; the grammar at times binds it to the right. `start` is where the right side begins in the
 * text: an operand that begins later stands in parentheses and is left alone.
 */
function union(left: Expr, right: Expr, start: number): Expr {
  const range = { start: left.start, end: right.end };
  if (right.kind !== "BinOp" || right.op !== "|" || right.start !== start) {
    return { kind: "BinOp", left, op: "|", right, ...range };
  }
  return { kind: "BinOp", left: union(left, right.left, start), op: "|", right: right.right, ...range };
}
