import type { Range } from "../base/text";

/** A logical line: what the tokenizer of CPython would end with one NEWLINE token. Offsets are those of the text. */
export interface LogicalLine {
  /** Where its first physical line begins, indentation included. */
  readonly lineStart: number;
  /** Where its first token begins. */
  readonly start: number;
  /** Where its last token ends, a comment behind it not included. */
  readonly end: number;
  /** Its indentation in columns; a tab goes to the next multiple of eight. */
  readonly indent: number;
  /** Its first identifier or keyword, or the character it begins with. */
  readonly firstWord: string;
  /** Whether it ends with a colon outside of brackets. */
  readonly opensBlock: boolean;
  /** What is wrong with it for certain. */
  readonly fault: Fault | undefined;
  /** It is no Python, and the parser would take quadratic time to find out. */
  readonly isEndless: boolean;
}

export interface Fault extends Range {
  readonly message: string;
}

export interface Scan {
  readonly lines: readonly LogicalLine[];
  readonly comments: readonly Range[];
}

/** How deep f-strings may stand in f-strings for the scanner to follow; tree-sitter's scanner has its own limit. */
const MAX_FORMATTED_DEPTH = 50;

const STATEMENT_WORDS: ReadonlySet<string> = new Set(
  (
    "import from def class return raise pass del assert global nonlocal while try with break continue " +
    "elif except finally"
  ).split(" "),
);

/** Words that go on with an expression begun before. */
const OPERATOR_WORDS: ReadonlySet<string> = new Set("and or not in is if else for async".split(" "));

/** Words of which a statement has few, and each of which is a new way for the parser to go on after a mistake. */
const COUNTED_WORDS: ReadonlySet<string> = new Set([...STATEMENT_WORDS, "for", "lambda"]);

/** A logical line with more such words is not parsed: 20,000 of them behind a mistake would take two seconds, twice as many eight. */
const MAX_COUNTED_WORDS = 2000;

const WORD = /[\p{ID_Start}_]\p{ID_Continue}*/uy;

/** The identifier or keyword that begins at an offset, if one does. */
function wordAt(text: string, offset: number): string | undefined {
  WORD.lastIndex = offset;
  return WORD.exec(text)?.[0];
}

const ASSIGNMENT = /^[\w.]+(?:\[[^\]]*\])*\s*(?::[^=]*)?(?:[-+*/%&|^@]|\/\/|\*\*|<<|>>)?=(?!=)/;

/**
 * Splits a text into logical lines and comments in one pass. It is tolerant: a string that does not end stops at the end of
 * its line, and a bracket that does not end stops before the next line that plainly begins a statement.
 *
 * Tree-sitter alone is not enough: its grammar takes a line break for a blank in many places where CPython ends the
 * statement (`A =` and `B = 1` below it become `A = B = 1`), and it does not check indentation.
 */
export function scan(text: string): Scan {
  return new Scanner(text).run();
}

/** The logical lines of a text from an offset on at which one begins, each found when it is asked for. */
export function* logicalLines(text: string, from: number): Generator<LogicalLine> {
  yield* new Scanner(text, from).each();
}

class Scanner {
  private position: number;
  private readonly lines: LogicalLine[] = [];
  private readonly comments: Range[] = [];
  private fault: Fault | undefined;
  private countedWords = 0;

  private readonly text: string;

  constructor(text: string, from = 0) {
    this.text = text;
    this.position = from;
  }

  run(): Scan {
    while (this.position < this.text.length) this.logicalLine();
    return { lines: this.lines, comments: this.comments };
  }

  *each(): Generator<LogicalLine> {
    while (this.position < this.text.length) {
      this.logicalLine();
      const line = this.lines.pop();
      if (line !== undefined) yield line;
    }
  }

  private logicalLine(): void {
    const { text } = this;
    const lineStart = this.position;
    const indent = this.indentation();
    const start = this.position;
    this.fault = undefined;
    this.countedWords = 0;
    const { end, last } = this.tokens(start, indent);
    if (end === start) return;
    const isEndless = this.countedWords > MAX_COUNTED_WORDS;
    if (isEndless) this.fault = { start, end, message: "this line has too many statements to be read" };
    this.lines.push({
      lineStart,
      start,
      end,
      indent,
      firstWord: wordAt(text, start) ?? text.charAt(start),
      opensBlock: last === ":",
      fault: this.fault,
      isEndless,
    });
  }

  /** Goes over blanks at the beginning of a line and gives the column reached. */
  private indentation(): number {
    let column = 0;
    for (; this.position < this.text.length; this.position++) {
      const unit = this.text[this.position];
      if (unit === " ") column++;
      else if (unit === "\t") column += 8 - (column % 8);
      else if (unit === "\f") column = 0;
      else break;
    }
    return column;
  }

