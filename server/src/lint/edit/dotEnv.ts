import type { FilePath } from "../../base/path";
import { joinPath } from "../../base/path";
import type { FileEdit } from "../finding";
import type { EditHost } from "./editHost";
import { detectNewline } from "./sourceStyle";

/** Names under which projects keep a template of their `.env`, the usual one first. */
const EXAMPLES = [".env.example", ".env.sample", ".env.template", ".env.dist", "env.example", ".env-example"];

/**
 * The edits that put `variable=value` into the project's `.env`, a blank entry into its example, and `.env` into
 * `.gitignore` where git does not ignore it. An entry that is there already is kept unless it is blank. `undefined` when
 * the value cannot be written so that every reader of such files gives it back.
 */
export function dotEnvEdits(
  host: EditHost,
  root: FilePath,
  variables: ReadonlyMap<string, string>,
  usesDjangoEnviron: boolean,
): readonly FileEdit[] | undefined {
  const secret = joinPath(root, ".env");
  const example = EXAMPLES.map((name) => joinPath(root, name)).find((path) => host.exists(path) === "file");
  const values: string[] = [];
  for (const [name, value] of variables) {
    const written = dotEnvValue(value);
    // django-environ takes a leading dollar for the name of another variable, quoted or not.
    if (written === undefined || (usesDjangoEnviron && value.startsWith("$"))) return undefined;
    values.push(`${name}=${written}`);
  }
  const blanks = [...variables.keys()].map((name) => `${name}=`);
  return [
    ...entryEdits(host, secret, values, true),
    ...entryEdits(host, example ?? joinPath(root, ".env.example"), blanks, false),
    ...(host.isIgnored(secret) ? [] : [addedLines(host, joinPath(root, ".gitignore"), [".env"])]),
  ];
}

/** Adds `NAME=value` lines to a file of variables; names that it has keep their value unless `fills` and it is blank. */
function entryEdits(host: EditHost, file: FilePath, lines: readonly string[], fills: boolean): readonly FileEdit[] {
  const text = host.readText(file) ?? "";
  const edits: FileEdit[] = [];
  const missing: string[] = [];
  for (const line of lines) {
    const name = line.slice(0, line.indexOf("="));
    const entry = new RegExp(`^([ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=)([^\\r\\n]*)`, "m").exec(text);
    if (entry === null) missing.push(line);
    else if (fills && /^(?:|""|'')$/.test((entry[2] ?? "").trim())) {
      const start = entry.index + (entry[1] ?? "").length;
      edits.push({ file, range: { start, end: start + (entry[2] ?? "").length }, text: line.slice(name.length + 1) });
    }
  }
  return missing.length === 0 ? edits : [...edits, addedLines(host, file, missing)];
}

/**
 * Lines at the end of a file; at its beginning when it is there but its text is not known, as with a `.env` that git
 * ignores and that is therefore never read.
 */
function addedLines(host: EditHost, file: FilePath, lines: readonly string[]): FileEdit {
  const text = host.readText(file) ?? "";
  const newline = detectNewline(text);
  const gap = text === "" || text.endsWith("\n") ? "" : newline;
  return {
    file,
    range: { start: text.length, end: text.length },
    text: gap + lines.map((line) => line + newline).join(""),
    create: true,
  };
}

/**
 * A value as python-dotenv, django-environ, python-decouple and docker compose all read it back; `undefined` for line
 * breaks and for mixtures of quotes, backslashes and blanks on which they disagree.
 */
export function dotEnvValue(value: string): string | undefined {
  // Line breaks end the entry; python-dotenv replaces `${NAME}` whatever quotes stand around it.
  if (/[\r\n\0]|\$\{/.test(value)) return undefined;
  if (/^[\w@%+=:,./^-]*$/.test(value)) return value;
  if (!value.includes("'") && !value.includes("\\")) return `'${value}'`;
  if (!/["\\$`]/.test(value)) return `"${value}"`;
  // Bare: a hash counts only behind a blank, and quotes only around the whole.
  return /\s/.test(value) || /^["'#$]|["']$/.test(value) || value.includes("$") ? undefined : value;
}
