import type { Range } from "../base/text";
import type { BadStmt } from "./ast";

const STRING_OR_COMMENT = /("""|''')[\s\S]*?(?:\1|$)|"(?:\\.|[^"\\\n\r])*"?|'(?:\\.|[^'\\\n\r])*'?|#[^\n\r]*/g;

/** A name with subscripts or attributes behind it that is assigned to: `A =`, `A: int =`, `A["x"] +=`, `A, B =`, `A.x = `. */
const ASSIGNED =
  /(?<![\w.])([A-Z_][A-Z0-9_]*)\b(?=(?:\[[^\]\n]*\]?|\.\w+|\s)*(?:[-+*/%&|^@]|\/\/|\*\*|<<|>>)?=(?!=)|(?:\s*:[^=\n]*=(?!=))|(?:\s*,[^=\n(]*=(?!=)))/g;

/** A name on which a method is called: lists and dictionaries may change in place. */
const CALLED = /(?<![\w.])([A-Z_][A-Z0-9_]*)\b(?=(?:\[[^\]\n]*\])*\.\w+\s*\()/g;

/** The names behind these words are bound, unbound or declared. */
const DECLARED = /\b(?:import|as|for|del|global|def|class)\b([^\n=:]*)/g;

const UPPER_CASE = /(?<![\w.])[A-Z_][A-Z0-9_]*\b/g;

/** A statement that cannot be read, with the upper-case names it may have bound, guessed generously from its text. */
export function badStatement(text: string, range: Range): BadStmt {
  return { kind: "BadStmt", names: boundNames(text.slice(range.start, range.end)), start: range.start, end: range.end };
}

function boundNames(source: string): string[] {
  const code = source.replace(STRING_OR_COMMENT, (found) => (found.startsWith("#") ? "" : '""'));
  const names = new Set<string>();
  for (const pattern of [ASSIGNED, CALLED]) {
    for (const match of code.matchAll(pattern)) if (match[1] !== undefined) names.add(match[1]);
  }
  for (const match of code.matchAll(DECLARED)) {
    for (const name of (match[1] ?? "").match(UPPER_CASE) ?? []) names.add(name);
  }
  return [...names].filter((name) => name !== "_");
}
