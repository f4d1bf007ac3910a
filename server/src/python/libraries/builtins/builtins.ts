import { table } from "../../../base/table";
import type { KnownCall } from "../../program/call";
import { NONE } from "../../values/value";
import { COLLECTION_CALLS } from "./collections";
import { CONVERSION_CALLS } from "./conversions";
import { ITERATION_CALLS } from "./iteration";
import { ORDERING_CALLS } from "./ordering";

/** Python's built-in functions and types (Python docs, "Built-in Functions"), but those that look at objects and names. */
export const BUILTIN_CALLS: Readonly<Record<string, KnownCall>> = table({
  ...CONVERSION_CALLS,
  ...COLLECTION_CALLS,
  ...ITERATION_CALLS,
  ...ORDERING_CALLS,
  "builtins.print": () => NONE,
});

const FUNCTIONS =
  "abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ __build_class__ exit quit copyright";
const MODULE_NAMES =
  "__debug__ __spec__ __package__ __loader__ __path__ __builtins__ __cached__ __annotations__ NotImplemented Ellipsis";
const EXCEPTIONS =
  "BaseException Exception ArithmeticError AssertionError AttributeError BufferError EOFError FileExistsError FileNotFoundError FloatingPointError GeneratorExit ImportError ModuleNotFoundError IndexError InterruptedError IOError EnvironmentError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError NameError NotADirectoryError NotImplementedError OSError OverflowError PermissionError ProcessLookupError RecursionError ReferenceError RuntimeError StopIteration StopAsyncIteration SyntaxError IndentationError SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError UnicodeError ValueError ZeroDivisionError BlockingIOError ChildProcessError ConnectionAbortedError Warning DeprecationWarning PendingDeprecationWarning UserWarning FutureWarning ImportWarning RuntimeWarning SyntaxWarning ResourceWarning BytesWarning EncodingWarning UnicodeWarning ConnectionError ConnectionRefusedError ConnectionResetError BrokenPipeError ExceptionGroup BaseExceptionGroup";

/** Names that are bound in every module. */
export const BUILTIN_NAMES: ReadonlySet<string> = new Set(
  [FUNCTIONS, MODULE_NAMES, EXCEPTIONS].flatMap((names) => names.split(" ")),
);
