import { distance } from "fastest-levenshtein";

/** Words that people write in more than one way in names of variables. */
const SAME: ReadonlyMap<string, string> = new Map([
  ["DATABASE", "DB"],
  ["PASSWD", "PASSWORD"],
  ["PASS", "PASSWORD"],
  ["PWD", "PASSWORD"],
  ["USERNAME", "USER"],
  ["HOSTNAME", "HOST"],
]);
/** Words in front that only say whose variable it is. */
const OWNERS: ReadonlySet<string> = new Set([
  "DJANGO",
  "APP",
  "WEB",
  "SITE",
  "BACKEND",
  "SERVER",
  "ENV",
  "CONFIG",
  "MY",
]);

/**
 * Whether two names of variables probably mean the same: the same words in another order, in their short forms or behind the
 * project's name, or a single letter more, less or otherwise.
 */
export function meanTheSame(one: string, other: string, projectName: string): boolean {
  if (one === other) return false;
  const [a, b] = [wordsOf(one, projectName), wordsOf(other, projectName)];
  if (a.toSorted().join("_") === b.toSorted().join("_")) return a.length > 1 || a[0] === "DEBUG";
  return Math.min(one.length, other.length) >= 8 && distance(one, other) === 1 && !/\d/.test(one + other);
}

function wordsOf(name: string, projectName: string): readonly string[] {
  const words = name
    .toUpperCase()
    .split("_")
    .filter((word) => word !== "")
    .map((word) => SAME.get(word) ?? word);
  while (words.length > 1 && (OWNERS.has(words[0] ?? "") || words[0] === projectName.toUpperCase())) words.shift();
  return words;
}
