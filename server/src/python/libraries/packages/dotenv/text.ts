import { table } from "../../../../base/table";
import { trim } from "../../../semantics/text";

/** A variable of a `.env` file; `undefined` for a line that names one without giving it a text. */
export type DotenvEntry = readonly [name: string, text: string | undefined];

/** The file as python-dotenv 1.2 reads it (its `parser.py`); lines that it cannot read are left out. */
export function parseDotenv(source: string): readonly DotenvEntry[] {
  const reader = new Reader(source.replace(/^\ufeff/, ""));
  const entries: DotenvEntry[] = [];
  while (reader.hasNext()) {
    const entry = reader.binding();
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  hasNext(): boolean {
    return this.at < this.text.length;
  }

  binding(): DotenvEntry | undefined {
    this.take(/\s*/y);
    if (!this.hasNext()) return undefined;
    const entry = this.assignment();
    const hasEnded = entry !== undefined && this.rest();
    if (hasEnded) return entry.name === undefined ? undefined : [entry.name, entry.text];
    this.take(/[^\r\n]*(?:\r|\n|\r\n)?/y);
    return undefined;
  }

  private assignment(): { readonly name: string | undefined; readonly text: string | undefined } | undefined {
    this.take(/(?:export[^\S\r\n]+)?/y);
    if (this.text[this.at] === "#") return { name: undefined, text: undefined };
    const name = this.text[this.at] === "'" ? this.take(/'([^']+)'/y)?.[1] : this.take(/([^=#\s]+)/y)?.[1];
    if (name === undefined) return undefined;
    this.take(/[^\S\r\n]*/y);
    const equals = this.take(/=[^\S\r\n]*/y);
    if (equals === undefined) return { name, text: undefined };
    if (equals[0].length > 1 && this.text[this.at] === "#") return { name, text: "" };
    const text = this.value();
    return text === undefined ? undefined : { name, text };
  }

  private value(): string | undefined {
    switch (this.text[this.at]) {
      case "'":
        return this.take(/'((?:\\[^]|[^'\\])*)'/y)?.[1]?.replace(/\\([\\'])/g, "$1");
      case '"':
        return this.take(/"((?:\\[^]|[^"\\])*)"/y)?.[1]?.replace(/\\([\\'"abfnrtv])/g, (_, mark: string) =>
          escape(mark),
        );
      case undefined:
      case "\n":
      case "\r":
        return "";
      default:
        return (this.take(/[^\r\n]*/y)?.[0] ?? "").replace(/(?<!\s)\s+#.*/, "").trimEnd();
    }
  }

  /** A comment and the line's end; false where something else stands there. */
  private rest(): boolean {
    this.take(/(?:[^\S\r\n]*#[^\r\n]*)?/y);
    return this.take(/[^\S\r\n]*(?:\r\n|\n|\r|$)/y) !== undefined;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }
}

const ESCAPES: Readonly<Record<string, string>> = table({
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
});

function escape(mark: string): string {
  return ESCAPES[mark] ?? mark;
}

/** A piece of a text: itself, or a variable that is to be put in, with the text for where there is none. */
export type Piece = string | { readonly name: string; readonly otherwise: string };

/** `${NAME}` and `${NAME:-text}` in a text: `\$\{([^}:]*)(?::-([^}]*))?\}`, each ended by the next brace. */
export function expansions(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const segments = text.split("}");
  const rest = segments.pop() ?? "";
  let plain = "";
  for (const segment of segments) {
    const start = variableStart(segment);
    plain += start < 0 ? `${segment}}` : segment.slice(0, start);
    if (start < 0) continue;
    if (plain !== "") pieces.push(plain);
    plain = "";
    const [name = "", ...otherwise] = segment.slice(start + 2).split(":-");
    pieces.push({ name, otherwise: otherwise.join(":-") });
  }
  return plain + rest === "" ? pieces : [...pieces, plain + rest];
}

/** Where the variable begins that ends with the segment, or -1: a colon in it belongs to `:-`. */
function variableStart(segment: string): number {
  for (let start = segment.indexOf("${"); start >= 0;) {
    const colon = segment.indexOf(":", start + 2);
    if (colon < 0 || segment[colon + 1] === "-") return start;
    start = segment.indexOf("${", colon);
  }
  return -1;
}

/** The file as django-environ's `read_env` reads it; later lines replace earlier ones. */
export function parseEnvironFile(source: string, withComments: boolean): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const line of source.split(/\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/)) {
    const found = /^(?:export )?([A-Za-z_0-9]+)=(.*)$/.exec(line);
    if (found !== null) entries.set(found[1] as string, environValue(found[2] as string, withComments));
  }
  return entries;
}

/** What `^\s*'(.*)'\s*(?:#.*\s*)?$` finds, without going back: the last quote counts behind which only a comment stands. */
function quotedBeforeComment(written: string): string | undefined {
  const text = written.trimStart();
  if (!text.startsWith("'")) return undefined;
  for (let end = text.lastIndexOf("'"); end > 0; end = text.lastIndexOf("'", end - 1))
    if (/^\s*(?:#|$)/.test(text.slice(end + 1))) return text.slice(1, end);
  return undefined;
}

function environValue(written: string, withComments: boolean): string {
  const text = withComments
    ? (quotedBeforeComment(written) ?? written.split("#", 1)[0] ?? written)
    : (/^'(.*)'$/.exec(written)?.[1] ?? written);
  const quoted = /^"(.*)"$/.exec(text)?.[1];
  if (quoted === undefined) return text;
  return quoted.replace(/\\(.)/g, (whole, mark: string) => ("rnt".includes(mark) ? whole : mark));
}

/** The file as python-decouple's `RepositoryEnv` reads it. */
export function parseDecoupleFile(source: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const written of source.split("\n")) {
    const line = trim(written);
    const cut = line.indexOf("=");
    if (line === "" || line.startsWith("#") || cut < 0) continue;
    const text = trim(line.slice(cut + 1));
    const quote = text[0];
    const isQuoted = text.length >= 2 && (quote === "'" || quote === '"') && text.endsWith(quote);
    entries.set(trim(line.slice(0, cut)), isQuoted ? text.slice(1, -1) : text);
  }
  return entries;
}
