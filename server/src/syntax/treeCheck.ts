import type { SyntaxProblem } from "./ast";
import type { LogicalLine } from "./scanner";
import { parts } from "./tree";
import type { BackendNode, TreeNode } from "./tree";

/** Node types at which a logical line may begin although they are no statements. */
const CLAUSES: ReadonlySet<string> = new Set([
  "elif_clause",
  "else_clause",
  "except_clause",
  "finally_clause",
  "case_clause",
  "decorator",
]);

/**
 * Whether statements without errors are exactly the text of some logical lines. Where tree-sitter takes a line break for a
 * blank and CPython does not, a logical line begins in the middle of a statement. Linear in the number of statements.
 */
export function explainsLines(
  nodes: readonly TreeNode[],
  lines: readonly LogicalLine[],
  text: string,
  shift: number,
): boolean {
  const first = nodes[0];
  const last = nodes[nodes.length - 1];
  const firstLine = lines[0];
  const lastLine = lines[lines.length - 1];
  if (!first || !last || !firstLine || !lastLine) return nodes.length === lines.length;
  if (!nodes.every(isStatement) || nodes.some(isBroken)) return false;
  if (first.startIndex + shift !== firstLine.start) return false;
  if (!/^[\s;\\]*$/.test(text.slice(last.endIndex + shift, lastLine.end))) return false;
  if (!areSeparated(nodes, text, shift)) return false;
  const starts = lineStarts(nodes, shift);
  return lines.every((line) => starts.has(line.start));
}

/** Where a line break is missing between two statements, tree-sitter puts an invisible one that no node shows. */
function areSeparated(nodes: readonly TreeNode[], text: string, shift: number): boolean {
  return nodes.every((node, i) => {
    const before = nodes[i - 1];
    return !before || /[;\n]/.test(text.slice(before.endIndex + shift, node.startIndex + shift));
  });
}

/** An `ERROR` holds pieces of statements, down to single names. */
function isStatement(node: TreeNode): boolean {
  return node.type.endsWith("_statement") || node.type.endsWith("_definition");
}

/** Every offset at which a statement, a clause or a decorated definition begins. */
function lineStarts(nodes: readonly TreeNode[], shift: number): ReadonlySet<number> {
  const starts = new Set<number>();
  const pending = [...nodes];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type !== "block") starts.add(node.startIndex + shift);
    for (const child of node.type.endsWith("_statement") && !hasBlocks(node.type) ? [] : parts(node)) {
      if (child.type === "block" || CLAUSES.has(child.type)) pending.push(child);
      else if (node.type === "block" || child.type.endsWith("_definition")) pending.push(child);
    }
  }
  return starts;
}

const WITH_BLOCKS: ReadonlySet<string> = new Set([
  "if_statement",
  "for_statement",
  "while_statement",
  "try_statement",
  "with_statement",
  "match_statement",
]);

function hasBlocks(type: string): boolean {
  return WITH_BLOCKS.has(type);
}

/** What a person should read about the first error in some nodes; `undefined` when there is none. */
export function firstProblem(nodes: readonly TreeNode[], text: string, shift: number): SyntaxProblem | undefined {
  let node: BackendNode | null | undefined = nodes.find(isBroken)?.backend;
  while (node) {
    if (node.isMissing) return missing(node, shift);
    if (node.type === "ERROR") return unexpected(node, text, shift);
    node = node.children.find((child) => child && (child.hasError || child.isMissing || child.type === "ERROR"));
  }
  return undefined;
}

function isBroken(node: TreeNode): boolean {
  return node.type === "ERROR" || node.hasError;
}

function missing(node: BackendNode, shift: number): SyntaxProblem {
  const start = node.startIndex + shift;
  const what = /^\W+$/.test(node.type) ? `${node.type} is missing here` : "something is missing here";
  return { start, end: start, message: what };
}

function unexpected(node: BackendNode, text: string, shift: number): SyntaxProblem {
  const start = node.startIndex + shift;
  const lineBreak = text.slice(start, node.endIndex + shift).search(/[\r\n]/);
  const end = lineBreak < 0 ? node.endIndex + shift : start + lineBreak;
  return { start, end, message: "this cannot be read as Python" };
}
