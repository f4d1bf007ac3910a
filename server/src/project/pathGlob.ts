import type { Range } from "../base/text";

/** What the dialects of globs differ in. */
export interface GlobDialect {
  /** Whether wildcards match a dot at the beginning of a name. */
  readonly matchesHidden: boolean;
  /** Whether a backslash takes a wildcard's meaning away. */
  readonly escapes: boolean;
}

/** https://docs.python.org/3/library/glob.html, with `**` as in `pathlib`. */
export const PYTHON_GLOB: GlobDialect = { matchesHidden: false, escapes: false };
/** https://git-scm.com/docs/gitignore, and ours in the configuration. */
export const PATH_GLOB: GlobDialect = { matchesHidden: true, escapes: true };

/** A character, one of some characters, any one (`?`), or any number of them (`*`). */
type Token = string | CharacterSet | typeof ANY | typeof STAR;
interface CharacterSet {
  readonly isNegated: boolean;
  readonly ranges: readonly (readonly [string, string])[];
}
const ANY = Symbol("?");
const STAR = Symbol("*");

/** A part between slashes: a name as it is, a pattern for one name, or any number of names (`**`). */
type Part = string | NamePattern | typeof SPAN;
interface NamePattern {
  readonly tokens: readonly Token[];
  /** What every matching name begins and ends with: a cheap test that most names fail. */
  readonly head: string;
  readonly tail: string;
}
const SPAN = Symbol("**");

/**
 * A glob for paths relative to some folder. `*`, `?` and `[...]` stay inside one name; `**` as a part of its own spans folders, at the
 * end at least one name. Matching never goes back further than to the last `*` (or `**`), which is enough for patterns without
 * alternatives: the time is at most the length of the path times that of the pattern, whoever wrote it.
 */
export class PathGlob {
  private readonly parts: readonly Part[];
  private readonly dialect: GlobDialect;

  constructor(pattern: string, dialect: GlobDialect) {
    this.dialect = dialect;
    const written = pattern.split("/").filter((part) => part !== "");
    const parts = written.map((part) => (part === "**" ? SPAN : compilePart(part, dialect)));
    if (parts.at(-1) === SPAN) parts.splice(-1, 0, patternOf([STAR]));
    this.parts = parts.filter((part, index) => part !== SPAN || parts[index + 1] !== SPAN);
  }

  /** The one path that matches, where there are no wildcards. */
  get literal(): string | undefined {
    return this.parts.every((part) => typeof part === "string") ? this.parts.join("/") : undefined;
  }

  matches(path: string): boolean {
    const names = path.split("/");
    return matchesFromLastStar(
      names.length,
      this.parts.length,
      (part) => this.parts[part] === SPAN,
      (name, part) => this.matchesName(names[name] ?? "", this.parts[part]),
      (name) => this.dialect.matchesHidden || !(names[name] ?? "").startsWith("."),
    );
  }

  private matchesName(name: string, part: Part | undefined): boolean {
    if (typeof part === "string") return name === part;
    if (part === undefined || part === SPAN) return false;
    if (!name.startsWith(part.head) || !name.endsWith(part.tail)) return false;
    const { tokens } = part;
    if (!this.dialect.matchesHidden && name.startsWith(".") && tokens[0] !== ".") return false;
    return matchesFromLastStar(
      name.length,
      tokens.length,
      (token) => tokens[token] === STAR,
      (unit, token) => matchesUnit(name[unit] ?? "", tokens[token]),
      () => true,
    );
  }
}

/**
 * Matches items (names of a path, characters of a name) with parts, some of which are stars for any number of items that `spans`
 * allows.
 */
function matchesFromLastStar(
  itemCount: number,
  partCount: number,
  isStar: (part: number) => boolean,
  matchesOne: (item: number, part: number) => boolean,
  spans: (item: number) => boolean,
): boolean {
  let item = 0;
  let part = 0;
  let star = -1;
  let takenByStar = 0;
  while (item < itemCount) {
    if (part < partCount && isStar(part)) {
      star = part;
      takenByStar = item;
      part += 1;
    } else if (part < partCount && matchesOne(item, part)) {
      item += 1;
      part += 1;
    } else if (star >= 0 && spans(takenByStar)) {
      takenByStar += 1;
      item = takenByStar;
      part = star + 1;
    } else return false;
  }
  while (part < partCount && isStar(part)) part += 1;
  return part === partCount;
}

