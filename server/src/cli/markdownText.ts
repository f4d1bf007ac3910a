import { append } from "../base/lists";
import { hang, wrap } from "./layout";
import { plainText } from "./rulePage";
import type { Style } from "./style";

/** A Markdown page as text for a terminal: headings stand out, code blocks are set off, paragraphs are wrapped. */
export function markdownText(markdown: string, width: number, style: Style): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  let fenced = false;
  const flush = (): void => {
    if (paragraph.length > 0) append(lines, block(paragraph.join(" "), width, style));
    paragraph = [];
  };
  for (const line of markdown.split(/\r?\n/)) {
    if (line.trimStart().startsWith("```")) {
      flush();
      fenced = !fenced;
      const label = fenced ? fenceLabel(line) : "";
      if (label !== "") lines.push(style.dim(`    # ${label}`));
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

/** What a code block's info string says of its file and role, as a comment above it; nothing for production, the usual one. */
function fenceLabel(line: string): string {
  const file = /\bfile=(\S+)/.exec(line)?.[1] ?? "";
  const role = /\brole=(\S+)/.exec(line)?.[1] ?? "production";
  return [file, role === "production" ? "" : `(${role})`].filter((part) => part !== "").join(" ");
}

function block(text: string, width: number, style: Style): readonly string[] {
  const item = /^\s*([-*]|\d+\.) +/.exec(text);
  const shown = text.replace(/\[([^[\]]*)\]\(([^()]*)\)/g, "$1 ($2)");
  if (item === null) return wrap(withoutEmphasis(shown), width).map((line) => inline(line, style));
  const mark = item[1] === "-" || item[1] === "*" ? "  • " : `  ${item[1] ?? ""} `;
  const lines = wrap(withoutEmphasis(shown.slice(item[0].length)), width - mark.length);
  return hang(
    mark,
    mark.length,
    lines.map((line) => inline(line, style)),
  );
}

function withoutEmphasis(text: string): string {
  return text.replace(/\*\*([^*]+)\*\*/g, "$1").replace(/(?<![\w*`])\*([^*\s][^*]*)\*(?![\w`])/g, "$1");
}

/** Inline code keeps its backticks where there is no colour to tell it by; so does a span that is wrapped. */
function inline(line: string, style: Style): string {
  return line.replace(/`([^`]*)`/g, (all, code: string) => (style.cyan(code) === code ? all : style.cyan(code)));
}
