import { PythonRaise } from "../../values/raise";
import { parseIntText } from "../../semantics/text";
import { bool, float, int, list, NONE, str, tuple, unknown, type Value } from "../../values/value";
import { DictBuilder } from "../../values/dicts";

/**
 * `ast.literal_eval(text)` for plain displays: numbers, texts in quotes without escapes, `True`, `False`, `None`, lists,
 * tuples and dicts of them. Throws for a text that is certainly none; what is not sure is unknown.
 */
export function literalEval(text: string): Value {
  const trimmed = text.replace(/^[ \t]+/, "").trimEnd();
  if (isName(trimmed)) throw new PythonRaise("ValueError");
  const reader = new Reader(trimmed);
  const value = reader.value();
  if (value !== undefined && reader.isAtEnd()) return value;
  return unknown("unsupported", "ast.literal_eval() of a text of this form");
}

/** A name that is no keyword. */
function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text) && !KEYWORDS.has(text);
}

const KEYWORDS = new Set(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
);

/** Whether a text is certainly no literal, whatever exception it would raise: names and what is made of them with marks. */
export function isNoLiteral(text: string): boolean {
  return /^[A-Za-z_][\w./: -]*$/.test(text) && !/^(None|True|False)\b/.test(text);
}

const MAX_DEPTH = 40;
const NUMBER = /[-+]?(?:\d+\.\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\d+(?:_\d+)*)(?![\w.])/y;
const TEXT = /"([^"\\\n]*)"|'([^'\\\n]*)'/y;
const WORD = /True\b|False\b|None\b/y;

class Reader {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  value(): Value | undefined {
    this.depth += 1;
    const value = this.depth > MAX_DEPTH ? undefined : this.display();
    this.depth -= 1;
    return value;
  }

  private display(): Value | undefined {
    const word = this.take(WORD)?.[0];
    if (word !== undefined) return word === "None" ? NONE : bool(word === "True");
    const quoted = this.take(TEXT);
    if (quoted !== undefined) return str(quoted[1] ?? quoted[2] ?? "");
    const digits = this.take(NUMBER)?.[0];
    if (digits !== undefined) return numberOf(digits);
    if (this.skip("[")) return this.items("]", list);
    if (this.skip("(")) return this.items(")", tuple);
    return this.skip("{") ? this.entries() : undefined;
  }

  private items(end: string, make: (values: readonly Value[]) => Value): Value | undefined {
    const values: Value[] = [];
    let hasComma = false;
    while (!this.skip(end)) {
      if (values.length > 0 && !hasComma) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      values.push(value);
      hasComma = this.skip(",");
    }
    // `(1)` is no tuple.
    const [only] = values;
    return end === ")" && values.length === 1 && !hasComma && only !== undefined ? only : make(values);
  }

  private entries(): Value | undefined {
    const result = new DictBuilder();
    let hasComma = true;
    while (!this.skip("}")) {
      if (!hasComma) return undefined;
      const key = this.value();
      if (key === undefined || key.kind === "list" || key.kind === "dict" || !this.skip(":")) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      result.add(key, value, undefined);
      hasComma = this.skip(",");
    }
    return result.dict;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    this.blanks();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    this.blanks();
    return found;
  }

  private skip(mark: string): boolean {
    this.blanks();
    const isNext = this.text.startsWith(mark, this.at);
    if (isNext) this.at += mark.length;
    this.blanks();
    return isNext;
  }

  /** Line ends are blanks inside of brackets only. */
  private blanks(): void {
    const blank = this.depth > 1 ? /[ \t\n]*/y : /[ \t]*/y;
    blank.lastIndex = this.at;
    blank.exec(this.text);
    this.at = blank.lastIndex;
  }
}

function numberOf(text: string): Value | undefined {
  if (/[.eE]/.test(text)) return text.includes("_") ? undefined : float(Number(text));
  // A number must not begin with a zero, except for zero itself.
  if (/^[-+]?0\d/.test(text)) return undefined;
  return int(parseIntText(text));
}
