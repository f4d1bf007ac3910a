import type { FilePath } from "../../base/path";
import { append } from "../../base/lists";
import { baseName, joinPath } from "../../base/path";
import { describeFailure } from "../../project/files";
import { GitIgnore } from "../../project/gitIgnore";
import { parseDecoupleFile, parseDotenv, parseEnvironFile } from "../../python/libraries/packages/dotenv/text";
import type { FileEdit } from "../finding";
import type { EditHost } from "./editHost";
import { detectNewline } from "./sourceStyle";
import { applyTextEdits } from "./textEdits";

/** Names under which projects keep a template of their `.env`, the usual one first. */
const EXAMPLES = [".env.example", ".env.sample", ".env.template", ".env.dist", "env.example", ".env-example"];

/** Longer files are no files of variables that a person wrote. */
const MAX_LENGTH = 512 * 1024;

/** What keeps a value from being moved, as a sentence without its end; never with a value. */
export class Obstacle {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * The edits that put `variable=value` into the project's `.env`, a blank entry into its example, and `.env` into
 * `.gitignore` where git does not ignore it. An obstacle where that cannot be done without harm: the value cannot be written so
 * that every reader of such files gives it back, an entry holds another value, a file cannot be read (yet) or ends in the
 * middle of an entry.
 */
export function dotEnvEdits(
  host: EditHost,
  root: FilePath,
  variables: ReadonlyMap<string, string>,
  usesDjangoEnviron: boolean,
): readonly FileEdit[] | Obstacle {
  const examples = EXAMPLES.map((name) => joinPath(root, name));
  const example = examples.find((path) => host.onDisk(path)?.ok === true) ?? joinPath(root, ".env.example");
  const values = new Map<string, string>();
  for (const [name, value] of variables) {
    const written = dotEnvValue(value);
    // django-environ takes a leading dollar for the name of another variable, quoted or not.
    if (written === undefined || (usesDjangoEnviron && value.startsWith("$")))
      return new Obstacle("readers of .env files would not agree on the value");
    values.set(name, written);
  }
  const blanks = new Map([...variables.keys()].map((name) => [name, ""]));
  const parts = [
    entryEdits(host, joinPath(root, ".env"), values, variables),
    entryEdits(host, example, blanks, undefined),
    ignoreEdits(host, root),
  ];
  const edits: FileEdit[] = [];
  for (const part of parts) {
    if (part instanceof Obstacle) return part;
    append(edits, part);
  }
  return edits;
}

/** How `.env` holds a variable: not at all or without a text, so that every reader gives this one, or with another. */
export function heldIn(
  host: EditHost,
  file: FilePath,
  name: string,
  value: string | undefined,
): "absent" | "so" | "otherwise" {
  const text = textOf(host, file);
  if (text instanceof Obstacle) return "absent";
  const texts = READERS.flatMap((read) => read(text).get(name) ?? []);
  if (texts.every((each) => each === "")) return "absent";
  // Readers put other variables in place of these, so that the text is not what they give.
  const isPlain = value !== undefined && !value.includes("${") && !value.startsWith("$");
  return isPlain && texts.every((each) => each === value) ? "so" : "otherwise";
}

/** A file's text; empty for a missing file. */
function textOf(host: EditHost, file: FilePath): string | Obstacle {
  const read = host.onDisk(file);
  const name = baseName(file);
  if (read === undefined) return new Obstacle(`${name} has not been read yet`);
  if (!read.ok)
    return read.reason === "missing" ? "" : new Obstacle(`${name}: ${describeFailure(read.reason, read.detail)}`);
  return read.text.length > MAX_LENGTH ? new Obstacle(`${name} is too long`) : read.text;
}

/**
 * Adds `NAME=written` lines to a file of variables. With `values` blank entries are filled and others must hold these values;
 * without, entries that are there stay as they are.
 */
function entryEdits(
  host: EditHost,
  file: FilePath,
  written: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string> | undefined,
): readonly FileEdit[] | Obstacle {
  const text = textOf(host, file);
  if (text instanceof Obstacle) return text;
  const edits: FileEdit[] = [];
  const missing: string[] = [];
  for (const [name, entryText] of written) {
    const entry = new RegExp(`^([ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=)([^\\r\\n]*)`, "m").exec(text);
    if (entry === null) missing.push(`${name}=${entryText}`);
    else if (values !== undefined) {
      const held = heldIn(host, file, name, values.get(name));
      if (held === "otherwise") return new Obstacle(`${baseName(file)} has another value for ${name}`);
      const start = entry.index + (entry[1] ?? "").length;
      if (held === "absent")
        edits.push({ file, range: { start, end: start + (entry[2] ?? "").length }, text: entryText });
    }
  }
  if (missing.length > 0) edits.push(addedLines(file, text, missing));
  if (edits.length > 0 && endsOpen(text))
    return new Obstacle(
      `${baseName(file)} ends in the middle of an entry, with an open quote or a backslash: end it first`,
    );
  if (!keepsOthers(text, edits, values))
    return new Obstacle(`readers of ${baseName(file)} would not agree on what it says then`);
  return edits;
}

function ignoreEdits(host: EditHost, root: FilePath): readonly FileEdit[] | Obstacle {
  const secret = joinPath(root, ".env");
  const file = joinPath(root, ".gitignore");
  const text = textOf(host, file);
  if (text instanceof Obstacle) return text;
  // The file may have changed since the folder was listed.
  const now = new GitIgnore(root);
  now.add(root, text);
  return host.isIgnored(secret) || now.ignores(secret, "file") ? [] : [addedLines(file, text, [".env"])];
}

/** Lines at the end of a file. */
function addedLines(file: FilePath, text: string, lines: readonly string[]): FileEdit {
  const newline = detectNewline(text);
  const gap = text === "" || text.endsWith("\n") ? "" : newline;
  return {
    file,
    range: { start: text.length, end: text.length },
    text: gap + lines.map((line) => line + newline).join(""),
    create: true,
    isLines: true,
  };
}

const readDotenv = (text: string): ReadonlyMap<string, string> =>
  new Map(parseDotenv(text).map(([name, value]) => [name, value ?? ""]));
/** The file as each of the usual readers has it, by name; the last entry of a name counts. */
const READERS: readonly ((text: string) => ReadonlyMap<string, string>)[] = [
  readDotenv,
  (text) => parseEnvironFile(text, false),
  (text) => parseEnvironFile(text, true),
  parseDecoupleFile,
];

/** Whether the edited file gives every reader the new values, and all others as before. */
function keepsOthers(
  text: string,
  edits: readonly FileEdit[],
  values: ReadonlyMap<string, string> | undefined,
): boolean {
  const inserted = edits.map((edit) => ({ ...edit.range, text: edit.text }));
  const sorted = inserted.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const after = applyTextEdits(text, sorted);
  return READERS.every((read) => {
    const [old, fresh] = [read(text), read(after)];
    const isKept = [...old].every(([name, value]) => isNew(name, values) || fresh.get(name) === value);
    // What stands in front of a name that is there already, blanks or `export`, is not for all readers.
    const isGiven = [...(values ?? [])].every(
      ([name, value]) => fresh.get(name) === value || (read !== readDotenv && !fresh.has(name)),
    );
    return isKept && isGiven;
  });
}

/** python-decouple takes `export NAME` for a name. */
function isNew(name: string, values: ReadonlyMap<string, string> | undefined): boolean {
  return values?.has(name.replace(/^export\s+/, "")) === true;
}

/** Whether a file ends within an entry, so that another line would become part of it: an open quote, a trailing backslash. */
function endsOpen(text: string): boolean {
  if (text.trimEnd().endsWith("\\")) return true;
  const opening = /[ \t]*(?:export[ \t]+)?[\w.]+[ \t]*=[ \t]*(["'])/y;
  for (let at = 0; at < text.length;) {
    opening.lastIndex = at;
    const quote = opening.exec(text)?.[1];
    const end = quote === undefined ? at : closingQuote(text, opening.lastIndex, quote);
    if (end === undefined) return true;
    const newline = text.indexOf("\n", end);
    at = newline < 0 ? text.length : newline + 1;
  }
  return false;
}

function closingQuote(text: string, from: number, quote: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\" && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

/**
 * A value as python-dotenv, django-environ, python-decouple and docker compose all read it back; `undefined` for line
 * breaks, for what is no text of its own, and for mixtures of quotes, backslashes and blanks on which they disagree.
 */
export function dotEnvValue(value: string): string | undefined {
  // Whatever Python's `splitlines` takes for a line's end ends the entry; python-dotenv replaces `${NAME}` whatever quotes
  // stand around it; half a surrogate pair cannot be written as UTF-8.
  if (/[\p{Cc}\u2028\u2029\p{Cs}]|\$\{/u.test(value.replaceAll("\t", " "))) return undefined;
  if (/^[\w@%+=:,./^-]*$/.test(value)) return value;
  if (!value.includes("'") && !value.includes("\\")) return `'${value}'`;
  if (!/["\\$`]/.test(value)) return `"${value}"`;
  // Bare: a hash counts only behind a blank, and quotes only around the whole.
  return /\s/.test(value) || /^["'#$]|["']$/.test(value) || value.includes("$") ? undefined : value;
}
