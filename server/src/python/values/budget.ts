/**
 * The limits of an evaluation. Reaching one makes the result unknown (cause `budget`), never to a wrong value.
 * Each has a test that overflows it.
 */

/** Possible values of one name or expression. Real settings have at most a dozen. */
export const MAX_ALTERNATIVES = 64;
/** Parts of a value with alternatives in it, shared ones counted every time. Large lists of the corpus have some hundred. */
export const MAX_WEIGHT = 6_000;
/** Exceptions of one `try` that are followed from where they are raised. */
export const MAX_RAISED = 12;
/** Work of one evaluation, in units of about 50 nanoseconds. */
export const MAX_WORK = 2_200_000;
/** Work of one statement of a module. A heavier one is not followed, and those after it are. The heaviest real one takes a million. */
export const MAX_STATEMENT_WORK = 1_200_000;
/** What an evaluation may spend besides, on invalidating what takes too much. */
export const LAST_WORK = 1_000_000;
/** Work of answering what an evaluation is asked for afterwards: all its outcomes together, and each other question. */
export const MAX_ANSWER_WORK = 2_000_000;
/** Digits of a number as text: CPython converts no longer ones (`sys.set_int_max_str_digits`). */
export const MAX_DIGITS = 4300;
/** Rounds of one loop or comprehension. */
export const MAX_LOOP_ROUNDS = 2_000;
/** Calls of project functions inside each other. Settings helpers nest two or three deep. */
export const MAX_CALL_DEPTH = 12;
/** Characters of a computed string. */
export const MAX_LENGTH = 100_000;
/** Items of a computed list, and of a frozen value with all that it holds. */
export const MAX_VALUE_SIZE = 20_000;
/** Bits of a computed integer. */
export const MAX_INTEGER_BITS = 100_000n;
/** Nesting of a value when it is frozen; self-containing lists end here. */
export const MAX_VALUE_DEPTH = 60;
/** Workspace modules executed in one evaluation. */
export const MAX_MODULES = 300;
/** Nesting of expressions and blocks that the evaluator follows; the tree itself is bounded by the lowering. */
export const MAX_NESTING = 200;
/** Exceptions that may end an import are told up to so many; those of a module that reads more variables than that are not. */
export const MAX_UNCAUGHT = 500;
