import { table } from "../base/table";

/** A string literal taken apart: what stands before the quotes, and where its contents lie. */
export interface LiteralShape {
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  /** An f-string, or a t-string (PEP 750) which has the same inside. */
  readonly isFormatted: boolean;
  readonly isTemplate: boolean;
  /** Lengths of prefix with opening quotes, and of the closing quotes. */
  readonly opening: number;
  readonly closing: number;
}

/** Reads the prefix and quotes of a string literal's text; `undefined` when the prefix is not one of Python 3.14's. */
export function literalShape(text: string): LiteralShape | undefined {
  const match = /^([a-zA-Z]*)("""|'''|"|')/.exec(text);
  if (!match) return undefined;
  const prefix = (match[1] ?? "").toLowerCase();
  const quotes = (match[2] ?? "").length;
  if (!/^(?:|u|b|r|f|t|br|rb|fr|rf|tr|rt)$/.test(prefix)) return undefined;
  return {
    isRaw: prefix.includes("r"),
    isBytes: prefix.includes("b"),
    isFormatted: prefix.includes("f") || prefix.includes("t"),
    isTemplate: prefix.includes("t"),
    opening: prefix.length + quotes,
    closing: quotes,
  };
}

/** A decoded literal, or why it has no value: `reason` set when CPython refuses it, absent when only we cannot decode it. */
export type Decoded = { readonly value: string } | { readonly value: undefined; readonly reason: string | undefined };

const SIMPLE: Readonly<Record<string, string>> = table({
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\n": "",
});

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(N\{[^}]*\})|([\s\S]))/g;

/**
 * The value of a literal's contents (the text between the quotes), one character a byte for bytes.
 * https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 */
export function decodeContents(contents: string, shape: Pick<LiteralShape, "isRaw" | "isBytes">): Decoded {
  // CPython reads source in universal newlines mode, so a line break in a literal is always one line feed.
  const text = contents.includes("\r") ? contents.replace(/\r\n?/g, "\n") : contents;
  if (shape.isBytes && /[^\x00-\x7f]/.test(text)) {
    return { value: undefined, reason: "bytes can only hold ASCII characters" };
  }
  if (shape.isRaw || !text.includes("\\")) return { value: text };
  return decodeEscapes(text, shape.isBytes);
}

function decodeEscapes(text: string, isBytes: boolean): Decoded {
  let failure: { readonly reason: string | undefined } | undefined;
  const value = text.replace(
    ESCAPE,
    (whole, octal?: string, x?: string, u?: string, U?: string, n?: string, other?: string) => {
      if (octal !== undefined) return String.fromCharCode(isBytes ? parseInt(octal, 8) & 0xff : parseInt(octal, 8));
      if (x !== undefined) return String.fromCharCode(parseInt(x, 16));
      if (isBytes && other !== "x") return simpleEscape(whole);
      if (u !== undefined) return String.fromCharCode(parseInt(u, 16));
      if (U !== undefined && parseInt(U, 16) <= 0x10ffff) return String.fromCodePoint(parseInt(U, 16));
      // Knowing the names takes the whole Unicode database: the character stays unknown.
      if (n !== undefined) failure ??= { reason: undefined };
      else if (U !== undefined || /^[xuUN]$/.test(other ?? "")) {
        failure = {
          reason: `the escape sequence \\${U === undefined ? other : `U${U}`} is not complete or names no character`,
        };
      }
      return simpleEscape(whole);
    },
  );
  return failure ? { value: undefined, reason: failure.reason } : { value };
}

/** Unknown escapes keep their backslash. */
function simpleEscape(whole: string): string {
  return SIMPLE[whole.slice(1)] ?? whole;
}
