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

/**
 * What the `location` blocks of a file of nginx's serve from directories: by `alias`, which takes the place of the URL, or by `root`,
 * which it follows. Locations that are regular expressions, and directories with variables or placeholders in them, are left out.
 */
export function servedDirectories(file: FilePath, text: string): readonly ServedDirectory[] {
  const found: ServedDirectory[] = [];
  const blocks: (string | undefined)[] = [];
  // Comments give way to blanks, so that places stay what they are.
  const code = text.replace(/#[^\n]*/g, (comment) => " ".repeat(comment.length));
  let begin = 0;
  for (const { 0: end, index } of code.matchAll(/[;{}]/g)) {
    const directive = code.slice(begin, index);
    const from = begin;
    begin = index + 1;
    if (end === "{") blocks.push(urlOf(directive.trim()));
    else if (end === "}") blocks.pop();
    const url = end === ";" ? blocks.at(-1) : undefined;
    const [, kind, path = ""] = /^\s*(alias|root)\s+"?([^"\s]+)"?\s*$/.exec(directive) ?? [];
    if (url === undefined || kind === undefined || !/^\/[\w./-]*$/.test(path)) continue;
    const start = from + directive.lastIndexOf(path);
    const directory = withoutSlash(kind === "alias" ? path : withoutSlash(path) + url);
    found.push({ url, directory, site: siteOf(file, { start, end: start + path.length }) });
  }
  return found;
}

/** `/static/` of `location ^~ /static/`. */
function urlOf(header: string): string | undefined {
  const [name, ...rest] = header.split(/\s+/);
  const [modifier = "", url] = rest.length === 2 ? rest : ["", rest[0]];
  return name === "location" && /^(?:\^~|=)?$/.test(modifier) && url?.startsWith("/") === true ? url : undefined;
}

/** A path without slashes at its end. */
export function withoutSlash(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}
