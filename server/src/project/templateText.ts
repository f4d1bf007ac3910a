import { TemplateOptions } from "./templateOptions";

/*
 * Reads a file of a template for projects as one project that it may make: each placeholder as a name of the same length, all
 * options on. Every character that stays is where it was, so that what is said of the text holds for the file as it is written.
 */

/**
 * What template engines read: placeholders, statements, comments (https://jinja.palletsprojects.com/en/stable/templates/#synopsis).
 * `${{` is a GitHub workflow's own. A tag that begins ends the search for the end of the one before, and none is longer than what
 * people write, which bounds the work.
 */
const TAG =
  /(?<!\$)\{\{(?:-?\s{0,9}["'](?:\{\{|\}\}|\{%|%\})["']\s{0,9}-?|[^{}]{1,500})\}\}|\{%(?:[^%{]|%(?!\})|\{(?!%)){1,1000}%\}|\{#(?:[^#{]|#(?!\})|\{(?!#)){0,5000}#\}/g;

const STATEMENT = /^\{%[-+]?\s*(\w+)\b([^]*)%\}$/;

/** A path of names such as `cookiecutter.project_slug`; what is done to it does not matter. */
const PATH = /^\{\{[-+]?\s*(?:_?(?:cookiecutter|copier)\w*\.)?([A-Za-z_]\w*)/;

const NAMELESS = "placeholder";

/** A text of a template that can be read: `project_name______` for `{{ project_name }}`, blanks for statements. */
export function readableTemplate(text: string): string {
  if (!/\{[{%#]/.test(text)) return text;
  const reader = new Reader(text);
  for (const tag of text.matchAll(TAG)) reader.take(tag[0], tag.index);
  return reader.end();
}

/** What a placeholder among the names of folders stands for: `project_slug` for `{{cookiecutter.project_slug}}`; others as they are. */
export function nameOfPlaceholders(name: string): string {
  return name.includes("{{") ? name.replace(TAG, nameOf) : name;
}

/** The name that a stand-in was made of; other names as they are. */
export function nameOfStandIn(name: string): string {
  return /[^_]_{4,}$/.test(name) ? name.replace(/(?<!_)_+$/, "") : name;
}

/** Whether a text of a template holds a stand-in. */
export function holdsStandIn(text: string): boolean {
  return /[A-Za-z0-9]_{4,}/.test(text);
}

/** Whether nobody knows what a text of a template will be: it holds a stand-in, and is no path to a part of the project. */
export function isUnknownText(text: string): boolean {
  return holdsStandIn(text) && !/^[A-Za-z]\w*_{4}(?:\.[A-Za-z_]\w*)+$/.test(text);
}

function nameOf(placeholder: string): string {
  const name = PATH.exec(placeholder)?.[1] ?? NAMELESS;
  return /^_|_$/.test(name) || name.length > placeholder.length - 4 ? NAMELESS.slice(0, placeholder.length - 4) : name;
}

/** One branch of an `{% if %}` after the other: the first that applies is read. */
interface Choice {
  isRead: boolean;
  wasRead: boolean;
}

class Reader {
  private readonly text: string;
  private readonly options = new TemplateOptions();
  private readonly choices: Choice[] = [];
  /** How many of the choices are at a branch that is left out. */
  private unread = 0;
  private isRaw = false;
  private at = 0;
  private out = "";

  constructor(text: string) {
    this.text = text;
  }

  take(tag: string, index: number): void {
    const statement = STATEMENT.exec(tag);
    if (this.isRaw && statement?.[1] !== "endraw") return;
    this.copyTo(index);
    this.at = index + tag.length;
    if (tag.startsWith("{{") && this.isRead()) this.out += nameOf(tag).padEnd(tag.length, "_");
    else this.out += blank(tag);
    if (statement !== null) this.follow(statement[1] ?? "", (statement[2] ?? "").replace(/[-+]$/, "").trim());
  }

  end(): string {
    this.copyTo(this.text.length);
    return this.out.replace(/^[ \t]*\0[ \t\0]*(?=(.?))/gm, indented).replaceAll("\0", " ");
  }

  private copyTo(index: number): void {
    const text = this.text.slice(this.at, index);
    this.out += this.isRead() ? text : blank(text);
  }

  private isRead(): boolean {
    return this.unread === 0;
  }

  private follow(word: string, condition: string): void {
    const choice = this.choices.at(-1);
    if (word === "raw" || word === "endraw") this.isRaw = word === "raw";
    else if (word === "if") {
      const isRead = this.isRead() && this.options.holds(condition);
      this.choices.push({ isRead: true, wasRead: isRead });
      this.read(this.choices.at(-1), isRead);
    } else if (word === "endif") {
      this.read(choice, true);
      this.choices.pop();
    } else if ((word === "elif" || word === "else") && choice !== undefined) {
      this.read(choice, true);
      const isNext = !choice.wasRead && this.isRead() && (word === "else" || this.options.holds(condition));
      choice.wasRead ||= isNext;
      this.read(choice, isNext);
    }
  }

  private read(choice: Choice | undefined, isRead: boolean): void {
    if (choice === undefined || choice.isRead === isRead) return;
    this.unread += isRead ? -1 : 1;
    choice.isRead = isRead;
  }
}

/** `\0` marks what was blanked out until the line's beginning is laid out. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, "\0");
}

/**
 * What stands behind a blanked-out tag at a line's beginning keeps the indentation of the tag: for Python a form feed begins the
 * line anew (https://docs.python.org/3/reference/lexical_analysis.html#indentation).
 */
function indented(blanks: string, next: string): string {
  const width = /^[ \t]*/.exec(blanks)?.[0].length ?? 0;
  return next === "" ? " ".repeat(blanks.length) : "\f".repeat(blanks.length - width) + blanks.slice(0, width);
}
