import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import type { Expr } from "../syntax/ast";

/** What kind of value a setting reads from the environment. */
export type EnvironmentReadKind = "str" | "bool" | "int" | "list";

/**
 * Builds a fix's edits in the project's own style: its environment library, quotes, indentation, trailing commas, import order.
 * All methods take ranges of the file's current text.
 */
export interface EditBuilder {
  replace(file: FilePath, range: Range, text: string): void;
  insert(file: FilePath, offset: number, text: string): void;
  /** Deletes a whole statement with its line, trailing comment and following blank line where it leaves two. */
  deleteStatement(file: FilePath, range: Range): void;
  /** Deletes an element of a list, tuple, set, dict or call with its separating comma and, alone on it, its line. */
  deleteElement(file: FilePath, range: Range): void;
  /** Inserts an element into a list display before the given index (its length: at the end), in the list's layout. */
  insertElement(file: FilePath, list: Expr, index: number, text: string): void;
  /** Adds `NAME = value` to a module: after its last star import or at its end, unless it assigns NAME at top level (then that value is replaced). */
  assign(file: FilePath, name: string, value: string): void;
  /** A string literal in the file's quote style. */
  quote(file: FilePath, text: string): string;
  /** Makes `import module` or `from module import name` available (adds it in import order where missing); gives the expression to use. */
  importName(file: FilePath, module: string, name?: string): string;
  /**
   * An expression that reads a variable in the file's own dialect (RULES appendix 4): os.environ, django-environ, decouple, environs;
   * adds what it needs. `fallback` is Python source; without it the read raises when the variable is missing.
   */
  readEnvironment(file: FilePath, variable: string, kind: EnvironmentReadKind, fallback?: string): string;
  /** The variable's name for a setting with the prefix that the project uses most (`DJANGO_SECRET_KEY`). */
  variableName(setting: string): string;
  /** Writes `NAME=value` into the project's git-ignored `.env`, a blank entry into `.env.example`, and ignores `.env` where git does not. */
  moveToDotEnv(variable: string, value: string): void;
}
