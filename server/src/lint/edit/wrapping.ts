import type { Source } from "./source";

/** The length of a line in Black and Ruff unless a project says otherwise; above the second nobody sets it. */
const [USUAL, MOST] = [88, 120];

/** How long lines of a file may become: as long as it has any already. */
function limitOf(source: Source): number {
  let longest = USUAL;
  for (let line = 0; line < source.lines.lineCount; line += 1)
    longest = Math.max(longest, source.lines.lineText(line).trimEnd().length);
  return Math.min(longest, MOST);
}

/**
 * An expression of one line as Black and Ruff would write it where the line is too long with it: split at its last brackets.
 * `around`: how much else stands on the line. Further lines are indented as from the margin.
 */
export function wrapped(source: Source, text: string, around: number): string {
  if (/[\n#]/.test(text) || around + text.length <= USUAL || around + text.length <= limitOf(source)) return text;
  const last = lastBrackets(text);
  if (last === undefined) return text;
  const { indent } = source.style;
  const [head, close] = [text.slice(0, last.open + 1), text.slice(-1)];
  const body = text.slice(last.open + 1, -1);
  const fits = indent.length + body.length <= limitOf(source);
  if (last.commas.length === 0 || (last.isCall && fits)) return `${head}\n${indent}${body.trim()}\n${close}`;
  const ends = [...last.commas, text.length - 1];
  const items = ends.map((end, index) => text.slice((ends[index - 1] ?? last.open) + 1, end).trim());
  const lines = items.filter((item) => item !== "").map((item) => `${indent}${item},\n`);
  return `${head}\n${lines.join("")}${close}`;
}

interface Brackets {
  readonly open: number;
  /** The commas directly inside. */
  readonly commas: readonly number[];
  readonly isCall: boolean;
}

/** The brackets that an expression ends with; not those of a subscript, and none where the text is not understood. */
function lastBrackets(text: string): Brackets | undefined {
  const stack: { readonly open: number; readonly commas: number[] }[] = [];
  let last: { readonly open: number; readonly commas: number[]; readonly close: number } | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === '"' || character === "'") {
      const end = endOfString(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else if ("([{".includes(character)) stack.push({ open: at, commas: [] });
    else if (")]}".includes(character)) {
      const inner = stack.pop();
      if (inner !== undefined && stack.length === 0) last = { ...inner, close: at };
    } else if (character === ",") stack.at(-1)?.commas.push(at);
  }
  if (last === undefined || last.close !== text.length - 1) return undefined;
  const follows = /[\w)\]}]$/.test(text.slice(0, last.open));
  const isSubscript = follows && text[last.open] === "[";
  return isSubscript ? undefined : { ...last, isCall: follows && text[last.open] === "(" };
}

function endOfString(text: string, start: number): number | undefined {
  const mark = text[start] ?? "";
  if (text.startsWith(mark.repeat(3), start)) return undefined;
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === mark) return at;
  }
  return undefined;
}