  /** Goes over one logical line, its line break included. `last` is its last character outside of brackets. */
  private tokens(start: number, indent: number): { readonly end: number; readonly last: string } {
    const { text } = this;
    const open: number[] = [];
    let end = start;
    let last = "";
    while (this.position < text.length) {
      const unit = text.charAt(this.position);
      if (unit === "\n" || unit === "\r") {
        const bracket = open[open.length - 1];
        if (bracket === undefined) break;
        if (this.statementFollows(this.position, indent, text.charAt(bracket), text.charAt(end - 1))) break;
        this.position++;
      } else if (unit === "#") this.comment();
      else if (unit === "\\" && /[\r\n]/.test(text.charAt(this.position + 1))) this.continuation();
      else if (unit === " " || unit === "\t" || unit === "\f") this.position++;
      else {
        last = open.length > 0 ? "" : unit;
        if (unit === '"' || unit === "'") this.string(indent);
        else if (!this.word()) {
          if ("([{".includes(unit)) open.push(this.position);
          else if (")]}".includes(unit)) open.pop();
          this.position++;
        }
        end = this.position;
      }
    }
    const unclosed = open[open.length - 1];
    if (unclosed !== undefined) this.unclosed(unclosed);
    this.lineBreak();
    return { end, last };
  }

  /** Goes over a word, if there is one. */
  private word(): boolean {
    const word = wordAt(this.text, this.position);
    if (word === undefined) return false;
    if (COUNTED_WORDS.has(word)) this.countedWords += 1;
    this.position += word.length;
    return true;
  }

  private unclosed(at: number): void {
    this.fault ??= { start: at, end: at + 1, message: `this ${this.text.charAt(at)} is never closed` };
  }

  private lineBreak(): void {
    if (this.text[this.position] === "\r") this.position++;
    if (this.text[this.position] === "\n") this.position++;
  }

  private continuation(): void {
    this.position++;
    this.lineBreak();
  }

  private comment(): void {
    const start = this.position;
    while (this.position < this.text.length && !/[\r\n]/.test(this.text.charAt(this.position))) this.position++;
    this.comments.push({ start, end: this.position });
  }

