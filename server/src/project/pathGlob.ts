/**
 * Turns a `glob.glob` pattern into a test of paths relative to the folder it starts from. `*`, `?` and `[...]` stay inside
 * one part and do not match a leading dot (https://docs.python.org/3/library/glob.html); `**` as a part of its own spans folders,
 * as with `recursive=True` and in `pathlib`.
 */
export function globToRegExp(pattern: string): RegExp {
  const parts = pattern.split("/").filter((part) => part !== "" && part !== ".");
  const source = parts.map((part, index) => partSource(part, index === parts.length - 1)).join("");
  return new RegExp(`^${source}$`);
}

function partSource(part: string, isLast: boolean): string {
  if (part === "**") return isLast ? "(?:(?!\\.)[^/]+/)*(?!\\.)[^/]+" : "(?:(?!\\.)[^/]+/)*";
  const hidden = part.startsWith(".") ? "" : "(?!\\.)";
  const body = part.replace(/\[(!?)([^\]]+)\]|[\s\S]/g, (token, negated: string, set: string | undefined) => {
    if (set !== undefined) return `[${negated ? "^/" : ""}${set.replace(/[\\\]^]/g, "\\$&")}]`;
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    return token.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return hidden + body + (isLast ? "" : "/");
}
