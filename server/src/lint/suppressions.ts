import { smallest } from "../base/lists";
import { LineIndex, type Range } from "../base/text";
import type { Module } from "../syntax/ast";
import type { Category } from "./finding";
import { logicalLines, type LogicalLine } from "./logicalLines";

/** One rule id inside the brackets of a suppression comment. */
export interface SuppressedId {
  readonly id: string;
  readonly range: Range;
}

/** Why a comment that is meant to suppress something suppresses nothing. */
export type DirectiveProblem =
  /** `ignore` without brackets, or with nothing in them. */
  | "no-rules"
  /** Neither `ignore` nor `file-ignore`. */
  | "unknown-word"
  /** `file-ignore` below the first statement. */
  | "not-at-top";

/** A comment `# django-settings-lint: ...`. */
export interface Directive {
  readonly word: string;
  /** From its `#` to the end of its reason. */
  readonly range: Range;
  /** Without the reason: where more ids can be added before the closing bracket. */
  readonly brackets: Range | undefined;
  readonly ids: readonly SuppressedId[];
  /** The text after `--`. */
  readonly reason: string | undefined;
  readonly problem: DirectiveProblem | undefined;
  /** The stretches of the file in which findings are suppressed. */
  readonly covers: readonly Range[];
}

/** A directive and what it did, for the rules about suppressions. */
export interface SuppressionUse {
  readonly directive: Directive;
  readonly ids: readonly {
    readonly id: string;
    readonly range: Range;
    readonly isKnown: boolean;
    /** A rule with a similar id. */
    readonly similar: string | undefined;
    /** Whether a finding was suppressed by it. */
    readonly isUsed: boolean;
    /** Whether that could be told: its rule was run, and the file could be read in full. */
    readonly isJudged: boolean;
  }[];
}

const DIRECTIVE = /#[ \t]*django-settings-lint:[ \t]*([\w-]*)[ \t]*(\[([^\]\r\n]*)\])?(?:[ \t]*--[ \t]*([^\r\n]*))?/g;

/** The suppression comments of one file, its own and those of other tools that are honoured. */
export class FileSuppressions {
  readonly directives: readonly Directive[];
  private readonly foreign: readonly ForeignDirective[];

  /** `module` is absent for files that are not Python; there `#` begins a comment, too. */
  constructor(text: string, module: Module | undefined) {
    const layout = new Layout(text, module);
    const comments = module === undefined ? lineComments(text) : module.comments;
    this.directives = comments.flatMap((comment) => directivesIn(text, comment, layout));
    this.foreign = module === undefined ? [] : comments.flatMap((comment) => foreignIn(text, comment, layout));
  }

  /** The directives that suppress a rule's findings at an offset. */
  at(rule: string, offset: number): readonly Directive[] {
    return this.directives.filter(
      (directive) => directive.ids.some(({ id }) => id === rule) && covers(directive.covers, offset),
    );
  }

  /** Whether a `# noqa` or `# nosec` at an offset is meant for findings of this kind. */
  isForeign(category: Category, offset: number): boolean {
    return this.foreign.some((one) => one.isOfSecurity === (category === "security") && covers(one.covers, offset));
  }
}

function covers(ranges: readonly Range[], offset: number): boolean {
  return ranges.some((range) => range.start <= offset && offset < range.end);
}

interface ForeignDirective {
  /** Meant for findings about security only, or for all others only. */
  readonly isOfSecurity: boolean;
  readonly covers: readonly Range[];
}

/**
 * `# nosec`, a bare `# noqa`, and `# noqa: S105` with codes of flake8-bandit, with or without the colon. On imports `# noqa` means the
 * import. A bare one stands there for a long line or a name of a star import nearly always: what is insecure is told all the same.
 */
