import { baseName, type FilePath } from "../../base/path";
import type { Range } from "../../base/text";
import { mayHoldSecret } from "./secretNames";

/** What may stand before an assignment: blanks, comment marks, the mark of a list. */
const LEAD = /^[ \t#;/-]*/;
/**
 * `NAME=value`, `NAME = value`, `export NAME=value`, `name: value`, `"name": value`: what environment files, YAML, INI, TOML, JSON,
 * shells and Dockerfiles have in common.
 */
const ASSIGNMENT =
  /^((?:(?:export|set|setenv|declare -x|ENV|ARG)[ \t]+)?["']?)([A-Za-z_][\w.-]*)(["']?[ \t]*[:=][ \t]*)(\S.*)?$/;
/** Docker's `ENV NAME value`, csh's `setenv NAME value`. */
const SPACED = /^((?:ENV|setenv)[ \t]+)([A-Za-z_]\w*)([ \t]+)(\S.*)$/;

/** Whether a file is one that holds secrets (`.env`, `.env.local`), not the example that is committed beside it. */
export function isSecretFile(file: FilePath): boolean {
  const name = baseName(file);
  return /^\.env(?:\.|$)|\.env$/.test(name) && !/example|sample|template|dist/.test(name);
}

/**
 * The values in a text of assignments, line by line. `all`: every value is taken for a secret, and so are lines that are no
 * assignment; else those whose names say so. A value in quotes may reach over several lines.
 */
export function assignmentSpans(text: string, all: boolean): readonly Range[] {
  const spans: Range[] = [];
  let start = 0;
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const content = line.replace(/\r$/, "");
    if (open !== undefined) {
      spans.push({ start, end: start + content.length });
      if (closes(content, open, 0)) open = undefined;
    } else {
      const lead = LEAD.exec(content)?.[0].length ?? 0;
      const rest = content.slice(lead);
      const [match, before = "", name = "", sign = "", value = ""] = ASSIGNMENT.exec(rest) ?? SPACED.exec(rest) ?? [];
      const isSecret = all || mayHoldSecret(name);
      if (match !== undefined && isSecret && value !== "") {
        spans.push({ start: start + lead + before.length + name.length + sign.length, end: start + content.length });
        open = opensOver(value);
      } else if (match === undefined && all && !/^\s*(?:#.*)?$/.test(content))
        spans.push({ start, end: start + content.length });
    }
    start += line.length + 1;
  }
  return spans;
}

/** The quote that a value opens and does not close in its line. */
function opensOver(value: string): string | undefined {
  const quote = /^(?:"""|'''|["'`])/.exec(value)?.[0];
  return quote === undefined || closes(value, quote, quote.length) ? undefined : quote;
}

function closes(line: string, quote: string, from: number): boolean {
  for (let at = line.indexOf(quote, from); at >= 0; at = line.indexOf(quote, at + 1))
    if (line[at - 1] !== "\\") return true;
  return false;
}
