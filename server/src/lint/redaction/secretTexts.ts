import type { Range } from "../../base/text";
import { isCollectable, isMixed, MIN_COLLECTED } from "./collectable";
import { formsOf } from "./secretForms";

/** Texts are looked at in pieces of this many characters. A part of a secret is found where it is as long, and no word. */
const PIECE = MIN_COLLECTED;
/** Parts of a passphrase are longer: its words may stand anywhere. */
const PHRASE = 20;
/** Secrets that are no mixture (passphrases, long numbers) are compared as a whole, in stretches of this many characters. */
const STRETCH = 64;
/** Beyond this many characters only some pieces of each further secret are kept; what they stand in is masked up to the next blank. */
const MAX_CHARACTERS = 300_000;
/** So many stretches that begin alike are compared; where there are more, all that begins so is masked up to the next blank. */
const MAX_ALIKE = 32;

/** What a piece of text may be. */
interface Known {
  /** Telling by itself. */
  isPart: boolean;
  /** Masked up to the next blank or quote, because not all that may follow is kept. */
  isOpen: boolean;
  /** Stretches that begin with it. */
  readonly stretches: string[];
}

/**
 * The secrets of a project, to be found in any text: as they are, in part, in other case, reversed, escaped and encoded. The time is
 * linear in the text's length however many secrets there are, because each position is looked up once and compared with few of them.
 */
export class SecretTexts {
  private readonly known = new Map<string, Known>();
  private characters = 0;
  /** The pieces of texts that were looked up or compared so far: how much work was done. */
  work = 0;

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) {
      if (!isCollectable(secret)) continue;
      const isRoomLeft = this.characters + secret.length <= MAX_CHARACTERS;
      // In an address, the host and the scheme are no parts of the secret by themselves.
      const isAddress = secret.includes("://") || (secret.includes("=") && secret.includes(";"));
      for (const form of isRoomLeft ? formsOf(secret) : [secret]) this.add(form, isRoomLeft, !isAddress);
      if (isAddress)
        for (const part of secret.split(/[\s:/@?&=;,]+/)) if (isCollectable(part)) this.add(part, isRoomLeft, true);
    }
  }

  /** Where secrets, or parts of them, stand in a text. */
  spans(text: string): readonly Range[] {
    if (this.known.size === 0) return [];
    const spans: Range[] = [];
    const low = folded(text);
    for (let at = 0; at + PIECE <= low.length; at++) {
      this.work += 1;
      const known = this.known.get(low.slice(at, at + PIECE));
      const length = known === undefined ? 0 : this.lengthAt(known, low, at);
      if (length === 0) continue;
      const last = spans.at(-1);
      if (last !== undefined && at <= last.end)
        spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, at + length) };
      else spans.push({ start: at, end: at + length });
      // What is masked up to a blank need not be looked at again.
      if (known?.isOpen === true) at += length - 1;
    }
    return spans;
  }

  /** How much of a text from an offset on is secret; 0 for nothing. */
  private lengthAt(known: Known, text: string, at: number): number {
    if (known.isOpen) return runLength(text, at);
    let longest = known.isPart ? PIECE : 0;
    for (const stretch of known.stretches) {
      this.work += 1;
      if (stretch.length > longest && text.startsWith(stretch, at) && isApart(text, at, stretch))
        longest = stretch.length;
    }
    return longest;
  }

  private add(secret: string, isRoomLeft: boolean, inParts: boolean): void {
    const low = folded(secret);
    this.characters += low.length;
    const step = isRoomLeft ? 1 : PIECE * Math.ceil(this.characters / MAX_CHARACTERS);
    const isPhrase = !isMixed(secret) && !/[\s\d]/.test(secret);
    const end = inParts ? low.length : 0;
    for (let at = 0; at + PIECE <= end; at += step) {
      const piece = secret.slice(at, at + PIECE);
      if (isPhrase && at + PHRASE <= end) this.addStretch(low.slice(at, at + PHRASE));
      if (!isMixed(piece) || /\s/.test(piece)) continue;
      const known = this.at(low.slice(at, at + PIECE));
      known.isPart = true;
      known.isOpen ||= !isRoomLeft;
    }
    for (let at = 0; at + PIECE <= low.length; at += STRETCH)
      this.addStretch(low.slice(Math.max(0, Math.min(at, low.length - STRETCH)), at + STRETCH));
  }

  private addStretch(stretch: string): void {
    const known = this.at(stretch.slice(0, PIECE));
    if (known.stretches.includes(stretch)) return;
    if (known.stretches.length < MAX_ALIKE) known.stretches.push(stretch);
    else known.isOpen = true;
  }

  private at(piece: string): Known {
    let known = this.known.get(piece);
    if (known !== undefined) return known;
    this.known.set(piece, (known = { isPart: false, isOpen: false, stretches: [] }));
    return known;
  }
}

function runLength(text: string, at: number): number {
  let end = at + PIECE;
  while (end < text.length && !/[\s'"`]/.test(text[end] ?? "")) end += 1;
  return end - at;
}

/** A number is not found inside of a longer one. */
function isApart(text: string, at: number, found: string): boolean {
  const isNumber = /^\d+$/.test(found);
  return !isNumber || !(/\d/.test(text[at - 1] ?? "") || /\d/.test(text[at + found.length] ?? ""));
}

/** In lower case, at the same length: characters whose other case is longer stay. */
function folded(text: string): string {
  const low = text.toLowerCase();
  if (low.length === text.length) return low;
  return Array.from({ length: text.length }, (_, at) => {
    const unit = text.charAt(at);
    const lower = unit.toLowerCase();
    return lower.length === 1 ? lower : unit;
  }).join("");
}
