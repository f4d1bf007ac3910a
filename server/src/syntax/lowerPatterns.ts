import type { Expr, MatchCase, Pattern, Stmt } from "./ast";
import { Unreadable } from "./lowering";
import type { Lowering } from "./lowering";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

export function lowerMatch(lowering: Lowering, node: TreeNode): Stmt {
  const children = parts(node);
  const block = children[children.length - 1];
  const subjects = children.slice(0, -1);
  const [first] = subjects;
  const last = subjects[subjects.length - 1];
  if (!block || !first || !last) throw new Unreadable(lowering.range(node), "match needs a subject and cases");
  const elts = subjects.map((child) => lowering.expression(child));
  const comma = lowering.comma(last, node);
  const [only] = elts;
  const range = { start: lowering.start(first), end: comma === undefined ? lowering.end(last) : comma + 1 };
  const subject: Expr =
    only && elts.length === 1 && comma === undefined ? only : { kind: "Tuple", elts, parenthesized: false, ...range };
  const cases = parts(block).map((clause) => lowerCase(lowering, clause));
  if (cases.length === 0) throw new Unreadable(lowering.range(node), "match needs at least one case");
  const end = cases[cases.length - 1]?.end ?? lowering.end(node);
  return { kind: "Match", subject, cases, start: lowering.start(node), end };
}

function lowerCase(lowering: Lowering, node: TreeNode): MatchCase {
  const children = parts(node);
  const patterns = children.filter((child) => child.type === "case_pattern");
  const guardNode = children.find((child) => child.type === "if_clause");
  const body = children[children.length - 1];
  const [first] = patterns;
  const last = patterns[patterns.length - 1];
  if (!first || !last || body?.type !== "block") throw new Unreadable(lowering.range(node), "case needs a pattern");
  const isSequence = patterns.length > 1 || lowering.comma(last, node) !== undefined;
  const range = { start: lowering.start(first), end: lowering.end(last) };
  const pattern: Pattern = isSequence
    ? { kind: "MatchOther", names: patterns.flatMap((child) => boundNames(lowering, child)), ...range }
    : lowerPattern(lowering, first);
  const test = guardNode && parts(guardNode)[0];
  const guard = test && lowering.expression(test);
  const statements = lowering.block(body);
  const end = statements[statements.length - 1]?.end ?? lowering.end(node);
  return { pattern, guard, body: statements, start: lowering.start(node), end };
}

function lowerPattern(lowering: Lowering, node: TreeNode): Pattern {
  return lowering.deeper(
    () => patternOf(lowering, node),
    () => ({ kind: "MatchOther", names: boundNames(lowering, node), ...lowering.range(node) }),
  );
}

function patternOf(lowering: Lowering, node: TreeNode): Pattern {
  const range = lowering.range(node);
  const [first, second] = parts(node);
  switch (node.type) {
    case "case_pattern":
      // Neither `_` nor the minus of a negative number is a named node.
      if (!first) return { kind: "MatchAs", pattern: undefined, name: undefined, ...range };
      return alternative(lowering, first, range.start);
    case "as_pattern":
      if (!first || !second) break;
      return { kind: "MatchAs", pattern: lowerPattern(lowering, first), name: lowering.identifier(second), ...range };
    case "union_pattern":
      return { kind: "MatchOr", patterns: alternatives(lowering, node), ...range };
    case "dotted_name":
      return nameOrValue(lowering, node);
    case "tuple_pattern":
      if (first && !second && lowering.comma(first, node) === undefined) return lowerPattern(lowering, first);
      break;
    case "string":
    case "concatenated_string":
    case "integer":
    case "float":
    case "true":
    case "false":
    case "none":
      return { kind: "MatchValue", value: lowering.expression(node), ...range };
  }
  return { kind: "MatchOther", names: boundNames(lowering, node), ...range };
}

/** A dotted name is a value; a name alone captures, and `_` matches anything. */
function nameOrValue(lowering: Lowering, node: TreeNode): Pattern {
  const range = lowering.range(node);
  const [first, ...rest] = parts(node);
  if (!first) return { kind: "MatchOther", names: [], ...range };
  const id = lowering.identifier(first);
  if (rest.length === 0) return { kind: "MatchAs", pattern: undefined, name: id === "_" ? undefined : id, ...range };
  let value: Expr = { kind: "Name", id, ...lowering.range(first) };
  for (const part of rest) {
    const attrRange = lowering.range(part);
    value = {
      kind: "Attribute",
      value,
      attr: lowering.identifier(part),
      attrRange,
      start: range.start,
      end: attrRange.end,
    };
  }
  return { kind: "MatchValue", value, ...range };
}

function alternatives(lowering: Lowering, node: TreeNode): Pattern[] {
  let from = lowering.start(node);
  return parts(node).map((child) => {
    const pattern = alternative(lowering, child, from);
    from = lowering.end(child);
    return pattern;
  });
}

/** `from` is where the tokens before the pattern begin: they show whether a number is negative. */
function alternative(lowering: Lowering, node: TreeNode, from: number): Pattern {
  const start = lowering.start(node);
  if (!lowering.tokens(from, start).endsWith("-")) return lowerPattern(lowering, node);
  const minus = lowering.text.lastIndexOf("-", start);
  const range = { start: minus, end: lowering.end(node) };
  const operand = lowering.expression(node);
  return { kind: "MatchValue", value: { kind: "UnaryOp", op: "-", operand, ...range }, ...range };
}

/** Every name that a pattern binds. Goes through the tree with a list instead of recursion: patterns nest without bound. */
function boundNames(lowering: Lowering, root: TreeNode): string[] {
  const names: string[] = [];
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const children = parts(node);
    const [first, second] = children;
    if (node.type === "dotted_name" || node.type === "splat_pattern") {
      if (first && !second) names.push(lowering.identifier(first));
      continue;
    }
    if (node.type === "as_pattern" && second) names.push(lowering.identifier(second));
    const skipsName = node.type === "class_pattern" || node.type === "keyword_pattern";
    for (const child of skipsName ? children.slice(1) : children) {
      if (child.type !== "identifier") pending.push(child);
    }
  }
  return names.filter((name) => name !== "_").sort();
}
