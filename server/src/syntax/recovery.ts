import { append } from "../base/lists";
import type { Range } from "../base/text";
import type { Stmt, SyntaxProblem } from "./ast";
import { badStatement } from "./badStatement";
import { indentationFaults, statementEnd } from "./blocks";
import type { Span } from "./blocks";
import { blankBlocks, grammarText } from "./grammarText";
import type { GrammarText } from "./grammarText";
import { lowerExpression } from "./lowerExpressions";
import { lowerStatement, lowerStatements } from "./lowerStatements";
import { Lowering } from "./lowering";
import type { Fault, LogicalLine, Scan } from "./scanner";
import { explainsLines, firstProblem } from "./treeCheck";
import { TreeNode, parts } from "./tree";
import type { ReadTree } from "./tree";

/** Each level of recovery parses what it holds up to three times: deeper blocks are given up. */
const MAX_RECOVERY_DEPTH = 30;

/** A text with more broken statements than this is no Python: the rest of it is given up. */
const MAX_PARSES = 3000;

const TOO_MANY = "there are too many syntax errors above: from here on the file is not read";

/** About how many characters are parsed at once, so that the memory for trees does not grow with the text. */
const PORTION_LENGTH = 100_000;

/** Put before an indented block so that it can be parsed alone. */
const WRAPPER = "if 1:\n";

/** Lines to be read as statements. */
interface Block {
  readonly span: Span;
  /** Zero for a module's own statements: others must be parsed inside a block. */
  readonly indent: number;
  /** How many blocks are around. */
  readonly depth: number;
}

/**
 * Reads the statements of a text line by line where tree-sitter cannot read the whole: each statement that can be read alone
 * is, and each that cannot becomes one `BadStmt`. Of a compound statement whose headers can be read, the blocks are read
 * the same way.
 */
export class Recovery {
  private readonly faults: ReadonlyMap<number, Fault>;
  /** What tree-sitter reads. Names and values are taken from `text`. */
  private readonly grammar: GrammarText;
  private readonly text: string;
  private readonly lines: readonly LogicalLine[];
  private readonly read: ReadTree;
  private readonly problems: SyntaxProblem[];
  private parses = 0;

  constructor(text: string, scan: Scan, read: ReadTree, problems: SyntaxProblem[]) {
    this.text = text;
    this.grammar = grammarText(text, scan);
    this.lines = this.grammar.lines;
    this.read = read;
    this.problems = problems;
    this.faults = indentationFaults(this.lines);
  }

  /** All statements of the text. */
  run(): Stmt[] {
    const statements: Stmt[] = [];
    for (let from = 0; from < this.lines.length;) {
      if (this.parses >= MAX_PARSES) {
        this.problems.push({ ...this.range({ from, to: from + 1 }), message: TOO_MANY });
        statements.push(badStatement(this.text, this.range({ from, to: this.lines.length })));
        break;
      }
      const to = this.portionEnd(from);
      for (const statement of this.block({ span: { from, to }, indent: 0, depth: 0 })) statements.push(statement);
      from = to;
    }
    return statements;
  }

  /** Where to cut (index of a line, exclusive) so that a long text is read in pieces of whole statements. */
  private portionEnd(from: number): number {
    const limit = (this.lines[from]?.lineStart ?? 0) + PORTION_LENGTH;
    let to = from;
    while (to < this.lines.length && (this.lines[to]?.lineStart ?? 0) < limit) {
      to = statementEnd(this.lines, to, this.lines.length);
    }
    return to;
  }

  /** The statements of a block: as one tree when that is right, else one by one. */
  private block(block: Block): Stmt[] {
    return this.parse(block, (nodes, shift) => {
      const lowering = this.lowering(shift, block.depth);
      if (this.isReadable(nodes, block.span, shift)) return nodes.map((node) => lowerStatement(lowering, node));
      return this.statements(block, nodes, lowering);
    });
  }

  private statements(block: Block, nodes: readonly TreeNode[], lowering: Lowering): Stmt[] {
    const { span } = block;
    const statements: Stmt[] = [];
    let next = 0;
    for (let from = span.from; from < span.to;) {
      const to = statementEnd(this.lines, from, span.to);
      const range = this.range({ from, to });
      while (next < nodes.length && lowering.start(nodes[next] as TreeNode) < range.start) next++;
      const first = next;
      while (next < nodes.length && lowering.end(nodes[next] as TreeNode) <= range.end) next++;
      const inside = nodes.slice(first, next);
      const statement = { ...block, span: { from, to } };
      if (this.isReadable(inside, statement.span, lowering.shift)) {
        for (const node of inside) statements.push(lowerStatement(lowering, node));
      } else if (from === span.from && to === span.to) {
        append(statements, this.inParts(statement, firstProblem(nodes, this.text, lowering.shift)));
      } else append(statements, this.alone(statement));
      from = to;
    }
    return statements;
  }

  /** A statement that the tree around it does not show as readable, parsed without what is around it. */
  private alone(block: Block): Stmt[] {
    if (this.hasFault(block.span) || this.parses >= MAX_PARSES) return this.inParts(block, undefined);
    return this.parse(block, (nodes, shift) => {
      if (!this.isReadable(nodes, block.span, shift)) {
        return this.inParts(block, firstProblem(nodes, this.text, shift));
      }
      const lowering = this.lowering(shift, block.depth);
      return nodes.map((node) => lowerStatement(lowering, node));
    });
  }

