import type { Range } from "../../base/text";

/** What stands where a secret was. Its length says nothing about the secret's. */
export const MASK = "********";

/** The ranges in the order of the text, those that touch or overlap as one. */
export function mergeSpans(spans: readonly Range[]): readonly Range[] {
  const merged: Range[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && span.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else if (span.end > span.start) merged.push(span);
  }
  return merged;
}

/** A text with {@link MASK} in place of each span; line breaks inside of spans stay, so that lines keep their numbers. */
export function maskSpans(text: string, spans: readonly Range[]): string {
  let masked = "";
  let at = 0;
  for (const { start, end } of mergeSpans(spans)) {
    masked += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]+/g, MASK);
    at = end;
  }
  return masked + text.slice(at);
}

/** Those of some ranges that touch another one. They stand in the order of the text and do not overlap: few are looked at. */
export function touching<T extends Range>(ranges: readonly T[], range: Range): readonly T[] {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? Infinity) < range.start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < ranges.length && (ranges[last]?.start ?? Infinity) <= range.end) last += 1;
  return ranges.slice(low, last);
}

/** The parts of spans that lie in a range, relative to its start. */
export function spansWithin(spans: readonly Range[], range: Range): readonly Range[] {
  return spans
    .filter(({ start, end }) => start < range.end && range.start < end)
    .map(({ start, end }) => ({
      start: Math.max(start, range.start) - range.start,
      end: Math.min(end, range.end) - range.start,
    }));
}
