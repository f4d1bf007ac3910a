import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import type { Expr } from "../syntax/ast";
import type { WantedVariable } from "./edit/claimedVariables";

/** What kind of value a setting reads from the environment. */
export type EnvironmentReadKind = "str" | "bool" | "int" | "list";

/** A library that makes an entry of DATABASES of a URL. */
export type DatabaseUrlLibrary = "django-environ" | "dj-database-url";

/**
 * Builds a fix's edits in the project's own style: its environment library, quotes, indentation, trailing commas, import order.
 * All methods take ranges of the file's current text, whatever was asked for before. When one part of a fix cannot be done (no
 * such element, a file that cannot be read, edits that contradict each other), the whole fix has no edits.
 */
export interface EditBuilder {
  replace(file: FilePath, range: Range, text: string): void;
  insert(file: FilePath, offset: number, text: string): void;
  /**
   * Deletes a statement with its line, its trailing comment and the blank lines that it would leave doubled; the last one of a
   * block leaves `pass`. `range`: the statement's, or one inside of it.
   */
  deleteStatement(file: FilePath, range: Range): void;
  /** Deletes an element of a list, tuple, set, dict (a whole item), call or from-import with its comma and, alone on it, its line. */
  deleteElement(file: FilePath, range: Range): void;
  /**
   * Inserts an element into a list, tuple, set, dict or call before the given index of its current elements (their number: at the
   * end), in its layout. With `deleteElement` of the same display this moves or replaces elements.
   */
  insertElement(file: FilePath, list: Expr, index: number, text: string): void;
  /**
   * Makes `NAME = value` the last word of a module: replaces the value of its last assignment at top level, else adds a line after its
   * last star import and what `value` reads, beside the setting that is most related to it, else at its end. Not for
   * django-configurations, whose settings are class attributes.
   */
  assign(file: FilePath, name: string, value: string): void;
  /**
   * Adds lines behind the statement with this range, or the one around it, indented as it is; `undefined`: at the module's end, after
   * a blank line. `text`: statements at indentation 0, without a line break at the end.
   */
  insertAfter(file: FilePath, range: Range | undefined, text: string): void;
  /** A string literal in the file's quote style, or in that of the literal which begins at an offset. */
  quote(file: FilePath, text: string, like?: number): string;
  /** Makes `import module` or `from module import name` available (adds it in import order where missing); gives the expression to use. */
  importName(file: FilePath, module: string, name?: string): string;
  /**
   * An expression that reads a variable in the file's own dialect: os.environ, django-environ, decouple, environs, values of
   * django-configurations; adds what it needs. `fallback` is Python source; without it the read raises when the variable is
   * missing. Put the text as it is into an edit of the same file: where its reader is not made yet, os.environ takes its place.
   */
  readEnvironment(file: FilePath, variable: string, kind: EnvironmentReadKind, fallback?: string): string;
  /**
   * An expression for an entry of DATABASES that is made of the URL in a variable: `env.db("DATABASE_URL")`. With dj-database-url the
   * variable is read in the file's own dialect, as by {@link readEnvironment}.
   */
  readDatabase(file: FilePath, variable: string, library: DatabaseUrlLibrary): string;
  /**
   * A name for a variable that shall give a value, with the prefix that the project's settings use most (`DJANGO_SECRET_KEY`). It is
   * used for nothing else in the project: see {@link WantedVariable}.
   */
  variable(wanted: WantedVariable): string;
  /**
   * Writes `NAME=value` into the project's `.env`, a blank entry into `.env.example`, and ignores `.env` where git does not. When the
   * entry is there with another value, the fix has no edits.
   */
  moveToDotEnv(variable: string, value: string): void;
}
