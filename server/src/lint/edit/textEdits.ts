import type { Range } from "../../base/text";

/** One replacement; an insertion where `start` is `end`. */
export interface TextEdit extends Range {
  readonly text: string;
}

/** What comes first among insertions at one place: imports before objects made of them before statements that use those. */
export const RANK = { import: 0, object: 1, other: 2 } as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

interface RankedEdit extends TextEdit {
  readonly rank: Rank;
  /** It is made of whole lines: where the file's last line has no line break, one is added before. */
  readonly isLines: boolean;
}

/**
 * The edits of one fix in one file, in any order. Insertions at one place keep the order in which they were added (within
 * their rank).
 */
export class TextEdits {
  private readonly edits: RankedEdit[] = [];
  private readonly units: Range[] = [];

  replace(range: Range, text: string): void {
    this.edits.push({ start: range.start, end: range.end, text, rank: RANK.other, isLines: false });
  }

  insert(offset: number, text: string): void {
    this.replace({ start: offset, end: offset }, text);
  }

  /** Inserts whole lines before the line that begins at `offset`, or at the end of the file. */
  insertLines(offset: number, text: string, rank: Rank = RANK.other): void {
    this.edits.push({ start: offset, end: offset, text, rank, isLines: true });
  }

  /**
   * Says that what these edits do inside `range` only holds together: they are given out as one edit over the whole range,
   * so that the fixes of two findings that both shorten a tuple conflict instead of leaving `("a")`.
   */
  keepTogether(range: Range): void {
    this.units.push({ start: range.start, end: range.end });
  }

  /**
   * The edits sorted, touching ones joined, none overlapping. What lies wholly inside something replaced is dropped with it.
   * `undefined` when two edits overlap in any other way: then the fix contradicts itself and must not be applied.
   */
  finish(text: string, newline: string): readonly TextEdit[] | undefined {
    const disjoint = withoutOverlaps(endLastLine(text, this.edits));
    if (disjoint === undefined) return undefined;
    const united = unite(text, disjoint, this.units);
    return joinTouching(united)
      .map((edit) => ({ ...edit, text: edit.text.replace(/\r\n?|\n/g, newline) }))
      .filter((edit) => edit.text !== text.slice(edit.start, edit.end));
  }
}

/** Applies edits that do not overlap, sorted by place. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function endLastLine(text: string, edits: readonly RankedEdit[]): readonly RankedEdit[] {
  if (text === "" || "\r\n".includes(text[text.length - 1] ?? "")) return edits;
  const added = edits.filter((edit) => edit.isLines && edit.start === text.length);
  const first = added.reduce<RankedEdit | undefined>(
    (a, b) => (a !== undefined && a.rank <= b.rank ? a : b),
    undefined,
  );
  return edits.map((edit) => (edit === first ? { ...edit, text: `\n${edit.text}` } : edit));
}

function withoutOverlaps(edits: readonly RankedEdit[]): readonly TextEdit[] | undefined {
  const sorted = [...edits].sort(
    (a, b) =>
      a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start) || a.rank - b.rank || b.end - a.end,
  );
  const kept: TextEdit[] = [];
  for (const edit of sorted) {
    const last = kept[kept.length - 1];
    if (last === undefined || edit.start >= last.end) kept.push(edit);
    else if (edit.start === edit.end && edit.rank !== RANK.other && last.text === "")
      // An import that belongs among deleted lines takes their place.
      kept[kept.length - 1] = { start: last.start, end: last.end, text: edit.text };
    else if (edit.end > last.end) return undefined;
    else if (edit.start === last.start && edit.end === last.end && edit.text !== last.text) return undefined;
  }
  return kept;
}

function unite(text: string, edits: readonly TextEdit[], units: readonly Range[]): readonly TextEdit[] {
  let result = edits;
  for (const unit of outermost(units)) {
    const inside = result.filter((edit) => edit.start < unit.end && edit.end > unit.start);
    const within = (edit: TextEdit): boolean =>
      inside.includes(edit) || (edit.start > unit.start && edit.end < unit.end);
    const united = result.filter(within);
    const [first, last] = [united[0], united[united.length - 1]];
    if (first === undefined || last === undefined) continue;
    const start = Math.min(unit.start, first.start);
    const end = Math.max(unit.end, last.end);
    const shifted = united.map((edit) => ({ start: edit.start - start, end: edit.end - start, text: edit.text }));
    const whole = { start, end, text: applyTextEdits(text.slice(start, end), shifted) };
    result = [...result.filter((edit) => edit.end <= start && !within(edit)), whole, ...after(result, end, within)];
  }
  return result;
}

function after(edits: readonly TextEdit[], end: number, within: (edit: TextEdit) => boolean): readonly TextEdit[] {
  return edits.filter((edit) => edit.start >= end && !within(edit));
}

function outermost(units: readonly Range[]): readonly Range[] {
  return units.filter(
    (unit, index) =>
      !units.some(
        (other, at) =>
          at !== index &&
          other.start <= unit.start &&
          other.end >= unit.end &&
          (other.end - other.start > unit.end - unit.start || at < index),
      ),
  );
}

function joinTouching(edits: readonly TextEdit[]): readonly TextEdit[] {
  const joined: TextEdit[] = [];
  for (const edit of edits) {
    const last = joined[joined.length - 1];
    if (last !== undefined && last.end === edit.start)
      joined[joined.length - 1] = { start: last.start, end: edit.end, text: last.text + edit.text };
    else joined.push(edit);
  }
  return joined;
}
