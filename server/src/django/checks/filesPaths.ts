import { isInside, joinPath, normalizePath } from "../../base/path";
import type { Item, Value } from "../../python/values/value";
import { not } from "./check";
import { some } from "./filesAnswers";

/** The text of a path as `os.fspath` gives it; `undefined` for what is no path or not known. */
export function pathText(value: Value | undefined): string | undefined {
  return value?.kind === "str" || value?.kind === "path" ? value.value : undefined;
}

/** Whether a path's text is absolute; `undefined` where that depends on the operating system (`C:\static`). */
export function isAbsolute(text: string): boolean | undefined {
  if (text.startsWith("/")) return true;
  return /^(?:[A-Za-z]:|\\)/.test(text) ? undefined : false;
}

/** How one folder lies to another. */
export type Relation = "matches" | "is inside" | "contains" | "apart";

/** Stands for the folder in which the process is started: relative paths lie to each other as if in it. */
const WORKING_FOLDER = "/\0";

/**
 * How `path` lies to `root`, both as they are written; symbolic links are not followed. `undefined` where it depends on the
 * folder in which the process is started.
 */
export function relationOf(path: string, root: string): Relation | undefined {
  const [ofPath, ofRoot] = [isAbsolute(path), isAbsolute(root)];
  if (ofPath === undefined || ofRoot === undefined) return undefined;
  if (ofPath !== ofRoot) {
    if (ofRoot && normalizePath(root) === "/") return "is inside";
    return ofPath && normalizePath(path) === "/" ? "contains" : undefined;
  }
  if (normalizePath(path) === normalizePath(root)) return "matches";
  if (!ofPath && [path, root].some((one) => /^\.\.(?:\/|$)/.test(normalizePath(one)))) return undefined;
  const [a, b] = ofPath
    ? [normalizePath(path), normalizePath(root)]
    : [joinPath(WORKING_FOLDER, path), joinPath(WORKING_FOLDER, root)];
  if (isInside(b, a)) return "is inside";
  return isInside(a, b) ? "contains" : "apart";
}

/** One entry of STATICFILES_DIRS: a folder, or a prefix and a folder. */
export interface StaticFolder {
  readonly prefix: Value | undefined;
  readonly folder: Value;
  readonly item: Item;
}

/**
 * The entries of STATICFILES_DIRS as `FileSystemFinder` takes them apart; `undefined` in place of each that is not known.
 * `stops`: one is a list or tuple of another length than two, and Django raises ValueError. `undefined`: no list or tuple.
 */
export function staticFolders(value: Value): readonly (StaticFolder | undefined)[] | "stops" | undefined {
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  const folders = value.items.map((item) => (item.spread ? undefined : folderOf(item)));
  return folders.includes("stops") ? "stops" : (folders as readonly (StaticFolder | undefined)[]);
}

function folderOf(item: Item): StaticFolder | "stops" | undefined {
  const { value } = item;
  if (pathText(value) !== undefined) return { prefix: undefined, folder: value, item };
  if ((value.kind !== "list" && value.kind !== "tuple") || value.items.some(({ spread }) => spread)) return undefined;
  const [prefix, folder] = value.items;
  if (prefix === undefined || folder === undefined || value.items.length !== 2) return "stops";
  return { prefix: prefix.value, folder: folder.value, item };
}

/** Whether a prefix of STATICFILES_DIRS ends with a slash, which Django does not allow; `undefined` when not known. */
export function endsWithSlash(prefix: Value | undefined): boolean | undefined {
  if (prefix === undefined) return false;
  return prefix.kind === "str" ? prefix.value.endsWith("/") : undefined;
}

/** Whether STATIC_URL or MEDIA_URL has a text to which Django must not append a path; `undefined` when not known. */
export function lacksSlash(url: Value): boolean | undefined {
  if (url.kind === "none") return false;
  return url.kind === "str" ? url.value !== "" && !url.value.endsWith("/") : undefined;
}

/**
 * Whether a path certainly is no folder, given a question about absolute paths; `undefined` when not known. The operating
 * system looks at each folder on the way: `/srv/missing/../static` is not there, whatever `/srv/static` is.
 */
export function isMissingFolder(
  value: Value | undefined,
  isFolder: (path: string) => boolean | undefined,
): boolean | undefined {
  const text = pathText(value);
  if (text?.startsWith("/") !== true) return undefined;
  const parts = text.split("/");
  const onTheWay = parts.flatMap((part, at) => (part === ".." ? [parts.slice(0, at).join("/")] : []));
  return some([...onTheWay, text].map((path) => not(isFolder(normalizePath(path)))));
}
