/** Edits (insert, delete, replace one character) that turn `a` into `b`. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, unit] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const replace = (previous[column] ?? 0) + (unit === other ? 0 : 1);
      current.push(Math.min(replace, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}

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
