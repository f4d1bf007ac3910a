import type { Comprehension, DictItem, Expr } from "./ast";
import type { Lowering } from "./lowering";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

/** The expressions of a list, tuple, set or of an unparenthesised list of expressions. */
export function lowerElements(lowering: Lowering, nodes: readonly TreeNode[]): Expr[] {
  return nodes.map((child) => lowering.expression(child));
}

/**
 * A tuple, a parenthesised target, or expressions in a row without parentheses. One element without a comma behind it is
 * no tuple: the grammar calls the target `(A)` a tuple all the same.
 */
export function lowerTuple(lowering: Lowering, node: TreeNode, parenthesized: boolean): Expr {
  const children = parts(node);
  const elts = lowerElements(lowering, children);
  const [first] = elts;
  const [child] = children;
  if (first && child && elts.length === 1 && lowering.comma(child, node) === undefined) return first;
  return { kind: "Tuple", elts, parenthesized, ...lowering.range(node) };
}

export function lowerDictionary(lowering: Lowering, node: TreeNode): Expr {
  const items: DictItem[] = [];
  for (const child of parts(node)) {
    const [first, second] = parts(child);
    if (child.type === "dictionary_splat" && first) {
      items.push({ key: undefined, value: lowering.expression(first), ...lowering.range(child) });
    } else if (first && second) {
      items.push({ key: lowering.expression(first), value: lowering.expression(second), ...lowering.range(child) });
    }
  }
  return { kind: "Dict", items, ...lowering.range(node) };
}

export function lowerComprehension(
  lowering: Lowering,
  node: TreeNode,
  kind: "ListComp" | "SetComp" | "GeneratorExp" | "DictComp",
): Expr {
  const [body, ...clauses] = parts(node);
  if (!body) return lowering.bad(node, "this comprehension cannot be read");
  const generators = lowerClauses(lowering, clauses);
  if (kind !== "DictComp") return { kind, elt: lowering.expression(body), generators, ...lowering.range(node) };
  const [key, value] = parts(body);
  if (!key || !value) return lowering.bad(node, "this comprehension cannot be read");
  return {
    kind,
    key: lowering.expression(key),
    value: lowering.expression(value),
    generators,
    ...lowering.range(node),
  };
}

function lowerClauses(lowering: Lowering, clauses: readonly TreeNode[]): Comprehension[] {
  const generators: Comprehension[] = [];
  let ifs: Expr[] = [];
  for (const clause of clauses) {
    const [first, ...rest] = parts(clause);
    if (!first) continue;
    if (clause.type === "if_clause") {
      ifs.push(lowering.expression(first));
      continue;
    }
    ifs = [];
    const isAsync = lowering.text.startsWith("async", lowering.start(clause));
    const [only] = rest;
    const iter =
      only && rest.length === 1
        ? lowering.expression(only)
        : lowering.bad(clause, "what a comprehension goes over needs parentheses when it is a tuple");
    generators.push({ target: lowering.expression(first), iter, ifs, isAsync, ...lowering.range(clause) });
  }
  return generators;
}
