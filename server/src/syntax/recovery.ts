import type { Range } from "../base/text";
import type { Stmt, SyntaxProblem } from "./ast";
import { badStatement } from "./badStatement";
import { indentationFaults, statementEnd } from "./blocks";
import { lowerExpression } from "./lowerExpressions";
import { lowerStatement, lowerStatements } from "./lowerStatements";
import { Lowering } from "./lowering";
import type { Fault, LogicalLine } from "./scanner";
import { explainsLines, firstProblem } from "./treeCheck";
import { TreeNode, parts } from "./tree";
import type { ReadTree } from "./tree";

/** Each level of recovery parses what it holds up to three times: deeper blocks are given up. */
const MAX_RECOVERY_DEPTH = 30;

/** Put before an indented block so that it can be parsed alone. */
const WRAPPER = "if 1:\n";

/** Lines `from` (inclusive) to `to` (exclusive) of the scan. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the statements of a text line by line where tree-sitter cannot read the whole: each statement that can be read alone
 * is, and each that cannot becomes one `BadStmt`. Of a compound statement whose headers can be read, the blocks are read
 * the same way.
 */
export class Recovery {
  private readonly faults: ReadonlyMap<number, Fault>;
  /** What tree-sitter reads; offsets are those of `text`, which is what the names and values are taken from. */
  private readonly grammarText: string;

  private readonly text: string;
  private readonly lines: readonly LogicalLine[];
  private readonly read: ReadTree;
  private readonly problems: SyntaxProblem[];

  constructor(text: string, lines: readonly LogicalLine[], read: ReadTree, problems: SyntaxProblem[]) {
    this.text = text;
    this.lines = lines;
    this.read = read;
    this.problems = problems;
    this.faults = indentationFaults(lines);
    this.grammarText = avoidTypeAliases(text, lines);
  }

  /** All statements of the text. */
  run(): Stmt[] {
    return this.block({ from: 0, to: this.lines.length }, 0, 0);
  }

  /** The statements of a block: as one tree when that is right, else one by one. */
  private block(span: Span, indent: number, depth: number): Stmt[] {
    return this.parse(span, indent, (nodes, shift) => {
      const lowering = this.lowering(shift, depth);
      if (this.isReadable(nodes, span, shift)) return nodes.map((node) => lowerStatement(lowering, node));
      return this.statements(span, indent, depth, nodes, lowering);
    });
  }

  private statements(
    span: Span,
    indent: number,
    depth: number,
    nodes: readonly TreeNode[],
    lowering: Lowering,
  ): Stmt[] {
    const statements: Stmt[] = [];
    let next = 0;
    for (let from = span.from; from < span.to;) {
      const to = statementEnd(this.lines, from, span.to);
      const range = this.range({ from, to });
      while (next < nodes.length && lowering.start(nodes[next] as TreeNode) < range.start) next++;
      const inside: TreeNode[] = [];
      for (; next < nodes.length; next++) {
        const node = nodes[next] as TreeNode;
        if (lowering.end(node) > range.end) break;
        inside.push(node);
      }
      if (this.isReadable(inside, { from, to }, lowering.shift)) {
        for (const node of inside) statements.push(lowerStatement(lowering, node));
      } else statements.push(...this.statement({ from, to }, indent, depth));
      from = to;
    }
    return statements;
  }

  /** One statement that the tree around it does not show as readable: parsed alone, then in parts, then given up. */
  private statement(span: Span, indent: number, depth: number): Stmt[] {
    if (!this.hasFault(span)) {
      const alone = this.parse(span, indent, (nodes, shift) => {
        if (!this.isReadable(nodes, span, shift)) return undefined;
        const lowering = this.lowering(shift, depth);
        return nodes.map((node) => lowerStatement(lowering, node));
      });
      if (alone) return alone;
    }
    return (depth < MAX_RECOVERY_DEPTH ? this.compound(span, indent, depth) : undefined) ?? [this.bad(span, indent)];
  }

  /**
   * A compound statement with its blocks blanked out: when what is left can be read, the blocks are recovered each on its own.
   */
  private compound(span: Span, indent: number, depth: number): Stmt[] | undefined {
    const base = this.lines[span.from]?.indent ?? 0;
    const bodies: Span[] = [];
    for (let i = span.from; i < span.to; i++) {
      const line = this.lines[i];
      if (!line || line.indent <= base) {
        if (this.isFaulty(i)) return undefined;
        continue;
      }
      const last = bodies[bodies.length - 1];
      if (last?.to === i) bodies[bodies.length - 1] = { from: last.from, to: i + 1 };
      else bodies.push({ from: i, to: i + 1 });
    }
    if (bodies.length === 0) return undefined;
    return this.parse(
      span,
      indent,
      (nodes, shift) => {
        if (nodes.some((node) => node.hasError || node.type === "ERROR") || nodes.length !== 1) return undefined;
        const blocks = new Map(
          bodies.map((body) => [this.range(body).start, this.block(body, this.indentOf(body), depth + 1)]),
        );
        const lowering = this.lowering(shift, depth, blocks);
        return nodes.map((node) => lowerStatement(lowering, node));
      },
      (text, start) =>
        blankBodies(
          text,
          start,
          bodies.map((body) => this.fullRange(body)),
        ),
    );
  }

