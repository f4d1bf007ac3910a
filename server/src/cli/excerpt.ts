import type { LineIndex, Range } from "../base/text";
import { displayWidth, expandTabs, truncate } from "./layout";
import { mayHoldSecret, MASK, maskShapes } from "../features/masking";

/** A line of source with a mark under the part that matters, ready to print. */
export interface Excerpt {
  readonly line: number;
  readonly source: string;
  readonly mark: string;
}

/** The excerpt ends here in a very long (generated, minified) line. */
const MAX_COLUMNS = 160;

/**
 * The first line of a range, masked, with carets under the range as far as it stands in this line. `isSecret`: the finding is
 * about a secret, so all its strings are masked whatever the names in it. Gives `undefined` for an empty line.
 */
export function excerptOf(index: LineIndex, range: Range, isSecret: boolean): Excerpt | undefined {
  const { line } = index.position(range.start);
  const start = index.lineStart(line);
  const text = index.lineText(line);
  if (text.trim() === "") return undefined;
  const from = range.start - start;
  const to = Math.max(Math.min(range.end - start, text.trimEnd().length), from);
  const parts = maskLine(text, isSecret, [from, to]);
  const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
  const cut = Math.min(indent.length, from);
  const before = expandTabs(parts[0].slice(cut));
  const marked = expandTabs(parts[1], displayWidth(before));
  const after = expandTabs(parts[2], displayWidth(before + marked));
  const beforeWidth = displayWidth(before);
  if (beforeWidth > MAX_COLUMNS - 20)
    return { line: line + 1, source: truncate(marked + after, MAX_COLUMNS), mark: carets(marked) };
  return {
    line: line + 1,
    source: truncate(before + marked + after, MAX_COLUMNS),
    mark: " ".repeat(beforeWidth) + carets(marked, MAX_COLUMNS - beforeWidth),
  };
}

function carets(marked: string, most = MAX_COLUMNS): string {
  return "^".repeat(Math.min(Math.max(displayWidth(marked), 1), most));
}

/** Python source without the string literals that stand on a line with a secret's name, and without secrets by shape. */
export function maskSource(source: string): string {
  return source.replace(/[^\r\n]+/g, (line) => maskLine(line, false, [line.length, line.length])[0]);
}

interface Literal {
  readonly start: number;
  readonly end: number;
  /** Where the text between the quotes begins and ends. */
  readonly inner: Range;
}

/** Splits a line at the range's ends with the contents of secret string literals replaced, so that the parts stay under their marks. */
function maskLine(
  line: string,
  isSecret: boolean,
  range: readonly [number, number],
): readonly [string, string, string] {
  const literals = findLiterals(line);
  const code = blankOut(line, literals);
  const comment = code.indexOf("#");
  const masksAll = isSecret || namesIn(line, code, literals).some(mayHoldSecret);
  const parts: [string, string, string] = ["", "", ""];
  const put = (text: string, at: number): void => {
    const part = at < range[0] ? 0 : at < range[1] ? 1 : 2;
    parts[part] += text;
  };
  let next = 0;
  const replacements = literals.filter((literal) => masksAll && holdsSecret(line, code, literal));
  for (let at = 0; at < line.length;) {
    const literal = replacements[next];
    if (masksAll && comment >= 0 && at >= comment) {
      // A comment beside a secret may hold the former one.
      put("# …", at);
      break;
    }
    if (literal !== undefined && at === literal.inner.start) {
      put(MASK, at);
      at = Math.max(literal.inner.end, at);
      next += 1;
      if (literal.inner.end === literal.inner.start) continue;
    } else {
      put(line[at] ?? "", at);
      at += 1;
    }
  }
  return [maskShapes(parts[0]), maskShapes(parts[1]), maskShapes(parts[2])];
}

/** String literals of one line; one that is not closed here (a triple-quoted one, broken code) reaches to the line's end. */
function findLiterals(line: string): readonly Literal[] {
  const literals: Literal[] = [];
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (character === "#") break;
    if (character !== '"' && character !== "'") continue;
    const quote = line.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
    const from = at + quote.length;
    let to = from;
    while (to < line.length && !line.startsWith(quote, to)) to += line[to] === "\\" ? 2 : 1;
    to = Math.min(to, line.length);
    literals.push({ start: at, end: Math.min(to + quote.length, line.length), inner: { start: from, end: to } });
    at = to + quote.length - 1;
  }
  return literals;
}

/** The line with the literals' insides as spaces, so that code can be told from text by position. */
function blankOut(line: string, literals: readonly Literal[]): string {
  let code = line;
  for (const { start, end } of literals) code = code.slice(0, start) + "_".repeat(end - start) + code.slice(end);
  return code;
}

function namesIn(line: string, code: string, literals: readonly Literal[]): readonly string[] {
  const names = [...code.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)].map((match) => match[0]);
  return [
    ...names,
    ...literals.map(({ inner }) => line.slice(inner.start, inner.end)).filter((text) => /^\w+$/.test(text)),
  ];
}

/** Everything but an empty text, a dictionary's key, and the name of a variable, key or scheme handed to a call or subscript. */
function holdsSecret(line: string, code: string, literal: Literal): boolean {
  const text = line.slice(literal.inner.start, literal.inner.end);
  if (text === "") return false;
  if (/^\s*:/.test(code.slice(literal.end)) && literal.end < code.length) return false;
  const isArgument = /[\w\])]\s*[([]\s*[rRbBuUfF]*$/.test(code.slice(0, literal.start));
  return !(isArgument && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(text) && !/^A[KS]IA/.test(text));
}
