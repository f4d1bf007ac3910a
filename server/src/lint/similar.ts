import { distance } from "fastest-levenshtein";

/** The word that was probably meant: at most a third of it is typed differently. `undefined` when nothing is near. */
export function mostSimilar(word: string, words: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of words) {
    const typed = word.toLowerCase().replaceAll("_", "-");
    const edits = distance(typed, candidate.toLowerCase().replaceAll("_", "-"));
    if (edits < least && edits <= Math.max(candidate.length, word.length) / 3) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** The first of the words that take the fewest edits, letters counted as they are; each says how many it may take. */
export function nearest(
  word: string,
  words: readonly string[],
  mostEdits: (candidate: string) => number,
): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of words) {
    const edits = distance(word, candidate);
    if (edits > 0 && edits < least && edits <= mostEdits(candidate)) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** ` Did you mean "x"?` with its leading space, or an empty text. */
export function didYouMean(word: string, words: Iterable<string>): string {
  return suggestion(mostSimilar(word, words));
}

/** The same for a word that is found already. */
export function suggestion(near: string | undefined): string {
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}
