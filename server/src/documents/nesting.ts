/**
 * How deep the brackets of a JSON or TOML text nest, and the parts of a dotted key with them; counting ends beyond `limit`.
 * Exact for the part of a text that is valid; what a parser reads of an invalid one ends at its first mistake.
 */
export function flowNesting(format: "json" | "toml", text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  let dots = 0;
  for (let at = 0; at < text.length && deepest <= limit; at += 1) {
    const unit = text[at];
    if (unit === "[" || unit === "{") deepest = Math.max(deepest, ++depth);
    else if (unit === "]" || unit === "}") depth = Math.max(depth - 1, 0);
    else if (unit === '"' || (unit === "'" && format === "toml")) at = stringEnd(format, text, at) - 1;
    else if (format === "json") continue;
    else if (unit === "#") at = lineEnd(text, at) - 1;
    else if (unit === ".") deepest = Math.max(deepest, ++dots);
    else if (unit === "\n" || unit === "=" || unit === ",") dots = 0;
  }
  return deepest;
}

/** Where the string that begins at `start` ends (offset behind its closing quotes, or the end of the text). */
function stringEnd(format: "json" | "toml", text: string, start: number): number {
  const quote = text[start] ?? "";
  const isLong = format === "toml" && text.startsWith(quote.repeat(3), start);
  const closing = isLong ? quote.repeat(3) : quote;
  for (let at = start + closing.length; at < text.length; at += 1) {
    if (text[at] === "\\" && quote === '"') at += 1;
    else if (text[at] === "\n" && !isLong) return at;
    else if (text.startsWith(closing, at)) return at + closing.length;
  }
  return text.length;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}
