import type { BinaryOperator, CompareOperator, Expr, UnaryOperator } from "./ast";
import type { Lowering } from "./lowering";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

const BINARY: ReadonlySet<string> = new Set<BinaryOperator>([
  ..."+-*/%@|&^",
  "//",
  "**",
  "<<",
  ">>",
] as BinaryOperator[]);

const COMPARE: ReadonlySet<string> = new Set<CompareOperator>([
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "not in",
  "is",
  "is not",
]);

/** Whether a token is an operator that an assignment can be augmented with. */
export function isBinaryOperator(token: string): token is BinaryOperator {
  return BINARY.has(token);
}

export function lowerBinary(lowering: Lowering, node: TreeNode): Expr {
  const [left, right] = parts(node);
  if (!left || !right) return lowering.bad(node, "an operand is missing");
  const op = lowering.tokens(lowering.end(left), lowering.start(right));
  if (!isBinaryOperator(op)) return lowering.bad(node, `the operator ${op} does not exist`);
  const [first, second] = [lowering.expression(left), lowering.expression(right)];
  if (op === "&" && left.type === "binary_operator" && first.kind === "BinOp" && first.op === "^")
    return { ...first, right: conjunction(first.right, second), end: second.end };
  if (op === "&" && right.type === "binary_operator") return beforeXor(first, right, second);
  return { kind: "BinOp", left: first, op, right: second, ...lowering.range(node) };
}

/** The grammar takes `^` to bind tighter than `&`; in Python it is the other way round (Python reference, "Operator precedence"). */
function beforeXor(first: Expr, node: TreeNode, second: Expr): Expr {
  if (second.kind !== "BinOp" || second.op !== "^") return conjunction(first, second);
  const [left] = parts(node);
  const inner =
    left?.type === "binary_operator" ? beforeXor(first, left, second.left) : conjunction(first, second.left);
  return { ...second, left: inner, start: first.start };
}

function conjunction(left: Expr, right: Expr): Expr {
  return { kind: "BinOp", left, op: "&", right, start: left.start, end: right.end };
}

export function lowerUnary(lowering: Lowering, node: TreeNode): Expr {
  const [operand] = parts(node);
  if (!operand) return lowering.bad(node, "an operand is missing");
  const op = node.type === "not_operator" ? "not" : lowering.text.charAt(lowering.start(node));
  return { kind: "UnaryOp", op: op as UnaryOperator, operand: lowering.expression(operand), ...lowering.range(node) };
}

/** `a and b and c` is a left-leaning chain in the grammar, and one node with three values in CPython. */
export function lowerBoolean(lowering: Lowering, node: TreeNode): Expr {
  const operands: TreeNode[] = [];
  const op = booleanOperator(lowering, node);
  let current = node;
  for (;;) {
    const [left, right] = parts(current);
    if (!left || !right) return lowering.bad(node, "an operand is missing");
    operands.push(right);
    if (left.type !== "boolean_operator" || booleanOperator(lowering, left) !== op) {
      operands.push(left);
      break;
    }
    current = left;
  }
  const values = operands.reverse().map((operand) => lowering.expression(operand));
  return { kind: "BoolOp", op, values, ...lowering.range(node) };
}

function booleanOperator(lowering: Lowering, node: TreeNode): "and" | "or" {
  const [left, right] = parts(node);
  return left && right && lowering.tokens(lowering.end(left), lowering.start(right)) === "and" ? "and" : "or";
}

export function lowerComparison(lowering: Lowering, node: TreeNode): Expr {
  const [first, ...rest] = parts(node);
  if (!first) return lowering.bad(node, "an operand is missing");
  const ops: CompareOperator[] = [];
  let from = lowering.end(first);
  for (const operand of rest) {
    const op = lowering.tokens(from, lowering.start(operand));
    if (!COMPARE.has(op)) return lowering.bad(node, `the operator ${op} does not exist in Python 3`);
    ops.push(op as CompareOperator);
    from = lowering.end(operand);
  }
  const left = lowering.expression(first);
  const comparators = rest.map((operand) => lowering.expression(operand));
  return { kind: "Compare", left, ops, comparators, ...lowering.range(node) };
}

export function lowerConditional(lowering: Lowering, node: TreeNode): Expr {
  const [body, test, orelse] = parts(node);
  if (!body || !test || !orelse) return lowering.bad(node, "a conditional expression needs if and else");
  return {
    kind: "IfExp",
    test: lowering.expression(test),
    body: lowering.expression(body),
    orelse: lowering.expression(orelse),
    ...lowering.range(node),
  };
}

export function lowerNamedExpression(lowering: Lowering, node: TreeNode): Expr {
  const [name, value] = parts(node);
  if (!name || !value) return lowering.bad(node, "an assignment expression needs a name and a value");
  return {
    kind: "NamedExpr",
    target: { kind: "Name", id: lowering.identifier(name), ...lowering.range(name) },
    value: lowering.expression(value),
    ...lowering.range(node),
  };
}
