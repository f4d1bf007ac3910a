import { table } from "../../base/table";
import type { Site } from "./value";

/** Stands for an exception of unknown class: every handler may catch it. */
export const ANY_EXCEPTION = "*";
/** What a call that is not modelled may raise: anything but that a module is missing. */
export const CALL_EXCEPTION = "*call";

/** A Python exception that certainly happens. Thrown inside the evaluator only; statements turn it into control flow. */
export class PythonRaise extends Error {
  /** Class name: `KeyError`. */
  readonly exception: string;
  readonly site: Site | undefined;

  constructor(exception: string, site?: Site) {
    // Thousands are thrown and caught again; the stack of none is looked at, and collecting it takes most of the time.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(exception);
    Error.stackTraceLimit = stackTraceLimit;
    this.exception = exception;
    this.site = site;
  }
}

/** Direct base classes of the built-in exceptions that settings code raises or catches (Python docs, "Exception hierarchy"). */
const BASES: Readonly<Record<string, string>> = table({
  ModuleNotFoundError: "ImportError",
  ImportError: "Exception",
  KeyError: "LookupError",
  IndexError: "LookupError",
  LookupError: "Exception",
  UnicodeDecodeError: "UnicodeError",
  UnicodeError: "ValueError",
  JSONDecodeError: "ValueError",
  TOMLDecodeError: "ValueError",
  TomlDecodeError: "ValueError",
  EnvNotSetError: "EnvError",
  EnvValidationError: "EnvError",
  EnvError: "ValueError",
  ValidationError: "ValueError",
  SettingsError: "ValueError",
  UnknownSchemeError: "ValueError",
  // configparser
  NoSectionError: "Error",
  NoOptionError: "Error",
  DuplicateSectionError: "Error",
  DuplicateOptionError: "Error",
  MissingSectionHeaderError: "ParsingError",
  ParsingError: "Error",
  InterpolationDepthError: "InterpolationError",
  InterpolationSyntaxError: "InterpolationError",
  InterpolationMissingOptionError: "InterpolationError",
  InterpolationError: "Error",
  Error: "Exception",
  ValueError: "Exception",
  TypeError: "Exception",
  AttributeError: "Exception",
  UnboundLocalError: "NameError",
  NameError: "Exception",
  ZeroDivisionError: "ArithmeticError",
  OverflowError: "ArithmeticError",
  ArithmeticError: "Exception",
  FileNotFoundError: "OSError",
  PermissionError: "OSError",
  OSError: "Exception",
  AssertionError: "Exception",
  RuntimeError: "Exception",
  NotImplementedError: "RuntimeError",
  RecursionError: "RuntimeError",
  ImproperlyConfigured: "Exception",
  UndefinedValueError: "Exception",
  Exception: "BaseException",
  SystemExit: "BaseException",
  KeyboardInterrupt: "BaseException",
});

const ALIASES: Readonly<Record<string, string>> = table({ IOError: "OSError", EnvironmentError: "OSError" });

/** Whether `except caught:` takes an exception; `undefined` when either class is not known. */
export function catches(caught: string, exception: string): boolean | undefined {
  const wanted = ALIASES[caught] ?? caught;
  let current: string | undefined = ALIASES[exception] ?? exception;
  if (wanted === current) return true;
  if (!(current in BASES)) return wanted === "BaseException" || wanted === "Exception" ? true : undefined;
  while (current !== undefined) {
    if (current === wanted) return true;
    current = BASES[current];
  }
  return wanted in BASES || wanted === "BaseException" ? false : undefined;
}
