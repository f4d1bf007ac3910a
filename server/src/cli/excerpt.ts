import type { LineIndex, Range } from "../base/text";
import { displayWidth, expandTabs, truncate } from "./layout";
import { maskSpans, spansWithin } from "../lint/redaction/spans";

/** A line of source with a mark under the part that matters, ready to print. */
export interface Excerpt {
  readonly line: number;
  readonly source: string;
  readonly mark: string;
}

/** The excerpt ends here in a very long (generated, minified) line, or where the terminal does. */
const MAX_COLUMNS = 160;
/** So much of a line is shown in any case. */
const MIN_COLUMNS = 30;
/** So much of what is marked, before what stands in front of it is left out. */
const MIN_MARKED = 20;

/**
 * The first line of a range with carets under the range as far as it stands in this line. `secretsIn`: the parts of a
 * stretch of the text that are masked; `columns`: the most that are shown. Gives `undefined` for an empty line.
 */
export function excerptOf(
  index: LineIndex,
  range: Range,
  secretsIn: (line: Range) => readonly Range[],
  columns = MAX_COLUMNS,
): Excerpt | undefined {
  const { line } = index.position(range.start);
  const start = index.lineStart(line);
  const text = index.lineText(line);
  if (text.trim() === "") return undefined;
  const from = range.start - start;
  const to = Math.max(Math.min(range.end - start, text.trimEnd().length), from);
  const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
  const secrets = secretsIn({ start, end: start + text.length });
  const shown = (first: number, last: number): string =>
    maskSpans(text.slice(first, last), spansWithin(secrets, { start: start + first, end: start + last }));
  const before = expandTabs(shown(Math.min(indent.length, from), from));
  const marked = expandTabs(shown(from, to), displayWidth(before));
  const after = expandTabs(shown(to, text.length), displayWidth(before + marked));
  const beforeWidth = displayWidth(before);
  const most = Math.max(Math.min(columns, MAX_COLUMNS), MIN_COLUMNS);
  if (beforeWidth > most - MIN_MARKED)
    return { line: line + 1, source: truncate(marked + after, most), mark: carets(marked, most) };
  return {
    line: line + 1,
    source: truncate(before + marked + after, most),
    mark: " ".repeat(beforeWidth) + carets(marked, most - beforeWidth),
  };
}

function carets(marked: string, most: number): string {
  return "^".repeat(Math.min(Math.max(displayWidth(marked), 1), most));
}
