import { plainText } from "./rulePage";
import { hang, wrap } from "./layout";
import type { Style } from "./style";

/** A Markdown page as text for a terminal: headings stand out, code blocks are set off, paragraphs are wrapped. */
export function markdownText(markdown: string, width: number, style: Style): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  let fenced = false;
  const flush = (): void => {
    if (paragraph.length > 0) lines.push(...block(paragraph.join(" "), width, style));
    paragraph = [];
  };
  for (const line of markdown.split(/\r?\n/)) {
    if (line.trimStart().startsWith("```")) {
      flush();
      fenced = !fenced;
    } else if (fenced) lines.push(style.cyan(`    ${line}`.trimEnd()));
    else if (/^#+ /.test(line)) {
      flush();
      lines.push(style.bold(plainText(line.replace(/^#+ /, ""))));
    } else if (line.trim() === "") {
      flush();
      if (lines.at(-1) !== "") lines.push("");
    } else {
      // Each item of a list is a paragraph of its own.
      if (/^\s*(?:[-*]|\d+\.) /.test(line)) flush();
      paragraph.push(line);
    }
  }
  flush();
  return `${lines.join("\n").trimEnd()}\n`;
}

function block(text: string, width: number, style: Style): readonly string[] {
  const item = /^\s*([-*]|\d+\.) +/.exec(text);
  if (item === null) return wrap(text, width).map((line) => inline(line, style));
  const mark = item[1] === "-" || item[1] === "*" ? "  • " : `  ${item[1] ?? ""} `;
  return hang(
    mark,
    mark.length,
    wrap(text.slice(item[0].length), width - mark.length).map((line) => inline(line, style)),
  );
}

/** Inline code keeps its backticks where there is no colour to tell it by. A span that is wrapped keeps them too. */
function inline(line: string, style: Style): string {
  return line
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, "$1 ($2)")
    .replace(/\*\*([^*]*)\*\*/g, (_, text: string) => style.bold(text))
    .replace(/`([^`]*)`/g, (all, code: string) => (style.cyan(code) === code ? all : style.cyan(code)));
}
