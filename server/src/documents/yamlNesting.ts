import { Lexer } from "yaml";

/** The parser searches the whole document for what an alias stands for. Real files have up to about 50. */
const MAX_ALIASES = 1000;

/** The lexer's marks that are no part of the text: the begin of a document, an early end of brackets, the begin of a scalar. */
const MARKS = new Set(["\x02", "\x18", "\x1f"]);

/**
 * What makes a YAML text too much for its parser: more levels than `limit`, or too many aliases. The tokens are the parser's own, so
 * that quotes, comments and block scalars count as they do for it. Levels outside of brackets are counted by columns: what nests
 * starts further right, also on one line (`- - - x`). That errs to a few too many.
 */
export function yamlExcess(text: string, limit: number): string | undefined {
  const columns: number[] = [];
  let column = 0;
  let brackets = 0;
  let aliases = 0;
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token)) continue;
    const first = token[0] ?? "";
    if (token === "[" || token === "{") brackets += 1;
    else if (token === "]" || token === "}") brackets = Math.max(brackets - 1, 0);
    else if (first === "*" && (aliases += 1) > MAX_ALIASES) return `it has more than ${MAX_ALIASES} aliases`;
    if (brackets === 0 && first.trim() !== "" && first !== "#") {
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
    }
    if (brackets + columns.length > limit) return `it nests more than ${limit} levels deep`;
    const lineBreak = token.lastIndexOf("\n");
    column = lineBreak < 0 ? column + token.length : token.length - lineBreak - 1;
  }
  return undefined;
}
