import type { Range } from "../../base/text";
import type { Source } from "./source";

/*
 * Which comments go with what they are about. Errs towards leaving a comment where it is:
 *
 * - Behind a value that is replaced, on its line: one that names something of the old value which the new one has not ("True",
 *   "enabled", a number, the words of a string, "all" for "*"), or calls the value temporary or for development only. Not
 *   where it forbids something ("never enable in production"), which stays true.
 * - Behind a replaced string: one that excuses a secret there to a scanner.
 * - Above a statement that is deleted: comment lines that name its setting and no other, where no statement follows at once
 *   that they may be about, too. Above an element: those that name the class or key.
 */

/** Comments that say that a value is not meant to stay. */
const PASSING =
  /\b(?:temporar(?:y|ily)|for now|(?:change|replace|move|remove|rotate) (?:this|it|me|in production|before)|to (?:the )?env(?:ironment)?|(?:dev|development|local|debug|debugging) only|only (?:for|in) (?:dev|development|local|debug\w*))\b/i;
const FORBIDS = /\b(?:never|not|don't|cannot)\b/i;
/** Pragmas of bandit, Ruff, detect-secrets and gitleaks for a secret in the source. */
const EXCUSE = /^#\s*(?:nosec\b|noqa:\s*S10[567]\b|pragma: allowlist secret\b|gitleaks:allow\b)/i;
/** Comments that this linter reads itself. */
const OWN = /django-settings-lint:/;

/** What else people call a value. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ["True", "true|enabled?|(?:turn|switch)(?:ed)? on"],
  ["False", "false|disabled?|(?:turn|switch)(?:ed)? off"],
  ["*", "all|any|every\\w*"],
]);

/** What reads as the name of a setting. */
const SETTING = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;

const QUOTED = /(["'])((?:(?!\1)[^\\\n]|\\.)*)\1/g;
const PLAIN = /(?<![\w.])(?:True|False|None|\d[\d_.]*)(?![\w.])/g;

/** The comment behind a range, with the spaces before it, where it is about what the range held and not about what it will hold. */
export function staleComment(source: Source, range: Range, written: string): Range | undefined {
  let at = range.end;
  while (",)]} \t".includes(source.text[at] ?? "\n")) at += 1;
  const comment = source.commentAt(at);
  if (comment === undefined || range.start >= comment.start) return undefined;
  const [text, old] = [source.text.slice(comment.start, comment.end), source.text.slice(range.start, range.end)];
  return isAbout(text, old, written) ? { start: source.skipSpacesBack(comment.start), end: comment.end } : undefined;
}

function isAbout(comment: string, old: string, written: string): boolean {
  if (OWN.test(comment)) return false;
  const gone = [...old.matchAll(QUOTED)].map((match) => match[2] ?? "").filter((text) => !written.includes(text));
  if (EXCUSE.test(comment)) return gone.length > 0;
  if (FORBIDS.test(comment)) return false;
  const bare = (text: string): string[] => [...text.replace(QUOTED, " ").matchAll(PLAIN)].map(([word]) => word);
  const kept = new Set(bare(written));
  return (
    PASSING.test(comment) ||
    [...gone, ...bare(old).filter((one) => !kept.has(one))].some((value) => isNamedIn(comment, value))
  );
}

function isNamedIn(comment: string, value: string): boolean {
  const synonyms = SYNONYMS.get(value);
  if (synonyms !== undefined && new RegExp(`\\b(?:${synonyms})\\b`, "i").test(comment)) return true;
  if (/^\d/.test(value)) return [...comment.matchAll(PLAIN)].some(([number]) => number === value);
  return (value === "*" || value.length > 2) && comment.includes(value);
}

/** The first line of the comment lines above a statement that is about to go, where they go with it; a blank line may lie between. */
export function commentLineAbove(source: Source, name: string, firstLine: number, lastLine: number): number {
  const next = lastLine + 1;
  const isShared = next < source.lines.lineCount && !isComment(source, next) && !source.isBlankLine(next);
  if (isShared) return firstLine;
  const last = firstLine > 0 && source.isBlankLine(firstLine - 1) ? firstLine - 1 : firstLine;
  return startOfComment(source, name, last) ?? firstLine;
}

/** The same for an element of a list or dict, known by its text: only for the comment lines right above it. */
export function commentLineAboveElement(source: Source, text: string, firstLine: number): number {
  const name = /^(["'])(?:\w+\.)*(\w+)\1/.exec(text)?.[2];
  return (name === undefined ? undefined : startOfComment(source, name, firstLine)) ?? firstLine;
}

/** The first of the comment lines that end before a line, where they name something and no setting but that. */
function startOfComment(source: Source, name: string, end: number): number | undefined {
  let line = end;
  while (line > 0 && isComment(source, line - 1)) line -= 1;
  if (line === end) return undefined;
  const text = source.text.slice(source.lines.lineStart(line), source.lines.lineStart(end));
  const isNamed = new RegExp(`(?<![\\w-])${name.replaceAll("_", "[_-]")}(?![\\w-])`, "i").test(text);
  const isAboutOthers = [...text.matchAll(SETTING)].some(([other]) => other !== name);
  return isNamed && !isAboutOthers && !OWN.test(text) ? line : undefined;
}

function isComment(source: Source, line: number): boolean {
  return /^\s*#/.test(source.lines.lineText(line));
}
