import type { Range } from "../base/text";
import type { BadExpr, Expr, Stmt, SyntaxProblem } from "./ast";
import type { TreeNode } from "./tree";

/**
 * How many levels of statements and expressions a tree may have before what lies deeper is given up. CPython's tokenizer
 * stops at 200 brackets and 100 indentations (`MAXLEVEL` and `MAXINDENT` in Parser/lexer/state.h). Everything that walks the
 * tree by recursion relies on this bound.
 */
export const MAX_DEPTH = 200;

const TOO_DEEP = "nested too deeply to be read";

/** Thrown inside the lowering of one statement when that statement is not Python; caught where the statement began. */
export class Unreadable extends Error {
  readonly range: Range;

  constructor(range: Range, message: string) {
    super(message);
    this.range = range;
  }
}

/** What the functions that lower expressions and statements need of each other. */
export interface Dispatch {
  readonly expression: (lowering: Lowering, node: TreeNode) => Expr;
  readonly statements: (lowering: Lowering, node: TreeNode) => readonly Stmt[];
}

/** The state of one lowering: the text, where the tree lies in it, and the problems found so far. */
export class Lowering {
  readonly text: string;
  readonly shift: number;
  private readonly problems: SyntaxProblem[];
  private readonly dispatch: Dispatch;
  private depth: number;

  /** `shift` is what must be added to an offset of the tree to give one of `text`; `depth` is how deep the tree's root lies. */
  constructor(text: string, shift: number, problems: SyntaxProblem[], dispatch: Dispatch, depth: number) {
    this.text = text;
    this.shift = shift;
    this.problems = problems;
    this.dispatch = dispatch;
    this.depth = depth;
  }

  start(node: TreeNode): number {
    return node.startIndex + this.shift;
  }

  end(node: TreeNode): number {
    return node.endIndex + this.shift;
  }

  range(node: TreeNode): Range {
    return { start: node.startIndex + this.shift, end: node.endIndex + this.shift };
  }

  source(node: TreeNode): string {
    return this.text.slice(node.startIndex + this.shift, node.endIndex + this.shift);
  }

  /** The identifier that a node holds. CPython compares identifiers after NFKC normalisation (PEP 3131). */
  identifier(node: TreeNode): string {
    const text = this.source(node);
    return /^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKC");
  }

  /** The tokens between two offsets of the text, without comments and line continuations, one space between them. */
  tokens(start: number, end: number): string {
    let between = this.text.slice(start, end);
    if (between.includes("#")) between = between.replace(/#[^\n\r]*/g, "");
    if (between.includes("\\")) between = between.replace(/\\/g, "");
    return between.trim().replace(/\s+/g, " ");
  }

  /** The offset of the comma behind the last of the elements that `node` encloses, or `undefined` when there is none. */
  comma(last: TreeNode, node: TreeNode): number | undefined {
    const start = this.end(last);
    const between = this.text.slice(start, this.end(node));
    const comma = /^(?:\s|\\|#[^\n\r]*(?![^\n\r]))*,/.exec(between);
    return comma ? start + comma[0].length - 1 : undefined;
  }

  expression(node: TreeNode): Expr {
    return this.deeper(
      () => this.dispatch.expression(this, node),
      () => this.bad(node, TOO_DEEP),
    );
  }

  /** The statements of a block. Throws {@link Unreadable} for a block without any, as CPython does. */
  block(node: TreeNode): readonly Stmt[] {
    const statements = this.deeper(
      () => this.dispatch.statements(this, node),
      () => this.giveUp(node),
    );
    if (statements.length === 0) throw new Unreadable(this.range(node), "an indented block is expected here");
    return statements;
  }

  /** Runs `inner` one level deeper, or `tooDeep` when {@link MAX_DEPTH} has been reached. */
  deeper<T>(inner: () => T, tooDeep: () => T): T {
    if (this.depth >= MAX_DEPTH) return tooDeep();
    this.depth++;
    try {
      return inner();
    } finally {
      this.depth--;
    }
  }

  private giveUp(node: TreeNode): never {
    throw new Unreadable(this.range(node), TOO_DEEP);
  }

  problem(range: Range, message: string): void {
    this.problems.push({ start: range.start, end: range.end, message });
  }

  /** An expression that cannot be read, reported. */
  bad(node: TreeNode, message: string): BadExpr {
    const range = this.range(node);
    this.problem(range, message);
    return { kind: "BadExpr", ...range };
  }
}