function foreignIn(text: string, comment: Range, layout: Layout): readonly ForeignDirective[] {
  const written = text.slice(comment.start, comment.end);
  const found: ForeignDirective[] = [];
  const noqa = /#[ \t]*noqa\b[ \t]*(?:(?::[ \t]*)?\b([A-Z]+[0-9]+(?:[, \t]+[A-Z]+[0-9]+)*))?/i.exec(written);
  if (noqa !== null && !layout.isImport(comment.start)) {
    const codes = noqa[1]?.toUpperCase().split(/[, \t]+/);
    const isSecurity = codes?.some((code) => /^S\d/.test(code)) === true;
    if (codes === undefined || isSecurity) {
      found.push({ isOfSecurity: isSecurity, covers: layout.coverage(comment.start) });
    }
  }
  if (/#[ \t]*nosec\b/i.test(written)) found.push({ isOfSecurity: true, covers: layout.coverage(comment.start) });
  return found;
}

function directivesIn(text: string, comment: Range, layout: Layout): readonly Directive[] {
  const written = text.slice(comment.start, comment.end);
  return [...written.matchAll(DIRECTIVE)].map((match) => readDirective(match, comment, layout));
}

function readDirective(match: RegExpExecArray, comment: Range, layout: Layout): Directive {
  const start = comment.start + match.index;
  const word = match[1] ?? "";
  const open = match[0].indexOf("[");
  const brackets = match[2] === undefined ? undefined : { start: start + open, end: start + open + match[2].length };
  const ids = brackets === undefined ? [] : readIds(match[3] ?? "", brackets.start + 1);
  const reason = match[4]?.trim();
  const isFileWide = word === "file-ignore";
  const problem =
    word !== "ignore" && !isFileWide
      ? "unknown-word"
      : ids.length === 0
        ? "no-rules"
        : isFileWide && !layout.isAtTop(start)
          ? "not-at-top"
          : undefined;
  const range = { start, end: start + match[0].trimEnd().length };
  const reach = isFileWide ? [{ start: 0, end: Infinity }] : layout.coverage(comment.start);
  return {
    word,
    range,
    brackets,
    ids: problem === undefined ? ids : [],
    reason: reason === "" ? undefined : reason,
    problem,
    covers: problem === undefined ? reach : [],
  };
}

function readIds(list: string, at: number): readonly SuppressedId[] {
  return [...list.matchAll(/[^,\s]+/g)].map((match) => {
    const start = at + match.index;
    return { id: match[0], range: { start, end: start + match[0].length } };
  });
}

/** Comments of files that are not Python: from a `#` at the line's start or after a blank. */
function lineComments(text: string): readonly Range[] {
  return [...text.matchAll(/(?<=^|[ \t])#[^\r\n]*/gm)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Where the code of a file stands, to tell what a comment is about: worked out once, because each line may have one. */
class Layout {
  private readonly lines: LineIndex;
  /** The logical lines that stand on a line, wholly or in part. */
  private readonly logical = new Map<number, LogicalLine[]>();
  private readonly isPython: boolean;
  /** The first line with more than a comment or the docstring. */
  private readonly firstCode: number;
  /** For each line the next one, itself included, that is no comment on a line of its own. */
  private readonly noComment: readonly number[];

  constructor(text: string, module: Module | undefined) {
    this.lines = new LineIndex(text);
    this.isPython = module !== undefined;
    const { lineCount } = this.lines;
    const logical = module === undefined ? [] : logicalLines(module, this.lines);
    for (const one of logical)
      for (let line = one.firstLine; line <= one.lastLine; line += 1) {
        const known = this.logical.get(line);
        if (known === undefined) this.logical.set(line, [one]);
        else known.push(one);
      }
    const noComment = Array.from({ length: lineCount + 1 }, (_, line) => line);
    let firstText = lineCount;
    for (let line = lineCount - 1; line >= 0; line -= 1) {
      const text = this.lines.lineText(line).trimStart();
      if (text.startsWith("#")) noComment[line] = noComment[line + 1] ?? lineCount;
      else if (text !== "") firstText = line;
    }
    this.noComment = noComment;
    const code = logical.filter((one) => !one.isDocstring).map((one) => one.firstLine);
    this.firstCode = this.isPython ? smallest(code, Infinity) : firstText;
  }

  /** Whether only comments, blank lines and the docstring stand above. */
  isAtTop(offset: number): boolean {
    const { line } = this.lines.position(offset);
    return this.isPython ? line < this.firstCode : line <= this.firstCode;
  }

  isImport(offset: number): boolean {
    const { line } = this.lines.position(offset);
    return this.on(line).some((one) => one.isImport);
  }

  /** What a comment at this offset is about. */
  coverage(offset: number): readonly Range[] {
    const { line, column } = this.lines.position(offset);
    const isAlone = this.lines.lineText(line).slice(0, column).trim() === "";
    return isAlone ? this.below(line) : this.beside(line);
  }

  /** A trailing comment: its line, and the statements that begin or end on it. */
  private beside(line: number): readonly Range[] {
    const touching = this.on(line).filter((one) => one.firstLine === line || one.lastLine === line);
    return [this.lineRange(line), ...touching.map((one) => this.wholeLines(one))];
  }

  /** A comment on a line of its own: the statement below it; inside a statement only the next line. */
  private below(line: number): readonly Range[] {
    const next = this.noComment[line + 1] ?? this.lines.lineCount;
    if (next >= this.lines.lineCount) return [];
    const isInside = this.on(line).some((one) => one.firstLine < line && line < one.lastLine);
    if (isInside || !this.isPython) return [this.lineRange(next)];
    return this.on(next)
      .filter((one) => one.firstLine === next)
      .map((one) => this.wholeLines(one));
  }

  private on(line: number): readonly LogicalLine[] {
    return this.logical.get(line) ?? [];
  }

  private wholeLines(one: LogicalLine): Range {
    return { start: this.lines.lineStart(one.firstLine), end: this.lines.lineEnd(one.lastLine) + 1 };
  }

  private lineRange(line: number): Range {
    return { start: this.lines.lineStart(line), end: this.lines.lineEnd(line) + 1 };
  }
}

/** The rule id of a suppression comment that stands at an offset, for hover and completion. */
export function suppressionAt(text: string, offset: number): SuppressedId | undefined {
  const lines = new LineIndex(text);
  const { line } = lines.position(offset);
  const start = lines.lineStart(line);
  for (const match of lines.lineText(line).matchAll(DIRECTIVE)) {
    if (match[2] === undefined) continue;
    const ids = readIds(match[3] ?? "", start + match.index + match[0].indexOf("[") + 1);
    const found = ids.find(({ range }) => range.start <= offset && offset <= range.end);
    if (found !== undefined) return found;
  }
  return undefined;
}
