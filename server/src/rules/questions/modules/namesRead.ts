import type { RuleContext } from "../../../lint/rule";
import { collectInCode, searchesAll } from "../../../project/codeIndex";

/** Code, and the files in which templates, pages and tools may read settings. */
const KINDS = [/\.py$/, /\.(?:html?|jinja2?|j2|txt|xml|js|ya?ml|toml|cfg|ini|conf|sh)$/];

const NAME = /(?<!\w)[A-Z][A-Z0-9_]+(?!\w)/g;
/** The name with which a line begins. */
const FIRST_NAME = /^[ \t]*[A-Z][A-Z0-9_]+/;
/** Names of settings that are put together while the code runs. */
const COMPUTED = /\bgetattr\((?:django_)?settings, ?(?:[fF]["']|\w{1,60} ?[%+]|["'][^"'\n]{0,60}["'] ?[%+.])/;

/**
 * The names in capitals that something in the workspace mentions in another way than by giving them a value, tests left out.
 * `undefined` where some files were not searched, or names of settings are put together.
 */
export function namesRead({ snapshot, project: { root } }: RuleContext): ReadonlySet<string> | undefined {
  if (!KINDS.every((files) => searchesAll(snapshot, root, files))) return undefined;
  const computed = collectInCode(snapshot, root, {
    id: "computed names of settings",
    find: (text) => (COMPUTED.test(text) ? [true] : []),
  });
  if (computed.length > 0) return undefined;
  const search = (files: RegExp): readonly (readonly [string, string])[] =>
    collectInCode(snapshot, root, { id: "names in capitals", files, find: namesIn });
  return new Set(KINDS.flatMap(search).map(([, name]) => name));
}

function namesIn(text: string): readonly string[] {
  return [...new Set(text.split("\n").flatMap((line) => withoutTarget(line).match(NAME) ?? []))];
}

/** What a line says besides giving a name a value: `NAME = value`, `NAME: Final = value`, `NAME += value`. */
function withoutTarget(line: string): string {
  const rest = line.slice(FIRST_NAME.exec(line)?.[0].length ?? 0).trimStart();
  const sign = rest.indexOf("=");
  const before = rest.slice(0, Math.max(sign, 0)).trim();
  const isTarget = sign !== -1 && rest[sign + 1] !== "=" && /^(?:|[-+|]|:.*)$/.test(before);
  return isTarget ? rest.slice(sign) : line;
}
