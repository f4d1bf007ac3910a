/** A secret in an invented project, and where and how it is written there. */
export interface Plant {
  /** For the report of a leak: `short, below a name, in a tuple`. */
  readonly kind: string;
  readonly secret: string;
  /** What string operations make of it. */
  readonly derived: readonly string[];
}

/** Texts that look random and are the same in each run, so that no scanner takes this file for a leak. */
export class SecretSource {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  private next(below: number): number {
    this.state = (Math.imul(this.state, 1103515245) + 12345) >>> 0;
    return (this.state >>> 8) % below;
  }

  /** Characters of an alphabet, with one of each given group, so that a text of letters and digits holds both. */
  take(length: number, alphabet: string): string {
    return Array.from({ length }, () => alphabet[this.next(alphabet.length)]).join("");
  }

  pick<T>(list: readonly T[]): T {
    return list[this.next(list.length)] as T;
  }
}

const LOWER = "bcdfghjkmnpqrstvwxz";
const DIGITS = "123456789";

/** Ways in which secrets look. The marks are those of Django's own keys that need no escape in a URL. */
export const LOOKS: Readonly<Record<string, (source: SecretSource) => string>> = {
  mixed: (source) => mixed(source, 8, `${LOWER}${LOWER.toUpperCase()}`),
  hexadecimal: (source) => mixed(source, 10, "abcdef"),
  "as Django makes it": (source) => mixed(source, 12, `${LOWER}!*(-_^`),
  password: (source) => mixed(source, 3, LOWER),
  passphrase: (source) =>
    Array.from({ length: 5 }, () => source.take(2, LOWER) + source.pick(["a", "o", "u"]) + source.take(2, LOWER)).join(
      "-",
    ),
  "in another script": (source) => mixed(source, 6, "бгджзклмнпрст"),
  digits: (source) => `${source.take(12, DIGITS)}7`,
};

/** Groups of letters with digits between them: every stretch of eight has both. */
function mixed(source: SecretSource, groups: number, letters: string): string {
  return Array.from({ length: groups }, () => source.take(3, letters) + source.take(2, DIGITS)).join("");
}

/** Secrets so short that only their names tell of them. */
export const short = (source: SecretSource): string => `${source.take(1, LOWER)}~${source.take(3, LOWER)}`;

export function base64(text: string): string {
  return Buffer.from(text).toString("base64").replace(/=+$/, "");
}

/** All that a look-out for one secret has to find. */
export function plant(kind: string, secret: string): Plant {
  const reversed = Array.from(secret).toReversed().join("");
  const derived =
    secret.length < 8
      ? []
      : [reversed, base64(secret), Buffer.from(secret).toString("hex"), encodeURIComponent(secret)];
  return { kind, secret, derived };
}

/** Stretches of this length that are shown are a leak; of a shorter secret all of it. */
const STRETCH = 8;

/** The stretches of a text of a length, to be asked for many at once. */
class Shown {
  private readonly text: string;
  private readonly stretches = new Set<string>();

  constructor(text: string) {
    this.text = text.toLowerCase();
    for (let at = 0; at + STRETCH <= text.length; at++) this.stretches.add(this.text.slice(at, at + STRETCH));
  }

  /** The part of a secret that is shown, if any. */
  leak({ secret, derived }: Plant): string | undefined {
    for (const each of [secret, ...derived].map((text) => text.toLowerCase())) {
      if (each.length < STRETCH) {
        if (this.text.includes(each)) return each;
      } else if (/^[a-z-]+$/.test(each)) {
        // Of words, a few may stand anywhere.
        const half = each.slice(0, Math.ceil(each.length / 2));
        if (this.text.includes(half) || this.text.includes(each.slice(half.length))) return half;
      } else
        for (let at = 0; at + STRETCH <= each.length; at++)
          if (this.stretches.has(each.slice(at, at + STRETCH))) return each.slice(at, at + STRETCH);
    }
    return undefined;
  }
}

/** What people read, with the name of the surface that shows it. */
export type Surface = readonly [name: string, text: string];

/** Leaks as `surface: kind (the part that is shown)`. */
export function leaks(plants: readonly Plant[], surfaces: readonly Surface[]): readonly string[] {
  return surfaces.flatMap(([name, text]) => {
    const shown = new Shown(text);
    return plants.flatMap((plant) => {
      const part = shown.leak(plant);
      return part === undefined ? [] : [`${name}: ${plant.kind} (${part})`];
    });
  });
}
