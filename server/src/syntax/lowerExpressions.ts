import type { Expr } from "./ast";
import { lowerAnnotation } from "./lowerAnnotations";
import { lowerAttribute, lowerCall, lowerSlice, lowerSubscript } from "./lowerCalls";
import { lowerComprehension, lowerDictionary, lowerElements, lowerTuple } from "./lowerDisplays";
import type { Lowering } from "./lowering";
import {
  lowerBinary,
  lowerBoolean,
  lowerComparison,
  lowerConditional,
  lowerNamedExpression,
  lowerUnary,
} from "./lowerOperators";
import { lowerParameters } from "./lowerParameters";
import { lowerString } from "./lowerStrings";
import { readNumber } from "./numberLiterals";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

type LowerExpression = (lowering: Lowering, node: TreeNode) => Expr;

/** By node type of tree-sitter-python 0.25. */
const BY_TYPE: ReadonlyMap<string, LowerExpression> = new Map<string, LowerExpression>([
  ["identifier", (l, n) => ({ kind: "Name", id: l.identifier(n), ...l.range(n) })],
  ["string", lowerString],
  ["concatenated_string", lowerString],
  ["integer", lowerNumber],
  ["float", lowerNumber],
  ["true", (l, n) => ({ kind: "Constant", value: true, ...l.range(n) })],
  ["false", (l, n) => ({ kind: "Constant", value: false, ...l.range(n) })],
  ["none", (l, n) => ({ kind: "Constant", value: null, ...l.range(n) })],
  ["ellipsis", (l, n) => ({ kind: "Constant", value: "...", ...l.range(n) })],
  ["attribute", lowerAttribute],
  ["call", lowerCall],
  ["subscript", lowerSubscript],
  ["slice", lowerSlice],
  ["parenthesized_expression", lowerParenthesized],
  ["list", (l, n) => ({ kind: "List", elts: lowerElements(l, parts(n)), ...l.range(n) })],
  ["list_pattern", (l, n) => ({ kind: "List", elts: lowerElements(l, parts(n)), ...l.range(n) })],
  ["set", (l, n) => ({ kind: "Set", elts: lowerElements(l, parts(n)), ...l.range(n) })],
  ["dictionary", lowerDictionary],
  ["tuple", (l, n) => lowerTuple(l, n, true)],
  ["tuple_pattern", (l, n) => lowerTuple(l, n, true)],
  ["expression_list", (l, n) => lowerTuple(l, n, false)],
  ["pattern_list", (l, n) => lowerTuple(l, n, false)],
  ["list_comprehension", (l, n) => lowerComprehension(l, n, "ListComp")],
  ["set_comprehension", (l, n) => lowerComprehension(l, n, "SetComp")],
  ["generator_expression", (l, n) => lowerComprehension(l, n, "GeneratorExp")],
  ["dictionary_comprehension", (l, n) => lowerComprehension(l, n, "DictComp")],
  ["list_splat", lowerStarred],
  ["list_splat_pattern", lowerStarred],
  ["binary_operator", lowerBinary],
  ["unary_operator", lowerUnary],
  ["not_operator", lowerUnary],
  ["boolean_operator", lowerBoolean],
  ["comparison_operator", lowerComparison],
  ["conditional_expression", lowerConditional],
  ["named_expression", lowerNamedExpression],
  ["lambda", lowerLambda],
  ["await", (l, n) => suspend(l, n, "Await")],
  ["yield", lowerYield],
  ["type", lowerAnnotation],
]);

/** Lowers an expression whose tree has no error in it. The caller guards the depth ({@link Lowering.expression}). */
export function lowerExpression(lowering: Lowering, node: TreeNode): Expr {
  const lower = BY_TYPE.get(node.type);
  return lower ? hoistStar(lower(lowering, node)) : lowering.bad(node, "this is not an expression");
}

/** The grammar binds a star tighter than anything: it reads `*a.b()` as `(*a).b()`, where CPython has `*(a.b())`. */
function hoistStar(expr: Expr): Expr {
  const inner = leftmost(expr);
  if (inner?.kind !== "Starred") return expr;
  const { start, end } = expr;
  return { kind: "Starred", value: withoutStar(expr, inner.value), start, end };
}

/** The operand with which the text of an expression begins, for those that can begin with one. */
function leftmost(expr: Expr): Expr | undefined {
  switch (expr.kind) {
    case "Attribute":
    case "Subscript":
      return expr.value;
    case "Call":
      return expr.func;
    case "BinOp":
    case "Compare":
      return expr.left;
    case "BoolOp":
      return expr.values[0];
    case "IfExp":
      return expr.body;
    default:
      return undefined;
  }
}

function withoutStar(expr: Expr, operand: Expr): Expr {
  const range = { start: operand.start, end: expr.end };
  switch (expr.kind) {
    case "Attribute":
    case "Subscript":
      return { ...expr, value: operand, ...range };
    case "Call":
      return { ...expr, func: operand, ...range };
    case "BinOp":
    case "Compare":
      return { ...expr, left: operand, ...range };
    case "BoolOp":
      return { ...expr, values: [operand, ...expr.values.slice(1)], ...range };
    case "IfExp":
      return { ...expr, body: operand, ...range };
    default:
      return expr;
  }
}

function lowerNumber(lowering: Lowering, node: TreeNode): Expr {
  const text = lowering.source(node);
  const literal = readNumber(text);
  const range = lowering.range(node);
  switch (literal.kind) {
    case "Int":
      return { kind: "Int", value: literal.value, ...range };
    case "Float":
      return { kind: "Float", value: literal.value, ...range };
    case "Imaginary":
      return { kind: "Imaginary", text, ...range };
    case "invalid":
      return lowering.bad(node, literal.reason);
  }
}

/** CPython's tree has no node for parentheses: the range is that of what stands between. */
function lowerParenthesized(lowering: Lowering, node: TreeNode): Expr {
  const [inner] = parts(node);
  if (!inner) return lowering.bad(node, "these parentheses are empty");
  if (inner.type === "list_splat" || inner.type === "list_splat_pattern") {
    return lowering.bad(node, "a starred expression cannot stand alone in parentheses");
  }
  return lowering.expression(inner);
}

function lowerStarred(lowering: Lowering, node: TreeNode): Expr {
  const [value] = parts(node);
  if (!value) return lowering.bad(node, "a value is missing behind the star");
  return { kind: "Starred", value: lowering.expression(value), ...lowering.range(node) };
}

function lowerLambda(lowering: Lowering, node: TreeNode): Expr {
  const children = parts(node);
  const body = children[children.length - 1];
  if (!body) return lowering.bad(node, "a lambda needs a body");
  const parameters = lowerParameters(lowering, children.length > 1 ? children[0] : undefined);
  return { kind: "Lambda", parameters, body: lowering.expression(body), ...lowering.range(node) };
}

function lowerYield(lowering: Lowering, node: TreeNode): Expr {
  const [value] = parts(node);
  const isFrom = value && lowering.tokens(lowering.start(node), lowering.start(value)) === "yield from";
  return suspend(lowering, node, isFrom ? "YieldFrom" : "Yield");
}

function suspend(lowering: Lowering, node: TreeNode, kind: "Await" | "Yield" | "YieldFrom"): Expr {
  const [value] = parts(node);
  return { kind, value: value && lowering.expression(value), ...lowering.range(node) };
}
