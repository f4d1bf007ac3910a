import { append } from "../../base/lists";
import type { Range } from "../../base/text";

/** Longer user names without a password are tokens (`https://TOKEN@host`), where they look like one. */
const MIN_USER_TOKEN = 16;

/**
 * The passwords in `scheme://user:password@host` wherever they stand in a text, odd ones with `@`, `/`, `?` or `#` in them too:
 * where it cannot be told how far the password goes, the part of the URL that may belong to it is taken. Tokens that stand alone
 * before the `@` too. Takes a time linear in the text's length.
 */
export function urlSpans(text: string): readonly Range[] {
  const spans: Range[] = [];
  for (const run of text.matchAll(/[^\s<>]+/g)) {
    if (run[0].includes("://") && run[0].includes("@")) append(spans, spansOfRun(run[0], run.index));
  }
  return spans;
}

/** One stretch without white space; `offset` is where it begins. */
function spansOfRun(run: string, offset: number): readonly Range[] {
  const spans: Range[] = [];
  let next = run.lastIndexOf("://");
  // From the last URL to the first, so that each is looked at up to the next one only.
  for (let limit = run.length; next >= 0; next = next === 0 ? -1 : run.lastIndexOf("://", next - 1)) {
    if (next === 0 || !/[A-Za-z0-9]/.test(run[next - 1] ?? "")) continue;
    const start = next + 3;
    const span = credentialsOf(run.slice(start, limit));
    if (span !== undefined) spans.push({ start: offset + start + span.start, end: offset + start + span.end });
    limit = next;
  }
  return spans;
}

/** The secret part of what stands behind `://`. */
function credentialsOf(rest: string): Range | undefined {
  const quote = /["'`]/.exec(rest)?.index ?? rest.length;
  const inside = rest.slice(0, quote);
  // A quote may be part of the password; where the `@` stands behind one, it is taken to be.
  const url = inside.includes("@") ? inside : rest;
  const at = url.lastIndexOf("@");
  // Colons in brackets belong to an IPv6 address.
  if (at < 0 || url.startsWith("[")) return undefined;
  const colon = url.indexOf(":");
  const slash = url.search(/[/?#]/);
  const hasPassword = colon >= 0 && colon < at && (slash < 0 || colon < slash);
  if (!hasPassword) return slash >= 0 && slash < at ? undefined : userToken(url.slice(0, at));
  // `host:8000/@name`: a port, and a path with an `@` in it.
  if (slash > colon && slash < at && /^\d{1,5}$/.test(url.slice(colon + 1, slash))) return undefined;
  return { start: colon + 1, end: at };
}

function userToken(user: string): Range | undefined {
  const isToken = user.length >= MIN_USER_TOKEN && /\d/.test(user) && /[A-Za-z]/.test(user);
  return isToken ? { start: 0, end: user.length } : undefined;
}
