// Whoever names a file or writes a line of source must not be able to act through what is shown of it: not on a terminal
// (escape sequences, marks that turn text around), and not in CI, where a line that begins with `::` is a command to
// GitHub's runner.

/**
 * C0 and C1 controls, line and paragraph separators, and the marks for the direction of text (CVE-2021-42574). Other
 * characters can at most be invisible.
 */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text on one line that can do nothing: each control character, line breaks among them, is a visible dot. */
export function printable(text: string): string {
  return text.replace(CONTROL, "·");
}

/** A count as people read it: `1,000,000`. Not by `toLocaleString`, whose first call makes V8 load its tables of languages. */
export function printableCount(count: number): string {
  const digits = String(count);
  const first = digits.length % 3 || 3;
  const groups = Array.from({ length: Math.ceil((digits.length - first) / 3) }, (_, index) =>
    digits.slice(first + index * 3, first + index * 3 + 3),
  );
  return [digits.slice(0, first), ...groups].join(",");
}

/** As {@link printable}, for several lines: they end where they did, and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(CONTROL, (character, at: number) => {
    const isKept = character === "\n" || character === "\t" || (character === "\r" && text[at + 1] === "\n");
    return isKept ? character : "·";
  });
}

/** JSON with control characters in its strings as escapes: it says the same. `JSON.stringify` escapes C0 only. */
export function printableJson(json: string): string {
  // Line breaks are the document's own: those in strings are escapes already.
  return json.replace(CONTROL, (character) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
