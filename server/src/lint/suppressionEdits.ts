import { LineIndex } from "../base/text";
import type { Site } from "../python/values/value";
import type { Module } from "../syntax/ast";
import type { FileEdit } from "./finding";
import { logicalLines } from "./logicalLines";
import { FileSuppressions, type Directive, type SuppressedId } from "./suppressions";

/** Longer lines get the comment above instead of at their end. */
const LONGEST_LINE = 100;

/** Stands for the reason, for whoever suppresses something to write over. */
const REASON = "reason";

/** Files in which a `#` at the start of a line is a comment. */
const HASH_COMMENTS =
  /(?:\.(?:py|pyi|toml|ya?ml|cfg|ini|conf|service|env|sh|txt|mk)|(?:^|\/)(?:Dockerfile|Containerfile|Procfile|Makefile|\.env)[^/]*)$/;

/** The text of a file and its syntax tree, if it is Python. */
export interface CommentedFile {
  readonly text: string;
  readonly module: Module | undefined;
}

/**
 * The edit that suppresses a rule at a finding's place: into a directive that is there already, else at the end of a
 * one-line statement, else on a line of its own above the statement. `undefined` where the file's format has no comments.
 */
export function suppressionEdit(file: CommentedFile, site: Site, rule: string): FileEdit | undefined {
  if (file.module === undefined && !HASH_COMMENTS.test(site.file)) return undefined;
  const existing = directiveFor(file, site.range.start);
  if (existing?.brackets !== undefined) {
    const at = existing.brackets.end - 1;
    return { file: site.file, range: { start: at, end: at }, text: `, ${rule}` };
  }
  const lines = new LineIndex(file.text);
  const line = lines.position(site.range.start).line;
  const statement = file.module === undefined ? undefined : statementAround(file.module, lines, line);
  const first = statement?.firstLine ?? line;
  const comment = `# django-settings-lint: ignore[${rule}] -- ${REASON}`;
  const written = lines.lineText(first);
  const isOneLine = statement !== undefined && statement.firstLine === statement.lastLine;
  const fits = written.trimEnd().length + 2 + comment.length <= LONGEST_LINE;
  // A line that goes on with a backslash, or has a comment already, cannot take another one at its end.
  if (isOneLine && fits && !hasComment(file.module, lines, first) && !/\\\s*$/.test(written)) {
    const end = lines.lineStart(first) + written.trimEnd().length;
    return { file: site.file, range: { start: end, end: lines.lineEnd(first) }, text: `  ${comment}` };
  }
  const start = lines.lineStart(first);
  const indentation = /^[ \t]*/.exec(written)?.[0] ?? "";
  const lineBreak = file.text.includes("\r\n") ? "\r\n" : "\n";
  return { file: site.file, range: { start, end: start }, text: `${indentation}${comment}${lineBreak}` };
}

/**
 * The edit that suppresses a rule in a whole file: into a directive for the file that is there already, else on a line of its own
 * behind the comments at the top, because tools read some of those where they stand. `undefined` where the file's format has no
 * comments.
 */
export function fileSuppressionEdit(file: CommentedFile, path: string, rule: string): FileEdit | undefined {
  if (file.module === undefined && !HASH_COMMENTS.test(path)) return undefined;
  const { directives } = new FileSuppressions(file.text, file.module);
  const existing = directives.find(({ word, problem }) => word === "file-ignore" && problem === undefined);
  if (existing?.brackets !== undefined) {
    const at = existing.brackets.end - 1;
    return { file: path, range: { start: at, end: at }, text: `, ${rule}` };
  }
  const lineBreak = file.text.includes("\r\n") ? "\r\n" : "\n";
  const comment = `# django-settings-lint: file-ignore[${rule}] -- ${REASON}`;
  const head = /^(?:[ \t]*#[^\r\n]*(?:\r?\n|$))*/.exec(file.text)?.[0] ?? "";
  const isOpen = head !== "" && !head.endsWith("\n");
  const range = { start: head.length, end: head.length };
  return { file: path, range, text: `${isOpen ? lineBreak : ""}${comment}${lineBreak}` };
}

/** A directive that suppresses other rules at this very statement. */
function directiveFor(file: CommentedFile, offset: number): Directive | undefined {
  const { directives } = new FileSuppressions(file.text, file.module);
  return directives.find(
    ({ word, covers }) => word === "ignore" && covers.some((range) => range.start <= offset && offset < range.end),
  );
}

/** The innermost logical line that a line belongs to. */
function statementAround(module: Module, lines: LineIndex, line: number) {
  return logicalLines(module, lines).findLast((one) => one.firstLine <= line && line <= one.lastLine);
}

function hasComment(module: Module | undefined, lines: LineIndex, line: number): boolean {
  return module?.comments.some((comment) => lines.position(comment.start).line === line) === true;
}

/**
 * The edit that takes one id out of a directive; with its last id the comment goes, and the line if nothing else is on it.
 */
export function removeIdEdit(text: string, file: string, directive: Directive, id: SuppressedId): FileEdit {
  const at = directive.ids.findIndex((one) => one.range.start === id.range.start);
  const next = directive.ids[at + 1];
  const previous = directive.ids[at - 1];
  if (next !== undefined) return { file, range: { start: id.range.start, end: next.range.start }, text: "" };
  if (previous !== undefined) return { file, range: { start: previous.range.end, end: id.range.end }, text: "" };
  return removeDirectiveEdit(text, file, directive);
}

function removeDirectiveEdit(text: string, file: string, directive: Directive): FileEdit {
  const lines = new LineIndex(text);
  const { line } = lines.position(directive.range.start);
  const lineStart = lines.lineStart(line);
  const before = text.slice(lineStart, directive.range.start);
  const after = text.slice(directive.range.end, lines.lineEnd(line));
  if (before.trim() === "" && after.trim() === "") {
    const isLast = line + 1 >= lines.lineCount;
    return { file, range: { start: lineStart, end: isLast ? text.length : lines.lineStart(line + 1) }, text: "" };
  }
  // Blanks in front go with the comment, unless another comment follows on the line.
  const start = after.trim() === "" ? lineStart + before.trimEnd().length : directive.range.start;
  const end =
    after.trim() === "" ? lines.lineEnd(line) : directive.range.end + (after.length - after.trimStart().length);
  return { file, range: { start, end }, text: "" };
}
