import type { Range } from "../base/text";

/** Where a key and its value are written; a table's value is its header. */
export interface TomlPlace {
  readonly key: Range;
  readonly value: Range;
}

/**
 * Finds where the keys of a TOML document are written, which the parser does not tell. `text` must be valid TOML 1.0.
 * Gives a look-up by path (`["tool", "x", "rules", "debug-enabled"]`, elements of arrays by their index as a text).
 */
export function tomlPlaces(text: string): (path: readonly string[]) => TomlPlace | undefined {
  const scanner = new TomlScanner(text);
  scanner.document();
  return (path) => scanner.places.get(keyOf(path));
}

/**
 * Where a word stands with which a key or a value ends: `x` of `rules.x`, `"x"` and `[rules.x]`. `undefined` where it is written in
 * another way.
 */
export function wordAtEnd(text: string, { start, end }: Range, word: string): Range | undefined {
  let at = end;
  while (at > start && /["'\]\s]/.test(text[at - 1] ?? "")) at -= 1;
  const from = at - word.length;
  const isWhole = from >= start && text.slice(from, at) === word && !/[\w-]/.test(text[from - 1] ?? "");
  return isWhole ? { start: from, end: at } : undefined;
}

const keyOf = (path: readonly string[]): string => path.join("\0");

class TomlScanner {
  readonly places = new Map<string, TomlPlace>();
  private readonly text: string;
  private readonly arrayLengths = new Map<string, number>();
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): void {
    let table: readonly string[] = [];
    for (this.skip(true); this.at < this.text.length; this.skip(true)) {
      if (this.peek() === "[") table = this.header();
      else this.pair(table);
    }
  }

  private peek(): string {
    return this.text[this.at] ?? "";
  }

  /** Skips blanks, and with `lines` also line breaks and comments. */
  private skip(lines: boolean): void {
    for (; this.at < this.text.length; this.at += 1) {
      const unit = this.peek();
      if (unit === " " || unit === "\t" || (lines && (unit === "\r" || unit === "\n"))) continue;
      if (!lines || unit !== "#") return;
      while (this.at + 1 < this.text.length && this.text[this.at + 1] !== "\n") this.at += 1;
    }
  }

  private header(): readonly string[] {
    const start = this.at;
    const isArray = this.text[this.at + 1] === "[";
    this.at += isArray ? 2 : 1;
    const written = this.key();
    this.at += isArray ? 2 : 1;
    const path = this.withIndexes(isArray ? written.slice(0, -1) : written, isArray ? written.at(-1) : undefined);
    const range = { start, end: this.at };
    this.places.set(keyOf(path), { key: range, value: range });
    return path;
  }

  /** A header below an array of tables means the array's last table. */
  private withIndexes(parts: readonly string[], newElementOf: string | undefined): readonly string[] {
    const path: string[] = [];
    for (const part of parts) {
      path.push(part);
      const length = this.arrayLengths.get(keyOf(path));
      if (length !== undefined) path.push(String(length - 1));
    }
    if (newElementOf === undefined) return path;
    path.push(newElementOf);
    const index = this.arrayLengths.get(keyOf(path)) ?? 0;
    this.arrayLengths.set(keyOf(path), index + 1);
    return [...path, String(index)];
  }

  /** A dotted key; leaves the position behind it and the blanks after it. */
  private key(): string[] {
    const parts: string[] = [];
    for (;;) {
      this.skip(false);
      const start = this.at;
      if (this.peek() === '"' || this.peek() === "'") {
        this.string();
        parts.push(this.text.slice(start + 1, this.at - 1));
      } else {
        while (/[A-Za-z0-9_-]/.test(this.peek())) this.at += 1;
        parts.push(this.text.slice(start, this.at));
      }
      this.skip(false);
      if (this.peek() !== ".") return parts;
      this.at += 1;
    }
  }

  private pair(table: readonly string[]): void {
    const start = this.at;
    const path = [...table, ...this.key()];
    const key = { start, end: start + this.text.slice(start, this.at).trimEnd().length };
    // A step is always made, so that text which is not TOML after all cannot stop the scan.
    this.at += 1;
    this.skip(false);
    this.places.set(keyOf(path), { key, value: this.value(path) });
  }

  private value(path: readonly string[]): Range {
    const start = this.at;
    const first = this.peek();
    if (first === '"' || first === "'") this.string();
    else if (first === "[") this.collection("]", (index) => this.element([...path, String(index)]));
    else if (first === "{") this.collection("}", () => this.pair(path));
    else while (this.at < this.text.length && !/[,\]}\n#]/.test(this.peek())) this.at += 1;
    return { start, end: start + this.text.slice(start, this.at).trimEnd().length };
  }

  private element(path: readonly string[]): void {
    const range = this.value(path);
    this.places.set(keyOf(path), { key: range, value: range });
  }

  private collection(end: string, item: (index: number) => void): void {
    this.at += 1;
    for (let index = 0; this.at < this.text.length; index += 1) {
      this.skip(true);
      if (this.peek() === end) break;
      item(index);
      this.skip(true);
      if (this.peek() === ",") this.at += 1;
    }
    this.at += 1;
  }

  private string(): void {
    const quote = this.peek();
    const isLong = this.text.startsWith(quote.repeat(3), this.at);
    const end = isLong ? quote.repeat(3) : quote;
    this.at += end.length;
    while (this.at < this.text.length && !this.text.startsWith(end, this.at)) {
      this.at += quote === '"' && this.peek() === "\\" ? 2 : 1;
    }
    this.at += end.length;
    // Up to two quotes may stand directly before the closing ones.
    if (isLong) while (this.peek() === quote) this.at += 1;
  }
}
