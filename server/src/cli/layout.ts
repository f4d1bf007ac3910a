import { printable } from "../base/printable";

/** How wide texts are wrapped where there is no terminal, and at most where there is a wide one. */
const DEFAULT_WIDTH = 100;
const MAX_WIDTH = 120;
const TAB_WIDTH = 4;

/** The width that paragraphs are wrapped to, for a terminal of so many columns. */
export function textWidth(columns: number | undefined): number {
  return Math.max(40, Math.min(columns ?? DEFAULT_WIDTH, MAX_WIDTH));
}

// East Asian Wide and Fullwidth ranges (Unicode Standard Annex 11), and what terminals draw as emoji.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const ZERO = /\p{Mn}|\p{Me}|[\u200b-\u200f\u2060]|[\ufe00-\ufe0f]/u;

/** How many terminal columns a text takes; it holds no tabs. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** A source line as it is printed: tabs become spaces up to the next stop, other control characters a visible dot. */
export function expandTabs(line: string, startColumn = 0): string {
  let shown = "";
  for (const character of line) {
    if (character === "\t") shown += " ".repeat(TAB_WIDTH - ((startColumn + displayWidth(shown)) % TAB_WIDTH));
    else shown += printable(character);
  }
  return shown;
}

/** Pads to a width in terminal columns. */
export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** Cuts to a width in terminal columns; what is cut is shown as an ellipsis. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let shown = "";
  let used = 0;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width - 1) break;
    shown += character;
  }
  return `${shown}…`;
}

/** Breaks a paragraph at spaces into lines of at most `width` columns; a longer word stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (word === "") continue;
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines;
}

/**
 * Breaks a value at spaces into lines of at most `width` columns, and keeps each character of it but the spaces at which it is
 * broken: in a string, two spaces are not one. A longer word stands alone.
 */
export function wrapValue(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/\S+\s*|\s+/g) ?? []) {
    if (line !== "" && displayWidth(line + word.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}

/** `label` in front of the first line, as much space in front of the others. */
export function hang(label: string, labelWidth: number, lines: readonly string[]): readonly string[] {
  const space = " ".repeat(labelWidth);
  return lines.map((line, index) => (index === 0 ? label + line : space + line));
}

/** `1 finding`, `2 findings`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