  /**
   * Whether, inside brackets, the line behind the line break at `lineBreak` plainly begins a statement: it stands no deeper
   * than the statement that has the brackets, and no expression could go on like this. `bracket` is the innermost open
   * bracket, `previous` the last token's last character.
   */
  private statementFollows(lineBreak: number, indent: number, bracket: string, previous: string): boolean {
    const line = this.physicalLine(lineBreak);
    if (!line || line.blanks > indent) return false;
    const word = wordAt(line.code, 0);
    if (word === undefined) return /^@\w/.test(line.code);
    if (STATEMENT_WORDS.has(word) || /^(?:if|for|else|async)\b.*:$/.test(line.code)) return true;
    const isAssignment = ASSIGNMENT.test(line.code);
    // In parentheses an assignment may be a keyword argument.
    if (isAssignment && (bracket !== "(" || !/[,(]/.test(previous))) return true;
    if (!isAssignment && !/^[\w.]+\(.*\)$/.test(line.code)) return false;
    return !/[,([{=+\-*/%|&^@<>\\]$/.test(line.code) && this.beginsOperand(line.end);
  }

  /** Whether the next line that is not blank begins as only an operand or a statement does, or there is none. */
  private beginsOperand(from: number): boolean {
    for (let line = this.physicalLine(from); line; line = this.physicalLine(line.end)) {
      if (line.code === "") continue;
      const word = wordAt(line.code, 0);
      return line.code.startsWith("@") || (word !== undefined && !OPERATOR_WORDS.has(word));
    }
    return true;
  }

  /** The physical line behind a line break, without indentation and comment. */
  private physicalLine(
    lineBreak: number,
  ): { readonly blanks: number; readonly code: string; readonly end: number } | undefined {
    if (lineBreak >= this.text.length) return undefined;
    const start = lineBreak + (this.text.startsWith("\r\n", lineBreak) ? 2 : 1);
    const end = this.endOfLine(start);
    const whole = this.text.slice(start, end);
    const code = whole.trimStart();
    const blanks = whole.slice(0, whole.length - code.length).replaceAll("\t", "        ").length;
    return { blanks, code: code.replace(/#.*$/s, "").trimEnd(), end };
  }

  /** Goes over a string literal whose opening quote is at the position. */
  private string(indent: number): void {
    const { text } = this;
    const start = this.position;
    const prefix = /(?<![\w])[a-zA-Z]{1,2}$/.exec(text.slice(Math.max(0, start - 3), start))?.[0] ?? "";
    const quote = text.charAt(start);
    const isTriple = text.startsWith(quote.repeat(3), start);
    const quotes = isTriple ? quote.repeat(3) : quote;
    const isFormatted = /[ft]/i.test(prefix);
    const end = isFormatted ? this.formattedEnd(start, quotes, indent, 0) : this.plainEnd(start, quotes);
    if (end !== undefined) {
      this.position = end;
      return;
    }
    this.fault ??= { start, end: start + quotes.length, message: "this string is never closed" };
    this.position = this.endOfLine(start);
  }

  private endOfLine(from: number): number {
    const lineBreak = /[\r\n]|$/g;
    lineBreak.lastIndex = from;
    return lineBreak.exec(this.text)?.index ?? this.text.length;
  }

  /** The offset behind a string's closing quotes, or `undefined` when there are none. */
  private plainEnd(start: number, quotes: string): number | undefined {
    const { text } = this;
    for (let i = start + quotes.length; i < text.length; i++) {
      const unit = text[i];
      if (unit === "\\") i += text.startsWith("\r\n", i + 1) ? 2 : 1;
      else if (unit === quotes[0] && text.startsWith(quotes, i)) return i + quotes.length;
      else if (quotes.length === 1 && (unit === "\n" || unit === "\r")) return undefined;
    }
    return undefined;
  }

  /** As {@link plainEnd} for an f-string, whose fields may hold strings with the same quotes (PEP 701). */
  private formattedEnd(start: number, quotes: string, indent: number, depth: number): number | undefined {
    const { text } = this;
    let i = start + quotes.length;
    while (i < text.length) {
      const unit = text.charAt(i);
      if (unit === quotes[0] && text.startsWith(quotes, i)) return i + quotes.length;
      if (quotes.length === 1 && (unit === "\n" || unit === "\r")) return undefined;
      if (unit === "\\")
        i += text.startsWith("\\\r\n", i) ? 3 : text.startsWith("\\{", i) || text.startsWith("\\}", i) ? 1 : 2;
      else if (text.startsWith("{{", i) || text.startsWith("}}", i)) i += 2;
      else if (unit === "{") {
        const end = this.fieldEnd(i, quotes, indent, depth);
        if (end === undefined) return undefined;
        i = end;
      } else i++;
    }
    return undefined;
  }

  /** The offset behind the `}` of a field that begins at `start`. */
  private fieldEnd(start: number, quotes: string, indent: number, depth: number): number | undefined {
    if (depth >= MAX_FORMATTED_DEPTH) return undefined;
    const { text } = this;
    let brackets = 0;
    let i = start + 1;
    while (i < text.length) {
      const unit = text.charAt(i);
      if (unit === "}" && brackets === 0) return i + 1;
      if (unit === ":" && brackets === 0) return this.specificationEnd(i + 1, quotes, indent, depth);
      if ("([{".includes(unit)) brackets++;
      else if (")]}".includes(unit)) brackets--;
      if (unit === "#") i = this.endOfLine(i);
      else if (unit === '"' || unit === "'") {
        const end = this.nestedString(i, quotes, indent, depth);
        if (end === undefined) return undefined;
        i = end;
      } else if ((unit === "\n" || unit === "\r") && quotes.length === 1) {
        if (this.statementFollows(i, indent, "{", "")) return undefined;
        i++;
      } else i++;
    }
    return undefined;
  }

  private nestedString(at: number, outer: string, indent: number, depth: number): number | undefined {
    const { text } = this;
    const quote = text.charAt(at);
    const isTriple = text.startsWith(quote.repeat(3), at) && outer !== quote.repeat(3);
    const quotes = isTriple ? quote.repeat(3) : quote;
    const prefix = /(?<!\w)[a-zA-Z]{1,2}$/.exec(text.slice(Math.max(0, at - 3), at))?.[0] ?? "";
    return /[ft]/i.test(prefix) ? this.formattedEnd(at, quotes, indent, depth + 1) : this.plainEnd(at, quotes);
  }

  /** A format specification ends at `}`; only `{` has a meaning in it. */
  private specificationEnd(start: number, quotes: string, indent: number, depth: number): number | undefined {
    const { text } = this;
    let i = start;
    while (i < text.length) {
      const unit = text.charAt(i);
      if (unit === "}") return i + 1;
      if (unit === quotes[0] && text.startsWith(quotes, i)) return undefined;
      if (quotes.length === 1 && (unit === "\n" || unit === "\r")) return undefined;
      if (unit === "{") {
        const end = this.fieldEnd(i, quotes, indent, depth + 1);
        if (end === undefined) return undefined;
        i = end;
      } else i++;
    }
    return undefined;
  }
}
