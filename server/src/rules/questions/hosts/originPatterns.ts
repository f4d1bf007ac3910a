import { sharedDomain } from "./sharedDomains";

/** An origin that a pattern matches although it should not, and why. */
export interface Looseness {
  readonly example: string;
  readonly reason: string;
}

const EVERYTHING: readonly string[] = [
  ".*",
  "^.*",
  "^.*$",
  ".*$",
  ".+",
  "^.+$",
  "^.+",
  "^https?://.*$",
  "^https?://.*",
  "^https://.*$",
  "^https://.*",
];

/**
 * How a pattern for origins, which is matched from the beginning, lets others in; `undefined`: it does not, or it is written
 * in ways that are not looked into (alternatives at its top, lookarounds).
 */
export function looseness(pattern: string): Looseness | undefined {
  if (EVERYTHING.includes(pattern)) return { example: "https://evil.example", reason: "it matches every origin" };
  if (pattern.includes("(?") || hasTopAlternative(pattern)) return undefined;
  if (!/(?:\$|\\Z)\)*$/.test(pattern)) {
    const isHost = /[a-z]{2}\){0,20}$/i.test(pattern);
    return isHost ? { example: "the same with .evil.example behind it", reason: "it has no $ at its end" } : undefined;
  }
  return unescapedDot(pattern) ?? belowSharedDomain(pattern);
}

/** Any name below a domain where anybody may have a site: `^https://.*\.vercel\.app$`. */
function belowSharedDomain(pattern: string): Looseness | undefined {
  const anySubdomain = /^\^?https?\??:(?:\/|\\\/){2}\(?(?:\\w|\[[\w\\.-]+\]|\.)[+*]\)?(\\\.[a-z0-9.\\-]+)\$$/i;
  const suffix = sharedDomain(anySubdomain.exec(pattern)?.[1]?.replaceAll("\\", "") ?? "");
  return suffix === undefined
    ? undefined
    : { example: `https://evil.${suffix}`, reason: `anybody can have a site below ${suffix}` };
}

/** `|` outside of all parentheses: each side is a pattern of its own. */
function hasTopAlternative(pattern: string): boolean {
  let depth = 0;
  for (const char of pattern.replace(/\\./g, "")) {
    if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (char === "|" && depth === 0) return true;
  }
  return false;
}

/** A dot between two words of plain letters is meant as itself: `shop.example`. */
function unescapedDot(pattern: string): Looseness | undefined {
  const host = /^\^?https?\??:(?:\/|\\\/){2}([a-z0-9-]+(?:\\?\.[a-z0-9-]+)+)\$$/i.exec(pattern)?.[1];
  if (host === undefined) return dotBehindSubdomain(pattern);
  if (!/[^\\]\./.test(host)) return undefined;
  return withAnyCharacter(host.replace(/([^\\])\./, "$1x"));
}

/**
 * The same of a host behind any subdomain, `\w+.shop.example`: where the dot before the part that people can register is any
 * character, so is what stands there in the name of another domain.
 */
function dotBehindSubdomain(pattern: string): Looseness | undefined {
  const start = /^\^?https?\??:(?:\/|\\\/){2}\(?(?:\\w|\[[\w\\.-]+\]|\.)[+*](\\?\.)\)?([a-z0-9.\\-]+)\$$/i;
  const [, dot, host = ""] = start.exec(pattern) ?? [];
  const labels = host.split(".");
  if (dot === undefined || labels.length < 2) return undefined;
  if (dot === "." && labels.length === 2) return withAnyCharacter(`evil-${host}`);
  const registered = /^(.*[^\\])\.([a-z0-9-]+\\?\.[a-z0-9-]+)$/i.exec(host);
  return registered === null ? undefined : withAnyCharacter(`a.${registered[1] ?? ""}x${registered[2] ?? ""}`);
}

function withAnyCharacter(host: string): Looseness {
  return {
    example: `https://${host.replaceAll("\\.", ".")}`,
    reason: "a dot that is not escaped stands for any character",
  };
}
