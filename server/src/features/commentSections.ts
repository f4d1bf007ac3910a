import type { LineIndex } from "../base/text";
import type { Module } from "../syntax/ast";
import { allStatements, blocksOf } from "../syntax/statements";

/** A comment that begins a section of a settings module. Lines are counted from zero. */
export interface SectionHeader {
  /** The first line that belongs to it: of a title between two rulers the ruler above. */
  readonly first: number;
  /** The line with the title. */
  readonly line: number;
  /** Columns before the `#`. */
  readonly indent: number;
  /** Headers that look the same begin sections of the same level. */
  readonly style: string;
}

/** `# region Databases` and `# endregion`, as editors know them. */
export interface RegionMark {
  readonly line: number;
  readonly indent: number;
  readonly kind: "start" | "end";
}

export interface CommentMarks {
  readonly headers: readonly SectionHeader[];
  readonly regions: readonly RegionMark[];
}

interface CommentLine {
  readonly line: number;
  readonly indent: number;
  /** Without white space at the end. */
  readonly text: string;
}

/** `# =====`, `########` */
const RULER = /^#\s*([-=#*~_+])\1{3,}\s*#?$/;
/** How `# -- Databases --` and `#### Security ####` begin. */
const BEFORE = /^#\s?([-=#*~_+])\1+\s*(?=\w)/;
/** `### Security`, `# --- Databases`: three marks at least, because two may begin an option of a command. */
const AFTER = /^(?=###|#\s*([-=*~_+])\1\1)#\s?([-=#*~_+])\2+\s+(?=\w)/;
const REGION = /^#\s*(end)?region\b/;

/** The comments of a module that mark its parts: those on lines of their own and not inside of a statement such as a long list. */
export function commentMarks(module: Module, lines: LineIndex): CommentMarks {
  const comments = ownLines(module, lines);
  const regions = comments.flatMap(({ line, indent, text }): readonly RegionMark[] => {
    const mark = REGION.exec(text);
    return mark === null ? [] : [{ line, indent, kind: mark[1] === undefined ? "start" : "end" }];
  });
  return { headers: blocksOfComments(comments).flatMap(headersIn), regions };
}

function ownLines(module: Module, lines: LineIndex): readonly CommentLine[] {
  const inside = linesInsideStatements(module, lines);
  return module.comments.flatMap(({ start, text }) => {
    const { line, column } = lines.position(start);
    const isAlone = lines.lineText(line).slice(0, column).trim() === "";
    return isAlone && !inside.has(line) ? [{ line, indent: column, text: text.trimEnd() }] : [];
  });
}

/** The lines on which statements without blocks go on. */
function linesInsideStatements({ body }: Module, lines: LineIndex): ReadonlySet<number> {
  const inside = new Set<number>();
  for (const statement of allStatements(body, "everything")) {
    if (blocksOf(statement).length > 0) continue;
    const last = lines.position(statement.end).line;
    for (let line = lines.position(statement.start).line + 1; line <= last; line++) inside.add(line);
  }
  return inside;
}

/** Comments on lines that follow each other. */
function blocksOfComments(comments: readonly CommentLine[]): readonly (readonly CommentLine[])[] {
  const blocks: CommentLine[][] = [];
  for (const comment of comments) {
    const last = blocks.at(-1)?.at(-1);
    if (last !== undefined && last.line === comment.line - 1 && last.indent === comment.indent)
      blocks.at(-1)?.push(comment);
    else blocks.push([comment]);
  }
  return blocks;
}

function headersIn(block: readonly CommentLine[]): readonly SectionHeader[] {
  const headers: SectionHeader[] = [];
  for (let at = 0; at < block.length;) {
    const { header, length } = headerAt(block, at);
    if (header !== undefined) headers.push(header);
    at += length;
  }
  return headers;
}

/** The mark that stands before a title and behind it. One pattern for both ends would take quadratic time. */
function markAround(text: string): string | undefined {
  const mark = BEFORE.exec(text)?.[1];
  const end = mark !== "#" && text.endsWith("#") ? text.slice(0, -1).trimEnd() : text;
  return mark !== undefined && end.endsWith(mark.repeat(2)) ? mark : undefined;
}

/** The header that begins at a line of a block of comments, if any, and how many lines it takes. */
function headerAt(
  block: readonly CommentLine[],
  at: number,
): { readonly header?: SectionHeader; readonly length: number } {
  const here = block[at];
  if (here === undefined || REGION.test(here.text)) return { length: 1 };
  const title = (comment: CommentLine, style: string): SectionHeader => ({
    first: here.line,
    line: comment.line,
    indent: here.indent,
    style,
  });
  const ruler = RULER.exec(here.text)?.[1];
  const next = block[at + 1];
  const below = next === undefined ? undefined : RULER.exec(next.text)?.[1];
  if (ruler === undefined) {
    const mark = markAround(here.text) ?? AFTER.exec(here.text)?.[2];
    if (mark !== undefined) return { header: title(here, `line ${mark}`), length: 1 };
    // A ruler under a paragraph ends it.
    const isTitle = below !== undefined && at === 0 && /\w/.test(here.text);
    return isTitle ? { header: title(here, `underlined ${below}`), length: 2 } : { length: 1 };
  }
  if (next === undefined || below !== undefined || !/\w/.test(next.text)) return { length: 1 };
  const rest = block.slice(at + 2, at + 5).findIndex(({ text }) => RULER.test(text));
  // Without a ruler below it may be code that is commented out.
  if (rest < 0 && !/^# +\w/.test(next.text)) return { length: 1 };
  return { header: title(next, `box ${ruler}`), length: rest < 0 ? 2 : rest + 3 };
}
