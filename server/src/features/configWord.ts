import type { Range } from "../base/text";

/** What a person points at, or is writing, in a TOML file. */
export interface ConfigWord {
  readonly part: "key" | "value";
  /** The keys from the top of the file that lead to it: those before a key, for a value its own. */
  readonly path: readonly string[];
  /** The whole word without quotes; empty where none is begun. */
  readonly text: string;
  readonly range: Range;
  readonly isQuoted: boolean;
  /** In which kind of header it stands: that of a table, or of an element of an array of tables. */
  readonly header: "table" | "element" | undefined;
}

const HEADER = /^[ \t]*(\[\[?)([^[\]\n]*)/;

/**
 * The word at an offset (UTF-16 code units). A file that is being written is seldom valid TOML, so this reads on from the
 * nearest header above and parses nothing else. `undefined` in comments and between words.
 */
export function configWordAt(text: string, offset: number): ConfigWord | undefined {
  const line = lineStart(text, offset);
  const own = isHeader(text, line) ? HEADER.exec(text.slice(line, offset)) : null;
  if (own !== null) {
    const scanner = new WordScanner(text, line + own[0].length - (own[2] ?? "").length, []);
    return scanner.wordAt(offset, own[1] === "[[" ? "element" : "table");
  }
  for (let start = line; start > 0;) {
    start = lineStart(text, start - 1);
    const header = isHeader(text, start) ? HEADER.exec(lineAt(text, start)) : null;
    if (header !== null) return new WordScanner(text, lineEnd(text, start), keysIn(header[2] ?? "")).wordAt(offset);
  }
  return new WordScanner(text, 0, []).wordAt(offset);
}

/** Whether a line is a header, as far as it is written, and no list of a list. */
function isHeader(text: string, start: number): boolean {
  return /^[ \t]*\[[^,=]*$/.test(lineAt(text, start).replace(/#.*/, ""));
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

function lineAt(text: string, start: number): string {
  return text.slice(start, lineEnd(text, start));
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function keysIn(header: string): readonly string[] {
  return [...header.matchAll(/"([^"]*)"|'([^']*)'|[\w-]+/g)].map(([bare, a, b]) => a ?? b ?? bare);
}

/** Reads keys and values until an offset is reached. */
class WordScanner {
  private readonly text: string;
  private readonly table: readonly string[];
  private at: number;
  private path: readonly string[];
  /** The parts of the key that is being read, or that the value belongs to. */
  private keys: string[] = [];
  private part: "key" | "value" = "key";
  private start: number;
  private quote: string | undefined;
  private readonly open: { readonly mark: string; readonly path: readonly string[]; readonly keys: string[] }[] = [];

  constructor(text: string, at: number, table: readonly string[]) {
    this.text = text;
    this.at = at;
    this.start = at;
    this.table = table;
    this.path = table;
  }

  wordAt(offset: number, header?: ConfigWord["header"]): ConfigWord | undefined {
    for (; this.at < offset; this.at += 1) {
      const mark = this.text[this.at] ?? "";
      if (this.quote !== undefined) this.inQuotes(mark);
      else if (mark === "#") {
        this.at = lineEnd(this.text, this.at) - 1;
        if (this.at >= offset - 1) return undefined;
      } else this.outside(mark);
    }
    const begun = this.text.slice(this.start, offset);
    const start = this.quote === undefined ? offset - begun.trimStart().length : this.start;
    const end = offset + (this.restOf(offset) ?? "").length;
    const word = this.text.slice(start, end);
    if (this.quote === undefined && !/^[\w-]*$/.test(word)) return undefined;
    const path = [...this.path, ...this.keys];
    return { part: this.part, path, text: word, range: { start, end }, isQuoted: this.quote !== undefined, header };
  }

  private restOf(offset: number): string | undefined {
    const rest = this.text.slice(offset, lineEnd(this.text, offset));
    if (this.quote === undefined) return /^[\w-]*/.exec(rest)?.[0];
    const end = rest.indexOf(this.quote);
    return end < 0 ? /^[\w.-]*/.exec(rest)?.[0] : rest.slice(0, end);
  }

  private inQuotes(mark: string): void {
    if (mark === "\n") this.endLine();
    else if (mark === this.quote) this.quote = undefined;
  }

  private outside(mark: string): void {
    switch (mark) {
      case '"':
      case "'":
        this.quote = mark;
        this.start = this.at + 1;
        return;
      case ".":
      case "=":
        if (this.part === "key") this.keys.push(this.word());
        if (mark === "=") this.part = "value";
        break;
      case "{":
      case "[":
        this.open.push({ mark, path: this.path, keys: this.keys });
        if (mark === "{") this.begin([...this.path, ...this.keys]);
        break;
      case "}":
      case "]":
        this.close();
        break;
      case ",":
        if (this.open.at(-1)?.mark === "{") this.begin(this.path);
        break;
      case "\n":
        return this.endLine();
      default:
        return;
    }
    this.start = this.at + 1;
  }

  /** The key that ends here, without its quotes. */
  private word(): string {
    return this.text.slice(this.start, this.at).trim().replace(/["']$/, "");
  }

  private begin(path: readonly string[]): void {
    this.path = path;
    this.keys = [];
    this.part = "key";
  }

  private close(): void {
    const opened = this.open.pop();
    if (opened === undefined) return;
    this.path = opened.path;
    this.keys = opened.keys;
    this.part = "value";
  }

  private endLine(): void {
    this.quote = undefined;
    this.start = this.at + 1;
    if (this.open.length === 0) this.begin(this.table);
  }
}
