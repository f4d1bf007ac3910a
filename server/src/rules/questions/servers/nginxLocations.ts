import { table } from "../../../base/table";
import type { FilePath } from "../../../base/path";
import type { Site } from "../../../python/values/value";
import { siteOf } from "../../../lint/rule";

/** A directory that nginx serves below a URL. */
export interface ServedDirectory {
  readonly url: string;
  /** As nginx sees it, without a slash at its end. */
  readonly directory: string;
  /** Where it is written. */
  readonly site: Site;
}

/** A directive in a `location` block. */
interface Directive {
  /** What the block says of URLs, behind the word `location`. */
  readonly location: string;
  readonly text: string;
  readonly start: number;
}

/**
 * What the `location` blocks of a file of nginx's serve from directories: by `alias`, which takes the place of the URL, or by `root`,
 * which it follows. Locations that are regular expressions, and directories with variables or placeholders in them, are left out.
 */
export function servedDirectories(file: FilePath, text: string): readonly ServedDirectory[] {
  return directives(text).flatMap(({ location, text: directive, start: from }) => {
    const url = urlOf(location);
    const [, kind, path = ""] = /^\s*(alias|root)\s+"?([^"\s]+)"?\s*$/.exec(directive) ?? [];
    if (url === undefined || kind === undefined || !/^\/[\w./-]*$/.test(path)) return [];
    const start = from + directive.lastIndexOf(path);
    const directory = withoutSlash(kind === "alias" ? path : withoutSlash(path) + url);
    return [{ url, directory, site: siteOf(file, { start, end: start + path.length }) }];
  });
}

/** Where a file of nginx's lets browsers keep what is below a URL for a week or longer, and for how long, as it says it. */
export function keptForLong(
  file: FilePath,
  text: string,
  url: string,
): { readonly time: string; readonly site: Site } | undefined {
  for (const { location, text: directive, start: from } of directives(text)) {
    const own = urlOf(location);
    if (own === undefined || own === "/" || withoutSlash(own) !== withoutSlash(url)) continue;
    const [, time = ""] = /^\s*expires\s+\+?(max|\d+[smhdwMy]?)\s*$/.exec(directive) ?? [];
    const [, age = ""] = /^\s*add_header\s+Cache-Control\s[^;]*\bmax-age=(\d+)/i.exec(directive) ?? [];
    if (!isLong(time) && !isLong(age)) continue;
    const start = from + directive.search(/\S/);
    return { time: directive.trim(), site: siteOf(file, { start, end: from + directive.trimEnd().length }) };
  }
  return undefined;
}

const SECONDS: Readonly<Record<string, number>> = table({
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
});

function isLong(time: string): boolean {
  if (time === "max") return true;
  const [, count = "0", unit = "s"] = /^(\d+)([smhdwMy])?$/.exec(time) ?? [];
  return Number(count) * (SECONDS[unit] ?? 0) >= 604_800;
}

function directives(text: string): readonly Directive[] {
  const found: Directive[] = [];
  const blocks: (string | undefined)[] = [];
  // Comments give way to blanks, so that places stay what they are.
  const code = text.replace(/#[^\n]*/g, (comment) => " ".repeat(comment.length));
  let begin = 0;
  for (const { 0: end, index } of code.matchAll(/[;{}]/g)) {
    const directive = code.slice(begin, index);
    const start = begin;
    begin = index + 1;
    if (end === "{") blocks.push(locationOf(directive.trim()));
    else if (end === "}") blocks.pop();
    const location = end === ";" ? blocks.at(-1) : undefined;
    if (location !== undefined) found.push({ location, text: directive, start });
  }
  return found;
}

function locationOf(header: string): string | undefined {
  return /^location\s+(\S[\s\S]*)$/.exec(header)?.[1];
}

/** `/static/` of `^~ /static/`. */
function urlOf(location: string): string | undefined {
  const words = location.split(/\s+/);
  const [modifier = "", url] = words.length === 2 ? words : ["", words.length === 1 ? words[0] : undefined];
  return /^(?:\^~|=)?$/.test(modifier) && url?.startsWith("/") === true ? url : undefined;
}

/** A path without slashes at its end. */
export function withoutSlash(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}