  private lowering(shift: number, depth: number, blocks?: ReadonlyMap<number, readonly Stmt[]>): Lowering {
    const dispatch = {
      expression: lowerExpression,
      statements: (lowering: Lowering, node: TreeNode): readonly Stmt[] => {
        const [first] = parts(node);
        return (first && blocks?.get(lowering.start(first))) ?? lowerStatements(lowering, node);
      },
    };
    return new Lowering(this.text, shift, this.problems, dispatch, depth);
  }

  /** Parses some lines and gives the statements found to `use`; the tree lives no longer than that. */
  private parse<T>(
    span: Span,
    indent: number,
    use: (nodes: readonly TreeNode[], shift: number) => T,
    change: (text: string, start: number) => string = (text) => text,
  ): T {
    const full = this.fullRange(span);
    const code = change(this.grammarText.slice(full.start, full.end), full.start);
    const prefix = indent > 0 ? WRAPPER : "";
    const tree = this.read(prefix + code);
    try {
      const shift = full.start - prefix.length;
      const root = new TreeNode(tree.root);
      if (prefix === "") return use(root.parts, shift);
      const wrapper = root.parts[0];
      const block = wrapper?.type === "if_statement" ? parts(wrapper)[1] : undefined;
      return use(block ? parts(block) : [], shift);
    } finally {
      tree.release();
    }
  }

  /** Whether the nodes are these lines, all of them, and CPython would read them so too. */
  private isReadable(nodes: readonly TreeNode[], span: Span, shift: number): boolean {
    if (this.hasFault(span)) return false;
    return explainsLines(nodes, this.lines.slice(span.from, span.to), this.text, shift);
  }

  private hasFault(span: Span): boolean {
    for (let i = span.from; i < span.to; i++) if (this.isFaulty(i)) return true;
    return false;
  }

  private isFaulty(i: number): boolean {
    return this.lines[i]?.fault !== undefined || this.faults.has(i);
  }

  private bad(span: Span, indent: number): Stmt {
    const range = this.range(span);
    for (let i = span.from; i < span.to; i++) {
      const fault = this.lines[i]?.fault ?? this.faults.get(i);
      if (!fault) continue;
      this.problems.push({ start: fault.start, end: fault.end, message: fault.message });
      return badStatement(this.text, range);
    }
    const line = this.lines[span.from];
    const firstLine = { start: range.start, end: line?.end ?? range.end };
    const problem = this.parse(span, indent, (nodes, shift) => firstProblem(nodes, this.text, shift));
    this.problems.push(problem ?? { ...firstLine, message: "this statement cannot be read" });
    return badStatement(this.text, range);
  }

  private indentOf(span: Span): number {
    return this.lines[span.from]?.indent ?? 0;
  }

  /** From the first token of some lines to their last. */
  private range(span: Span): Range {
    return { start: this.lines[span.from]?.start ?? 0, end: this.lines[span.to - 1]?.end ?? this.text.length };
  }

  /** Whole lines: from the indentation of the first to where the line behind the last begins. */
  private fullRange(span: Span): Range {
    const start = this.lines[span.from]?.lineStart ?? 0;
    return { start, end: this.lines[span.to]?.lineStart ?? this.text.length };
  }
}

/** Replaces blocks by a statement of one character and blanks, so that every offset stays as it is. */
function blankBodies(text: string, start: number, bodies: readonly Range[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const body of bodies) {
    const block = text.slice(body.start - start, body.end - start);
    const first = block.search(/[^ \t\f]/);
    pieces.push(text.slice(from, body.start - start), block.slice(0, first), "0");
    pieces.push(block.slice(first + 1).replace(/[^\r\n]/g, " "));
    from = body.end - start;
  }
  pieces.push(text.slice(from));
  return pieces.join("");
}

/** The grammar takes `type(a).b = c` for a type alias: there the builtin gets another name of the same length. */
function avoidTypeAliases(text: string, lines: readonly LogicalLine[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const line of lines) {
    if (line.firstWord !== "type" || !/^type\s*\(/.test(text.slice(line.start, line.end))) continue;
    pieces.push(text.slice(from, line.start), "tipe");
    from = line.start + "type".length;
  }
  return from === 0 ? text : pieces.join("") + text.slice(from);
}
