import type { FilePath } from "../base/path";
import { printableCount } from "../base/printable";
import { flowNesting } from "./nesting";
import { yamlExcess } from "./yamlNesting";

/** The formats of data that a library parses, and Python, whose parser bounds the nesting itself. */
export type DocumentFormat = "yaml" | "json" | "toml" | "python";

/**
 * Deeper documents are not parsed: the parsers, and what walks their results, call themselves for each level, and a stack that
 * overflows inside a regular expression ends the process. Real deployment files nest about 15 levels deep.
 */
export const MAX_NESTING = 100;

/**
 * Longer documents are not parsed; in UTF-16 code units. The parsers take about a second for that, the one for Python up to three
 * when there is a mistake in every line. Django's own global_settings.py has about 23,000.
 */
const MAX_LENGTH: Readonly<Record<DocumentFormat, number>> = {
  yaml: 1_000_000,
  json: 5_000_000,
  toml: 5_000_000,
  python: 500_000,
};

/** CPython does not convert such numbers, and JavaScript takes seconds. Its begin is a digit's begin, so that each is looked at once. */
const MANY_DIGITS = /(?<![0-9_])[0-9_]{4301}/;

/** What makes a text too much for a parser, as the rest of a sentence about its file; `undefined` when it may be parsed. */
export function excessOf(format: DocumentFormat, text: string): string | undefined {
  const limit = MAX_LENGTH[format];
  if (text.length > limit) return `it is longer than ${printableCount(limit)} characters`;
  if (format === "python") return undefined;
  if (format === "toml" && MANY_DIGITS.test(text)) return "it has a number of more than 4,300 digits";
  if (format === "yaml") return yamlExcess(text, MAX_NESTING);
  if (flowNesting(format, text, MAX_NESTING) <= MAX_NESTING) return undefined;
  return `it nests more than ${MAX_NESTING} levels deep`;
}

/** The format that a file's name stands for. */
export function documentFormat(path: FilePath): DocumentFormat | undefined {
  if (/\.ya?ml$/.test(path)) return "yaml";
  if (path.endsWith(".json")) return "json";
  if (path.endsWith(".py")) return "python";
  return path.endsWith(".toml") ? "toml" : undefined;
}
