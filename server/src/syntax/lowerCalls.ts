import type { Expr, Keyword } from "./ast";
import type { Lowering } from "./lowering";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

/** `value.attr`. */
export function lowerAttribute(lowering: Lowering, node: TreeNode): Expr {
  const [object, attribute] = parts(node);
  if (!object || !attribute) return lowering.bad(node, "an attribute needs a name");
  return {
    kind: "Attribute",
    value: lowering.expression(object),
    attr: lowering.identifier(attribute),
    attrRange: lowering.range(attribute),
    ...lowering.range(node),
  };
}

/** A call; the sole generator argument may stand without parentheses of its own. */
export function lowerCall(lowering: Lowering, node: TreeNode): Expr {
  const [callee, list] = parts(node);
  if (!callee || !list) return lowering.bad(node, "this call cannot be read");
  const func = lowering.expression(callee);
  const argumentsRange = lowering.range(list);
  if (list.type === "generator_expression") {
    return {
      kind: "Call",
      func,
      args: [lowering.expression(list)],
      keywords: [],
      argumentsRange,
      ...lowering.range(node),
    };
  }
  return { kind: "Call", func, ...lowerArguments(lowering, list), argumentsRange, ...lowering.range(node) };
}

/** The arguments of a call, or the bases and keywords of a class. */
export function lowerArguments(
  lowering: Lowering,
  list: TreeNode,
): { readonly args: readonly Expr[]; readonly keywords: readonly Keyword[] } {
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  for (const child of parts(list)) {
    const [first, second] = child.type === "keyword_argument" || child.type === "dictionary_splat" ? parts(child) : [];
    if (child.type === "keyword_argument" && first && second) {
      const value = lowering.expression(second);
      keywords.push({ name: lowering.identifier(first), value, ...lowering.range(child) });
    } else if (child.type === "dictionary_splat" && first) {
      keywords.push({ name: undefined, value: lowering.expression(first), ...lowering.range(child) });
    } else args.push(lowering.expression(child));
  }
  return { args, keywords };
}

/** `value[slice]`. */
export function lowerSubscript(lowering: Lowering, node: TreeNode): Expr {
  const [object, ...subscripts] = parts(node);
  if (!object || subscripts.length === 0) {
    return lowering.bad(node, "a subscript needs something between its brackets");
  }
  const value = lowering.expression(object);
  return { kind: "Subscript", value, slice: lowerIndex(lowering, node, subscripts), ...lowering.range(node) };
}

/** What stands between the brackets of `node`: several subscripts, a starred one, or one with a comma are a tuple. */
export function lowerIndex(lowering: Lowering, node: TreeNode, subscripts: readonly TreeNode[]): Expr {
  const elts = subscripts.map((child) => lowering.expression(child));
  const [only] = elts;
  const first = subscripts[0];
  const last = subscripts[subscripts.length - 1];
  if (!only || !first || !last) return lowering.bad(node, "a subscript needs something between its brackets");
  const comma = lowering.comma(last, node);
  if (elts.length === 1 && comma === undefined && only.kind !== "Starred") return only;
  const end = comma === undefined ? lowering.end(last) : comma + 1;
  return { kind: "Tuple", elts, parenthesized: false, start: lowering.start(first), end };
}

/** `lower:upper:step`, each part optional: the colons between decide which part is which. */
export function lowerSlice(lowering: Lowering, node: TreeNode): Expr {
  const bounds: (Expr | undefined)[] = [undefined, undefined, undefined];
  let index = 0;
  let from = lowering.start(node);
  for (const child of parts(node)) {
    index += lowering.tokens(from, lowering.start(child)).split(":").length - 1;
    bounds[index] = lowering.expression(child);
    from = lowering.end(child);
  }
  return { kind: "Slice", lower: bounds[0], upper: bounds[1], step: bounds[2], ...lowering.range(node) };
}