function matchesUnit(unit: string, token: Token | undefined): boolean {
  if (typeof token === "string") return unit === token;
  if (token === ANY) return true;
  if (typeof token !== "object") return false;
  return token.isNegated !== token.ranges.some(([low, high]) => low <= unit && unit <= high);
}

function compilePart(part: string, { escapes }: GlobDialect): string | NamePattern {
  const tokens: Token[] = [];
  for (let at = 0; at < part.length; at += 1) {
    const unit = part[at] ?? "";
    const set = unit === "[" ? readSet(part, at) : undefined;
    if (set !== undefined) {
      tokens.push(set.token);
      at = set.end - 1;
    } else if (unit === "*") {
      if (tokens.at(-1) !== STAR) tokens.push(STAR);
    } else if (unit === "?") tokens.push(ANY);
    else if (unit === "\\" && escapes && at + 1 < part.length) tokens.push(part[(at += 1)] ?? "");
    else tokens.push(unit);
  }
  return tokens.every((token) => typeof token === "string") ? tokens.join("") : patternOf(tokens);
}

function patternOf(tokens: readonly Token[]): NamePattern {
  const firstWild = tokens.findIndex((token) => typeof token !== "string");
  const lastWild = tokens.findLastIndex((token) => typeof token !== "string");
  return { tokens, head: written(tokens.slice(0, firstWild)), tail: written(tokens.slice(lastWild + 1)) };
}

function written(tokens: readonly Token[]): string {
  return tokens.filter((token) => typeof token === "string").join("");
}

/** `[abc]`, `[a-z]`, `[!a]`; a bracket directly behind the first one stands for itself. Without an end it is no set. */
function readSet(part: string, start: number): { readonly token: CharacterSet; readonly end: number } | undefined {
  const isNegated = part[start + 1] === "!";
  const first = start + (isNegated ? 2 : 1);
  const end = part.indexOf("]", first + 1);
  if (end < 0) return undefined;
  const ranges: (readonly [string, string])[] = [];
  for (let at = first; at < end; at += 1) {
    const low = part[at] ?? "";
    const isRange = part[at + 1] === "-" && at + 2 < end;
    ranges.push([low, isRange ? (part[at + 2] ?? "") : low]);
    if (isRange) at += 2;
  }
  return { token: { isNegated, ranges }, end: end + 1 };
}

/** A test of paths by globs with braces; a glob of too many alternatives matches nothing. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.flatMap((each) => expandBraces(each) ?? []).map((each) => new PathGlob(each, PATH_GLOB));
  return (path) => globs.some((glob) => glob.matches(path));
}

/** More alternatives than this are not made of one glob. */
const MAX_ALTERNATIVES = 100;

/** `a.{js,ts}` as `a.js` and `a.ts`; `undefined` beyond {@link MAX_ALTERNATIVES}. Braces without a comma stand for themselves. */
export function expandBraces(pattern: string): readonly string[] | undefined {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const group = innermostGroup(next);
    if (group === undefined) done.push(next);
    else
      for (const choice of next
        .slice(group.start + 1, group.end)
        .split(",")
        .toReversed())
        open.push(next.slice(0, group.start) + choice + next.slice(group.end + 1));
    if (done.length + open.length > MAX_ALTERNATIVES) return undefined;
  }
  return done;
}

/** The first `{...,...}` without braces inside; `end` is its closing brace. */
function innermostGroup(pattern: string): Range | undefined {
  let start = -1;
  for (let at = 0; at < pattern.length; at += 1) {
    if (pattern[at] === "{") start = at;
    if (pattern[at] !== "}" || start < 0) continue;
    if (pattern.slice(start, at).includes(",")) return { start, end: at };
    start = -1;
  }
  return undefined;
}
