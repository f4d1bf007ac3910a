/** A site of a Caddyfile, by its address (https://caddyserver.com/docs/caddyfile/concepts#addresses). */
export interface CaddySite {
  /** Caddy answers HTTPS for it, and redirects HTTP there. */
  readonly isTls: boolean;
  /** It answers for certain hosts only. */
  readonly isNamed: boolean;
}

/** The sites of a Caddyfile without comments. Blocks open at the end of a line. */
export function caddySites(text: string): readonly CaddySite[] {
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  // The block of global options has no address.
  const start = lines[0] === "{" ? endOfBlock(lines, 0) : 0;
  const first = lines[start] ?? "";
  // A single site needs no braces: then everything behind its address belongs to it.
  if (!opens(first)) return sitesOf(first);
  const addresses: string[] = [];
  for (let i = start; i < lines.length; i = endOfBlock(lines, i)) addresses.push((lines[i] ?? "").replace(/\{$/, ""));
  return addresses.flatMap(sitesOf);
}

function opens(line: string): boolean {
  return /(?:^|[ \t])\{$/.test(line);
}

/** The line behind the block that one opens, or behind that line where it opens none. */
function endOfBlock(lines: readonly string[], start: number): number {
  let depth = 0;
  for (let i = start; i < lines.length; i++) {
    const line = lines[i] ?? "";
    if (opens(line)) depth += 1;
    else if (line === "}") depth -= 1;
    if (depth <= 0) return i + 1;
  }
  return lines.length;
}

function sitesOf(line: string): readonly CaddySite[] {
  if (/^\(|^import\b/.test(line)) return [];
  return line
    .split(/[\s,]+/)
    .filter((address) => address !== "")
    .map((address) => {
      const host = address.replace(/^https?:\/\//, "");
      const isHost = /^[a-z0-9{*]/i.test(host);
      return {
        isTls: isHost && !address.startsWith("http://") && !/:80(?:\/|$)/.test(host.replace(/\{[^{}]*\}/g, "")),
        isNamed: /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:$|[:/])/i.test(host),
      };
    });
}
