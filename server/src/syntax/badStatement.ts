import type { Range } from "../base/text";
import type { BadStmt } from "./ast";

const STRING_OR_COMMENT = /("""|''')[\s\S]*?(?:\1|$)|"(?:\\.|[^"\\\n\r])*"?|'(?:\\.|[^'\\\n\r])*'?|#[^\n\r]*/g;

/** How much behind a name is looked at: so much for each name, however many there are. */
const LOOK_AHEAD = 300;

/** Behind a name that is assigned to, with subscripts or attributes: `A =`, `A: int =`, `A["x"] +=`, `A, B =`, `A.x = `. */
const ASSIGNED = [
  /^(?:\[[^\]\n]*\]|\.\w+|\s)*(?:\[[^\]=\n]*)?(?:[-+*/%&|^@]|\/\/|\*\*|<<|>>)?=(?!=)/,
  /^\s*:[^=\n]*=(?!=)/,
  /^\s*,[^=\n(]*=(?!=)/,
];

/** Behind a name on which a method is called: lists and dictionaries may change in place. */
const CALLED = /^(?:\[[^\]\n]*\])*\.\w+\s*\(/;

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
  for (const { 0: name, index } of code.matchAll(UPPER_CASE)) {
    const next = code.slice(index + name.length, index + name.length + LOOK_AHEAD);
    if ([...ASSIGNED, CALLED].some((pattern) => pattern.test(next))) names.add(name);
  }
  for (const match of code.matchAll(DECLARED)) {
    for (const name of (match[1] ?? "").match(UPPER_CASE) ?? []) names.add(name);
  }
  return [...names].filter((name) => name !== "_");
}
