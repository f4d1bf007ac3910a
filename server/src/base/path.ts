/**
 * Paths of files as the core sees them: absolute, `/`-separated, no `.` or `..` parts, no trailing slash
 * (`/home/ann/shop/manage.py`, on Windows `/c:/shop/manage.py`). Only `entry` and `lsp` know URIs and the host's own paths.
 */
export type FilePath = string;

/** Joins and normalises; an absolute part starts over, as `posixpath.join` does. */
export function joinPath(...parts: readonly string[]): FilePath {
  let joined = "";
  for (const part of parts) {
    if (part.startsWith("/")) joined = part;
    else if (part !== "") joined = joined === "" || joined.endsWith("/") ? joined + part : `${joined}/${part}`;
  }
  return normalizePath(joined);
}

/** Resolves `.`, `..` and doubled slashes lexically, as `posixpath.normpath` does. */
export function normalizePath(path: string): FilePath {
  const absolute = path.startsWith("/");
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && kept.length > 0 && kept[kept.length - 1] !== "..") kept.pop();
    else if (part !== ".." || !absolute) kept.push(part);
  }
  const joined = kept.join("/");
  return absolute ? `/${joined}` : joined === "" ? "." : joined;
}

/** The folder a path stands in; the root's is the root. */
export function parentPath(path: FilePath): FilePath {
  const cut = path.lastIndexOf("/");
  return cut <= 0 ? "/" : path.slice(0, cut);
}

/** The last part of a path. */
export function baseName(path: FilePath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether `path` is `folder` or lies below it. */
export function isInside(folder: FilePath, path: FilePath): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** `path` as seen from `folder` (`a/b.py`); a path outside of `folder` comes back unchanged. */
export function relativePath(folder: FilePath, path: FilePath): string {
  if (path === folder) return ".";
  return isInside(folder, path) ? path.slice(folder === "/" ? 1 : folder.length + 1) : path;
}
