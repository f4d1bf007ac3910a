import type { Style } from "./style";

const CONTEXT = 3;

interface Line {
  readonly kind: " " | "-" | "+";
  readonly text: string;
}

/**
 * The difference of two texts as `diff -u` prints it, ready for `git apply`; empty when they are equal. `before` is
 * `undefined` for a file that is made.
 */
export function unifiedDiff(name: string, before: string | undefined, after: string, style: Style): string {
  if (before === after) return "";
  const lines = diffLines(splitLines(before ?? ""), splitLines(after));
  const head = [style.bold(before === undefined ? "--- /dev/null" : `--- a/${name}`), style.bold(`+++ b/${name}`)];
  return `${[...head, ...hunks(lines, style)].join("\n")}\n`;
}

/** Lines with their line breaks, so that a changed line break is a change. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Fixes change few lines: what is equal at both ends is set aside, the rest is aligned by its longest common subsequence. */
function diffLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const middle = align(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const keep = (text: string): Line => ({ kind: " ", text });
  return [...before.slice(0, start).map(keep), ...middle, ...before.slice(before.length - end).map(keep)];
}

/** A table of this size is computed in well under a second; beyond it the whole middle is shown as replaced. */
const MAX_CELLS = 4_000_000;

function align(before: readonly string[], after: readonly string[]): readonly Line[] {
  const width = after.length + 1;
  if (before.length * after.length > MAX_CELLS) {
    return [...before.map((text): Line => ({ kind: "-", text })), ...after.map((text): Line => ({ kind: "+", text }))];
  }
  const common = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      const same = before[row] === after[column];
      common[row * width + column] = same
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: Line[] = [];
  for (let row = 0, column = 0; row < before.length || column < after.length;) {
    if (row < before.length && before[row] === after[column]) {
      lines.push({ kind: " ", text: before[row] ?? "" });
      row += 1;
      column += 1;
    } else if (column >= after.length || (row < before.length && at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: "-", text: before[row] ?? "" });
      row += 1;
    } else {
      lines.push({ kind: "+", text: after[column] ?? "" });
      column += 1;
    }
  }
  return lines;
}

function hunks(lines: readonly Line[], style: Style): readonly string[] {
  const changed = lines.flatMap((line, index) => (line.kind === " " ? [] : [index]));
  const output: string[] = [];
  for (let first = 0; first < changed.length;) {
    let last = first;
    while (last + 1 < changed.length && (changed[last + 1] ?? 0) - (changed[last] ?? 0) <= 2 * CONTEXT) last += 1;
    const from = Math.max((changed[first] ?? 0) - CONTEXT, 0);
    const to = Math.min((changed[last] ?? 0) + CONTEXT + 1, lines.length);
    output.push(...hunk(lines, from, to, style));
    first = last + 1;
  }
  return output;
}

function hunk(lines: readonly Line[], from: number, to: number, style: Style): readonly string[] {
  const place = (skipped: Line["kind"]): string => {
    const start = lines.slice(0, from).filter((line) => line.kind !== skipped).length;
    const length = lines.slice(from, to).filter((line) => line.kind !== skipped).length;
    // An empty side is numbered by the line before it.
    return `${length === 0 ? start : start + 1},${length}`;
  };
  const head = style.cyan(`@@ -${place("+")} +${place("-")} @@`);
  return [head, ...lines.slice(from, to).flatMap((line) => diffLine(line, style))];
}

function diffLine({ kind, text }: Line, style: Style): readonly string[] {
  const paint = kind === "+" ? style.green : kind === "-" ? style.red : (plain: string): string => plain;
  if (text.endsWith("\n")) return [paint(`${kind}${text.slice(0, -1)}`)];
  return [paint(`${kind}${text}`), "\\ No newline at end of file"];
}
