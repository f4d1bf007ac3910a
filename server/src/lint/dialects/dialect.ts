import type { EnvironmentReadKind } from "../edit";
import type { TopLevelName } from "../edit/nameTable";
import type { Source } from "../edit/source";

/** A read of an environment variable, still without a library. `fallback` is Python source. */
export interface EnvironmentRead {
  readonly variable: string;
  readonly kind: EnvironmentReadKind;
  readonly fallback: string | undefined;
  /** The class attribute that it is the value of, where the caller knows: only django-configurations asks. */
  readonly setting: string | undefined;
}

/** What a dialect may ask of, and do to, the file that it writes for. */
export interface DialectTools {
  readonly source: Source;
  quote(text: string): string;
  importName(module: string, name?: string): string;
  /** An attribute of a module that is usually imported whole: `os.environ`, or `environ` where the file has it so. */
  attribute(module: string, name: string): string;
  /** Adds `name = callee()` behind the imports, under the first free name; gives that name. */
  createObject(names: readonly string[], callee: string): string;
}

/** How one library reads the environment. Sources: each library's documentation, named in its file. */
export interface Dialect {
  /** The distribution by its PEP 503 name; `undefined` for the standard library. */
  readonly distribution: string | undefined;
  /** Among a file's top-level names the one that reads are made through: `env`, `config`. */
  isReader(name: TopLevelName): boolean;
  /** Whether a file uses the library in a way that no top-level name shows, or without having a reader yet. */
  isUsedIn(source: Source, names: ReadonlyMap<string, TopLevelName>): boolean;
  /** Makes a reader in a file that has none. Gives its name, empty for dialects without one. */
  provideReader(tools: DialectTools): string;
  /** The expression. It has the type that `kind` says also where it gives the fallback. */
  read(read: EnvironmentRead, reader: string, tools: DialectTools): string;
  /** Dialects whose expressions work only in certain places: the values of class attributes. */
  readonly onlyInClasses?: true;
}

/** Joins the elements of a list display of plain string literals with commas (`["a", "b"]` gives `a,b`); else `undefined`. */
export function joinedStrings(fallback: string): string | undefined {
  const inner = /^[[(]([\s\S]*)[\])]$/.exec(fallback.trim())?.[1]?.trim();
  if (inner === undefined) return undefined;
  if (inner === "") return "";
  const parts: string[] = [];
  // Only literals without escapes: their text is their value. A comma inside would split anew.
  const literal = /\s*(?:"([^"\\,\n]*)"|'([^'\\,\n]*)')\s*(,|$)/y;
  while (literal.lastIndex < inner.length) {
    const match = literal.exec(inner);
    if (match === null) return undefined;
    parts.push(match[1] ?? match[2] ?? "");
  }
  return parts.join(",");
}
