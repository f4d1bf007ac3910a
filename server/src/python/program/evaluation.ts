import type { FilePath } from "../../base/path";
import type { Range } from "../../base/text";
import type { Expr, If, ImportFrom, Stmt } from "../../syntax/ast";
import type { Cause, Guard, Outcome, Site, Step, Test, Value } from "../values/value";

/**
 * What an evaluation of an entry module tells. Plain data plus two questions; nothing here knows of Django.
 */
export interface Evaluation {
  readonly file: FilePath;
  readonly moduleName: string;
  /** Every name bound at the end in some world, in the order of first binding: settings, helpers, imported modules. */
  readonly names: readonly string[];
  /** All possible final values of a name: one outcome with value `unset` for a name never bound. Never empty. */
  outcomes(name: string): readonly Outcome[];
  /** Everything bound in any workspace module that this evaluation executed, in order of execution. */
  readonly bindings: readonly Binding[];
  /** Those of {@link bindings} that gave a value to this name, in the same order. */
  bindingsNamed(name: string): readonly Binding[];
  /** The last of {@link bindings} that a step made. */
  bindingOf(step: Step): Binding | undefined;
  readonly mutations: readonly Mutation[];
  readonly branches: readonly Branch[];
  readonly imports: readonly ImportEvent[];
  /** Files of the workspace that were executed, the entry module first. */
  readonly files: readonly FilePath[];
  /** The exception with which the module certainly ends when it is imported, if it does. */
  readonly failure: Failure | undefined;
  /** All exceptions with which it may end, in the order of execution; that of {@link failure} among them. */
  readonly failures: readonly PossibleFailure[];
  /** Things that noted the result: budgets, syntax errors, modules not found. */
  readonly causes: readonly Cause[];
  /**
   * What the settings leave under a variable in `os.environ`: `unset` where they do not touch it, `none` where they delete it, a
   * read with a fallback where they set it only if it is not set yet. Frozen; may be a choice.
   */
  exported(variable: string): Value;
  /**
   * What `tell` makes of this evaluation and nothing else, worked out once. The name stands for the question: who remembers what was
   * asked need not ask all that it took to answer.
   */
  answer<T>(question: string, tell: (evaluation: Evaluation) => T): T;
  /**
   * What an expression of an executed file would give if names had the values that they end with in the entry module.
   * Frozen; may be a choice; unknown where it would raise.
   */
  recompute(expression: Expr, file: FilePath): Value;
}

/** A value given to a name by a statement, in some world. */
export interface Binding {
  /** Distinguishes it from others; {@link Evaluation.bindings} gives the order in which bindings were made. */
  readonly id: number;
  readonly name: string;
  readonly step: Step;
  /** Frozen at the moment of binding; may be a choice. */
  readonly value: Value;
  /** The expression that was bound, where there is one alone (no unpacking, no import). */
  readonly expression: Expr | undefined;
  readonly statement: Stmt;
  /** The final bindings that were read to compute it: names of the same or imported settings modules. */
  readonly reads: readonly Read[];
  /** Bound at module level of a workspace module (not inside a function or class). */
  readonly atModuleLevel: boolean;
  /** Whether it happened in every world: not under an undecided condition. */
  readonly unconditional: boolean;
}

export interface Read {
  readonly name: string;
  /** The binding that was current; `undefined` for names that never had one (builtins, modules). */
  readonly binding: number | undefined;
  /** What was read; lists, dicts and sets as references, whose contents may have changed since. */
  readonly value: Value;
  readonly range: Range;
}

/** An in-place change of a list, dict or set. */
export interface Mutation {
  /** The name through which it was reached (`INSTALLED_APPS`, also for `TEMPLATES[0]["OPTIONS"][...] = ...`). */
  readonly name: string;
  readonly how:
    | "append"
    | "extend"
    | "insert"
    | "remove"
    | "pop"
    | "clear"
    | "update"
    | "setdefault"
    | "setitem"
    | "delitem"
    | "augmented"
    | "sort"
    | "add"
    | "other";
  readonly step: Step;
  /** The file whose code created the object. */
  readonly createdIn: FilePath;
  /** Done by a statement of a module, not inside a function that was called. */
  readonly atModuleLevel: boolean;
}

/** An `if` statement that was reached. */
export interface Branch {
  readonly site: Site;
  readonly statement: If;
  readonly module: string;
  readonly outcome: "yes" | "no" | "undecided";
  readonly test: Test | undefined;
  /** Frozen value of the condition. */
  readonly value: Value;
  readonly reads: readonly Read[];
}

export interface ImportEvent {
  readonly site: Site;
  readonly statement: Stmt;
  /** Star imports only: the statement as such, else `undefined`. */
  readonly star: ImportFrom | undefined;
  readonly dotted: string;
  readonly result: "file" | "namespace" | "missing" | "external";
  readonly file: FilePath | undefined;
  /** Inside a `try` whose handler catches ImportError. */
  readonly guarded: boolean;
}

/** An exception that nothing catches in the worlds in which some decisions hold: a variable without a default is unset. */
export interface PossibleFailure extends Failure {
  readonly guard: Guard;
}

export interface Failure {
  /** Name of the exception class: `ModuleNotFoundError`. */
  readonly exception: string;
  readonly site: Site;
}