  /** A statement that cannot be read as a whole: when it is a compound one, its blocks may be. */
  private inParts(block: Block, problem: SyntaxProblem | undefined): Stmt[] {
    const mayBeCompound = block.depth < MAX_RECOVERY_DEPTH && this.parses < MAX_PARSES;
    return (mayBeCompound ? this.compound(block) : undefined) ?? [this.bad(block.span, problem)];
  }

  /**
   * A compound statement with its blocks blanked out: when what is left can be read, the blocks are recovered each on its own.
   */
  private compound(block: Block): Stmt[] | undefined {
    const { headers, bodies } = this.split(block.span);
    if (bodies.length === 0 || headers.some((line) => line.fault !== undefined)) return undefined;
    const blanked = bodies.map((body) => ({ start: this.fullRange(body).start, end: this.range(body).end }));
    return this.parse(
      block,
      (nodes, shift) => {
        if (nodes.length !== 1 || !explainsLines(nodes, headers, this.text, shift)) return undefined;
        const blocks = new Map<number, readonly Stmt[]>();
        for (const span of bodies) {
          const indent = this.lines[span.from]?.indent ?? 0;
          blocks.set(this.range(span).start, this.block({ span, indent, depth: block.depth + 1 }));
        }
        const lowering = this.lowering(shift, block.depth, blocks);
        return nodes.map((node) => lowerStatement(lowering, node));
      },
      (text, start) => blankBlocks(text, start, blanked),
    );
  }

  /** The lines of a compound statement: its headers with one line for each of its blocks between, and the blocks. */
  private split(span: Span): { readonly headers: readonly LogicalLine[]; readonly bodies: readonly Span[] } {
    const base = this.lines[span.from]?.indent ?? 0;
    const headers: LogicalLine[] = [];
    const bodies: Span[] = [];
    for (let i = span.from; i < span.to; i++) {
      const line = this.lines[i];
      const last = bodies[bodies.length - 1];
      if (!line) continue;
      if (line.indent <= base) headers.push({ ...line, fault: line.fault ?? this.faults.get(i) });
      else if (last?.to === i) {
        bodies[bodies.length - 1] = { from: last.from, to: i + 1 };
        headers[headers.length - 1] = { ...(headers[headers.length - 1] as LogicalLine), end: line.end };
      } else {
        bodies.push({ from: i, to: i + 1 });
        headers.push({ ...line, fault: undefined });
      }
    }
    return { headers, bodies };
  }

  private lowering(shift: number, depth: number, blocks?: ReadonlyMap<number, readonly Stmt[]>): Lowering {
    const dispatch = {
      expression: lowerExpression,
      statements: (lowering: Lowering, node: TreeNode): readonly Stmt[] => {
        const [first] = parts(node);
        const start = first ? lowering.start(first) : -1;
        return blocks?.get(start) ?? this.hiddenBlock(start) ?? lowerStatements(lowering, node);
      },
    };
    return new Lowering(this.text, shift, this.problems, dispatch, depth);
  }

  private hiddenBlock(start: number): Stmt[] | undefined {
    const range = this.grammar.hidden.get(start);
    if (!range) return undefined;
    this.problems.push({ ...range, message: "nested too deeply to be read" });
    return [badStatement(this.text, range)];
  }

  /** Parses some lines and gives the statements found to `use`; the tree lives no longer than that. */
  private parse<T>(
    block: Block,
    use: (nodes: readonly TreeNode[], shift: number) => T,
    change: (text: string, start: number) => string = (text) => text,
  ): T {
    this.parses++;
    const full = this.fullRange(block.span);
    const code = change(this.grammar.text.slice(full.start, full.end), full.start);
    const prefix = block.indent > 0 ? WRAPPER : "";
    const tree = this.read(prefix + code);
    try {
      const shift = full.start - prefix.length;
      const root = new TreeNode(tree.root);
      const [wrapper] = root.parts;
      const isWrapped = prefix !== "" && wrapper?.type === "if_statement";
      return use(isWrapped ? (wrapper.parts[1]?.parts ?? []) : root.parts, shift);
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
    return this.firstFault(span) !== undefined;
  }

  private bad(span: Span, problem: SyntaxProblem | undefined): Stmt {
    const range = this.range(span);
    this.problems.push(this.firstFault(span) ?? this.missingValue(span) ?? problem ?? this.unknownProblem(span));
    return badStatement(this.text, range);
  }

  /** Half a line such as `DEBUG =` is what somebody is typing: it deserves the plainest message. */
  private missingValue(span: Span): SyntaxProblem | undefined {
    const end = this.lines[span.from]?.end ?? 0;
    if (span.to !== span.from + 1 || this.text.charAt(end - 1) !== "=") return undefined;
    return { start: end - 1, end, message: "a value is missing behind this =" };
  }

  private unknownProblem(span: Span): SyntaxProblem {
    const { start, end } = this.range({ from: span.from, to: span.from + 1 });
    return { start, end, message: "this statement cannot be read" };
  }

  private firstFault(span: Span): Fault | undefined {
    for (let i = span.from; i < span.to; i++) {
      const fault = this.lines[i]?.fault ?? this.faults.get(i);
      if (fault) return fault;
    }
    return undefined;
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
