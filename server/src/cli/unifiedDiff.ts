import { structuredPatch, type StructuredPatchHunk } from "diff";
import type { Style } from "./style";

/** Fixes change few lines. Texts that differ in more are shown as replaced, because aligning them could take minutes. */
const MAX_CHANGES = 2000;

/** Two texts of a file. */
export interface Difference {
  readonly name: string;
  /** `undefined` for a file that is made. */
  readonly before: string | undefined;
  readonly after: string;
  /** What is printed of a whole text: as many lines as it has, without secrets. */
  readonly mask?: (text: string) => string;
}

/**
 * The difference of two texts as `diff -u` prints it, ready for `git apply`; empty when they are equal. What has changed is told by
 * the texts as they are, so that a secret in place of another one is a change, too.
 */
export function unifiedDiff({ name, before, after, mask = (text) => text }: Difference, style: Style): string {
  if (before === after) return "";
  const shown = { "-": mask(before ?? "").split("\n"), "+": mask(after).split("\n") };
  const head = [style.bold(before === undefined ? "--- /dev/null" : `--- a/${name}`), style.bold(`+++ b/${name}`)];
  const body = hunksOf(before ?? "", after).flatMap((hunk) => hunkLines(hunk, shown, style));
  return `${[...head, ...body].join("\n")}\n`;
}

function hunksOf(before: string, after: string): readonly StructuredPatchHunk[] {
  const patch = structuredPatch("", "", before, after, "", "", { context: 3, maxEditLength: MAX_CHANGES });
  if (patch !== undefined) return patch.hunks;
  const whole = (text: string, kind: string): readonly string[] => {
    const lines = text.split("\n").map((line) => kind + line);
    return text.endsWith("\n") ? lines.slice(0, -1) : [...lines, "\\ No newline at end of file"];
  };
  const [old, made] = [whole(before, "-"), whole(after, "+")];
  const count = (lines: readonly string[]): number => lines.filter((line) => !line.startsWith("\\")).length;
  return [{ oldStart: 1, oldLines: count(old), newStart: 1, newLines: count(made), lines: [...old, ...made] }];
}

function hunkLines(
  { oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk,
  shown: { readonly "-": readonly string[]; readonly "+": readonly string[] },
  style: Style,
): readonly string[] {
  let [old, made] = [oldStart - 1, newStart - 1];
  const body = lines.map((line) => {
    const kind = line[0];
    if (kind === "+") return style.green(`+${shown["+"][made++] ?? ""}`);
    if (kind === "-") return style.red(`-${shown["-"][old++] ?? ""}`);
    if (kind === "\\") return line;
    made += 1;
    return ` ${shown["-"][old++] ?? ""}`;
  });
  return [style.cyan(`@@ -${place(oldStart, oldLines)} +${place(newStart, newLines)} @@`), ...body];
}

/** An empty side is numbered by the line before it. */
function place(start: number, length: number): string {
  return `${length === 0 ? start - 1 : start},${length}`;
}
