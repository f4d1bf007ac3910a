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

/** ` Did you mean "x"?` with its leading space, or an empty text. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const near = mostSimilar(word, words);
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}
