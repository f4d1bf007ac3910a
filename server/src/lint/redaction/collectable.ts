import { isPlaceholder } from "../../django/secrets";

/** Shorter texts are found by their names and shapes only: other values may hold them by chance. */
export const MIN_COLLECTED = 8;
/** Words in a row that are as long as this are no name and no common word. */
const MIN_PHRASE = 20;

/**
 * Whether a text that stands under a secret's name may be looked for everywhere. Common words, names, dotted paths, file names,
 * round numbers and placeholders may not: others hold them, too, and what they name would become unreadable.
 */
export function isCollectable(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length < MIN_COLLECTED || isStandIn(trimmed)) return false;
  if (/^[-\d\s.,:/]+$/.test(trimmed)) return isTellingNumber(trimmed);
  if (isMixed(trimmed)) return !isDottedName(trimmed) && !isName(trimmed);
  if (/^[A-Za-z]+$/.test(trimmed)) return /[bcdfghjklmnpqrstvwxz]{5}/i.test(trimmed) || trimmed.length >= MIN_PHRASE;
  if (/^[\w./:\\~-]+$/.test(trimmed))
    return trimmed.length >= MIN_PHRASE && /^[A-Za-z]+(?:-[A-Za-z]+){2,}$/.test(trimmed);
  return /[!#$^*~|]/.test(trimmed) || trimmed.length >= MIN_PHRASE;
}

/** Long texts are no placeholders, and need not be asked. */
const MAX_STAND_IN = 100;
/** A random text may hold `xxx` or `todo`; then it holds more digits than words do. */
const MAX_DIGITS = 4;

function isStandIn(text: string): boolean {
  return text.length <= MAX_STAND_IN && (text.match(/\d/g) ?? []).length <= MAX_DIGITS && isPlaceholder(text);
}

/** Whether letters stand beside digits or odd marks, or change case, as in no word. Also asked of parts of a secret. */
export function isMixed(text: string): boolean {
  return (
    (/\d/.test(text) && /\p{L}/u.test(text)) || /[!#$^*~|]/.test(text) || /[a-z][A-Z]{2}|[A-Z][a-z][A-Z]/.test(text)
  );
}

/** `django.contrib.auth.hashers.PBKDF2PasswordHasher`, `smtp.example.org`: names joined by dots. */
export function isDottedName(text: string): boolean {
  return text.length <= 300 && /^[a-z_][a-z0-9_-]*(?:\.[A-Za-z_][A-Za-z0-9_-]*)+$/.test(text);
}

/** `PAYMENT_API_V2_KEY`, `oauth2_provider`, `DatabaseCacheV2`, `i18n_text`: few digits, each at a word's end or in a numeronym. */
function isName(text: string): boolean {
  return (
    text.length <= 100 &&
    /^(?:[A-Za-z]+\d?|[a-z]\d{1,2}[a-z])(?:_(?:[A-Za-z]+\d?|[a-z]\d{1,2}[a-z]|\d+))+$|^(?:[A-Z][a-z]+)+\d?$/.test(text)
  );
}

/** A number that is no round one, no time in seconds and no date, address or version. */
function isTellingNumber(text: string): boolean {
  if (!/^-?\d+$/.test(text)) return false;
  return text.length > 15 || (Number(text) % 60 !== 0 && Number(text) % 100 !== 0 && Number(text) % 1024 !== 0);
}
