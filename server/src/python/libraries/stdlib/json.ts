import { table } from "../../../base/table";
import { parseIntText } from "../../semantics/text";
import { PythonRaise } from "../../values/raise";
import { bool, float, int, list, NONE, str, type Value } from "../../values/value";
import { spend } from "../../values/fuel";
import { DictBuilder } from "../../values/dicts";

/** `json.loads(text)`: integers keep their digits, numbers with a point or exponent are floats. Throws JSONDecodeError. */
export function parseJson(text: string): Value {
  const reader = new Reader(text);
  const value = reader.value();
  reader.end();
  return value;
}

/** One token of JSON as Python's decoder reads it (Python docs, "json"): `NaN` and infinities are numbers. */
const TOKEN =
  /[ \t\n\r]*(?:([[\]{},:])|("(?:[^"\\\u0000-\u001f]|\\.)*")|(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?|(true|false|null|NaN|-?Infinity))/y;
const MAX_DEPTH = 100;

class Reader {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(): Value {
    const [, mark, string, whole, fraction, exponent, word] = this.token();
    if (string !== undefined) return str(unescaped(string));
    if (whole !== undefined)
      return fraction === undefined && exponent === undefined
        ? int(parseIntText(whole))
        : float(Number(whole + (fraction ?? "") + (exponent ?? "")));
    if (word !== undefined) return WORDS[word] ?? invalid();
    this.depth += 1;
    if (this.depth > MAX_DEPTH) return invalid();
    const container = mark === "[" ? this.items() : mark === "{" ? this.entries() : invalid();
    this.depth -= 1;
    return container;
  }

  end(): void {
    if (/[^ \t\n\r]/.test(this.text.slice(this.at))) invalid();
  }

  private token(): RegExpExecArray {
    spend(2);
    TOKEN.lastIndex = this.at;
    const found = TOKEN.exec(this.text);
    if (found === null) return invalid();
    this.at = TOKEN.lastIndex;
    return found;
  }

  /** Whether the next token is this mark, which is then read. */
  private skips(mark: string): boolean {
    const before = this.at;
    TOKEN.lastIndex = before;
    const isNext = TOKEN.exec(this.text)?.[1] === mark;
    this.at = isNext ? TOKEN.lastIndex : before;
    return isNext;
  }

  private items(): Value {
    const values: Value[] = [];
    if (this.skips("]")) return list(values);
    do values.push(this.value());
    while (this.skips(","));
    return this.skips("]") ? list(values) : invalid();
  }

  private entries(): Value {
    const dict = new DictBuilder();
    if (this.skips("}")) return dict.dict;
    do {
      const string = this.token()[2];
      if (string === undefined || !this.skips(":")) return invalid();
      dict.put({
        key: str(unescaped(string)),
        value: this.value(),
        site: undefined,
        valueSite: undefined,
      });
    } while (this.skips(","));
    return this.skips("}") ? dict.dict : invalid();
  }
}

const WORDS: Readonly<Record<string, Value>> = table({
  true: bool(true),
  false: bool(false),
  null: NONE,
  NaN: float(Number.NaN),
  Infinity: float(Number.POSITIVE_INFINITY),
  "-Infinity": float(Number.NEGATIVE_INFINITY),
});

/** The escapes are the same in JavaScript's decoder. */
function unescaped(string: string): string {
  try {
    return JSON.parse(string) as string;
  } catch {
    return invalid();
  }
}

function invalid(): never {
  throw new PythonRaise("JSONDecodeError");
}
