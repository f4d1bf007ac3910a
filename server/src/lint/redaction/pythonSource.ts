import { append } from "../../base/lists";
import type { Range } from "../../base/text";
import type { Module } from "../../syntax/ast";
import { allStatements } from "../../syntax/statements";
import { assignmentSpans } from "./assignmentLines";
import { mayHoldSecret } from "./secretNames";
import { contentRanges, literalsOf } from "./sourceSecrets";

/** Finds secrets in a text that is data, and in one that is code. */
export interface Finder {
  data(text: string): readonly Range[];
  code(text: string): readonly Range[];
}

/** Where secrets stand in a Python source: literals below secret names, comments with former ones, and what `finder` finds. */
export function pythonSpans(text: string, module: Module, finder: Finder): readonly Range[] {
  const spans: Range[] = [];
  for (const { node, isSecret } of literalsOf(module)) {
    const ranges = contentRanges(text, node);
    // What is found across adjacent literals or escapes cannot be cut out of one of them.
    const isWhole =
      isSecret || (node.kind !== "Int" && isPut(text, ranges, node.value) && finder.data(node.value).length > 0);
    for (const range of ranges) {
      const content = text.slice(range.start, range.end);
      if (isWhole) spans.push(range);
      else if (MAY_BE_DATA.test(content)) append(spans, shifted(finder.data(content), range));
    }
  }
  for (const statement of allStatements(module.body, "everything"))
    if (statement.kind === "BadStmt") append(spans, brokenSpans(text, statement, finder));
  return [...spans, ...finder.code(text), ...commentSpans(text, module, spans, finder)];
}

/** What is found in a literal and not in code: parameters and beginnings of private keys. */
const MAY_BE_DATA = /=|-----|PuTTY/;

/** Whether a literal's value is put together otherwise than it is written. */
function isPut(text: string, ranges: readonly Range[], value: string): boolean {
  const [first] = ranges;
  return ranges.length !== 1 || (first !== undefined && text.slice(first.start, first.end) !== value);
}

function shifted(spans: readonly Range[], { start }: Range): readonly Range[] {
  return spans.map((span) => ({ start: span.start + start, end: span.end + start }));
}

const STRING = /("""|'''|"|')((?:\\[\s\S]|(?!\1)[^\\])*)\1?/g;

/** A statement that cannot be read: beside a secret's name, all its texts. */
function brokenSpans(text: string, { start, end }: Range, finder: Finder): readonly Range[] {
  const source = text.slice(start, end);
  const hasSecretName = (source.match(/[A-Za-z_]\w*/g) ?? []).some(mayHoldSecret);
  const texts = [...source.matchAll(STRING)].map(({ index, 1: quote = "", 2: content = "" }) => ({
    start: start + index + quote.length,
    end: start + index + quote.length + content.length,
  }));
  if (hasSecretName) return texts;
  return texts.flatMap((range) => shifted(finder.data(text.slice(range.start, range.end)), range));
}

/** Comments that stand beside a secret may hold the former one; others are read as assignments. */
function commentSpans(text: string, module: Module, spans: readonly Range[], finder: Finder): readonly Range[] {
  const secretLines = new Set(spans.map(({ end }) => lineEnd(text, end)));
  return module.comments.flatMap((comment) => {
    const content = text.slice(comment.start, comment.end);
    const isBeside =
      secretLines.has(lineEnd(text, comment.start)) && !/django-settings-lint|noqa|type:|pragma/.test(content);
    const body = { start: comment.start + (/^#+[ \t]*/.exec(content)?.[0].length ?? 0), end: comment.end };
    if (isBeside) return [body];
    return shifted([...finder.data(content), ...assignmentSpans(content, false)], comment);
  });
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}
