import { append } from "../../base/lists";
import { quote } from "../../python/semantics/text";
import { MIN_COLLECTED } from "./collectable";

/** Of longer texts (key files, certificates) no other forms are made. */
const MAX_CONVERTED = 4096;

/** A secret as it is and as what string operations and printing make of it; case is not told apart where it is looked for. */
export function formsOf(secret: string): readonly string[] {
  const trimmed = secret.trim();
  const forms = [trimmed, quote(trimmed).slice(1, -1), JSON.stringify(trimmed).slice(1, -1)];
  if (trimmed.length <= MAX_CONVERTED)
    append(forms, [Array.from(trimmed).toReversed().join(""), ...encoded(trimmed), ...slicedForms(trimmed)]);
  return [...new Set(forms)].filter((form) => form.length >= MIN_COLLECTED);
}

/** What every second or third character gives (`SECRET_KEY[::2]`). */
function slicedForms(text: string): readonly string[] {
  const every = (step: number, from: number): string =>
    text
      .split("")
      .filter((_, at) => at % step === from)
      .join("");
  return [every(2, 0), every(2, 1), every(3, 0)];
}

function encoded(text: string): readonly string[] {
  const bytes = new TextEncoder().encode(text);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    percentEncoded(bytes, ""),
    percentEncoded(bytes, "/"),
    ...[0, 1, 2].map((before) => base64Within(bytes, before)),
    hex,
  ];
}

/** `urllib.parse.quote` (which leaves `/` as it is) and `quote_plus`, of any text: lone surrogates raise nothing. */
function percentEncoded(bytes: Uint8Array, safe: string): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.~-]/.test(character) || character === safe
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

/** The part of a text's base64 that does not depend on what stands before it (`user:`) and behind it. */
function base64Within(bytes: Uint8Array, before: number): string {
  const binary = "\0".repeat(before) + Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const whole = btoa(binary).replace(/={1,2}$/, "");
  return before === 0 ? whole : whole.slice(4);
}
