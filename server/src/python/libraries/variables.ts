import { operation } from "../semantics/operations";
import { withArguments, type CallContext } from "../program/call";
import { own } from "../program/objects";
import { truthOf } from "../semantics/operators";
import { pure, noteFailures } from "../program/pure";
import { ANY_EXCEPTION, PythonRaise } from "../values/raise";
import { environVariable } from "../program/state";
import { placedAs } from "../values/dataPlaces";
import { parseFloatText, parseIntText } from "../semantics/text";
import {
  bool,
  float,
  int,
  str,
  unknown,
  UNSET,
  type Cast,
  type DerivedValue,
  type EnvironmentLibrary,
  type EnvironmentValue,
  type Value,
} from "../values/value";

/** How a library reads one variable. */
export interface VariableRead {
  readonly variable: string;
  readonly library: EnvironmentLibrary;
  readonly cast: Cast;
  /** What an unset variable gives; `undefined`: the read raises `missing`. */
  readonly fallback: Value | undefined;
  readonly convert: (text: string) => Value;
  readonly missing: string;
  /** The only exception that `convert` throws, where that is known. */
  readonly rejects?: string;
}

/** Reads the variable that the first argument names: each that it may name in its own worlds. */
export function forEachName(call: CallContext, read: (inner: CallContext) => Value | undefined): Value | undefined {
  const [name, ...others] = call.args.positional;
  if (name?.kind !== "choice") return read(call);
  return call.machine.perAlternative(call.state, name, (state, leaf) => {
    const inner = { ...call, state, args: { ...call.args, positional: [leaf, ...others] } };
    return read(inner) ?? unknown("environment", "a variable whose name is computed", call.site);
  });
}

/** Reads a variable: what the program itself has put into `os.environ` counts first. */
export function readVariable(read: VariableRead, call: CallContext): Value {
  const { machine: m, state, site } = call;
  const fallback = read.fallback === undefined ? undefined : m.freeze(state, read.fallback);
  const leaf: EnvironmentValue = {
    kind: "environment",
    variable: read.variable,
    library: read.library,
    cast: read.cast,
    fallback,
    convert: read.convert,
    site,
  };
  const given = environVariable(state, read.variable);
  return m.distribute(state, [given], ([value]) => {
    const result = fromGiven(value as Value, leaf, read.missing, call);
    if (result?.kind === "environment") return owned(result, call);
    if (result === undefined) {
      if (fallback === undefined) noteMissing(read, call);
      if (read.convert !== str) noteRejected(leaf, read.rejects, call);
      return owned(leaf, call);
    }
    return own(m, state, result, site.file);
  });
}

/** A list or dict from the environment is an object of its own: code may append to it. */
function owned(leaf: EnvironmentValue, call: CallContext): Value {
  const isMutable =
    leaf.cast === "list" ||
    leaf.cast === "dict" ||
    leaf.cast === "database" ||
    leaf.cast === "cache" ||
    leaf.cast === "email";
  return isMutable ? call.machine.allocate(call.state, leaf, call.site.file) : leaf;
}

/** The result where the program itself has set the variable; `undefined` where the real environment decides. */
function fromGiven(given: Value, leaf: EnvironmentValue, missing: string, call: CallContext): Value | undefined {
  switch (given.kind) {
    case "unset":
      return undefined;
    case "none":
      if (leaf.fallback === undefined) throw new PythonRaise(missing, call.site);
      return leaf.fallback;
    case "environment":
      // `os.environ.setdefault(...)`: the real environment wins, the default stands in.
      if (given.variable === leaf.variable && given.library === "os" && given.fallback !== undefined)
        return { ...leaf, fallback: fallbackText(given.fallback, leaf, call) };
      return converted(given, leaf, call);
    case "str":
    case "derived":
      return converted(given, leaf, call);
    default:
      // Whether it is set at all is not known either, nor what the library makes of it.
      if (leaf.fallback === undefined) call.machine.raising.noteMayRaise(call.state, call.site, missing);
      if (leaf.convert !== str) call.machine.raising.noteMayRaise(call.state, call.site, ANY_EXCEPTION);
      return unknown("environment", `${leaf.variable}, which the program itself sets`, call.site);
  }
}

/** What the library makes of a text that the program itself has put into the environment. */
function converted(text: Value, leaf: EnvironmentValue, call: CallContext): Value {
  if (text.kind === "str") return placedAs(leaf.convert(text.value), text);
  if (leaf.convert === str) return text;
  const what = `${leaf.library} ${leaf.cast} of ${leaf.variable}`;
  const compute = ([given]: readonly Value[]): Value =>
    given?.kind === "str" ? leaf.convert(given.value) : unknown("environment", leaf.variable);
  const isList = leaf.cast === "list";
  return pure(call.machine, call.state, what, [text], compute, {
    site: call.site,
    ...(isList ? { result: "list" as const } : {}),
  });
}

/** The same for a text that stands in where a variable is unset: it may be rejected, but only there. */
function fallbackText(text: Value, leaf: EnvironmentValue, call: CallContext): Value {
  return ifAccepted(() => converted(text, leaf, call), call);
}

/** A value that is only used where a variable is unset: an exception in it is none of now. */
export function ifAccepted(compute: () => Value, call: CallContext): Value {
  try {
    return call.machine.freeze(call.state, compute());
  } catch (error) {
    if (error instanceof PythonRaise) return unknown("error", `raises ${error.exception}`, error.site ?? call.site);
    throw error;
  }
}

/** Puts a text into the environment, as `os.environ.setdefault` does: what is there already stays. */
export function setDefaultVariable(variable: string, text: Value, call: CallContext): void {
  const fallback = call.machine.freeze(call.state, text);
  const real: EnvironmentValue = {
    kind: "environment",
    variable,
    library: "os",
    cast: "str",
    fallback,
    convert: str,
    site: call.site,
  };
  const defaulted = (given: Value): Value => {
    if (given.kind === "choice") return { ...given, yes: defaulted(given.yes), no: defaulted(given.no) };
    return given.kind === "unset" ? real : given.kind === "none" ? fallback : given;
  };
  call.state.environ.set(variable, defaulted(environVariable(call.state, variable)));
}

/** Inside a `try` that may catch it, a missing variable leads to the handler. */
function noteMissing(read: VariableRead, call: CallContext): void {
  const { machine: m, state, site } = call;
  const test = m.test(presenceOf(read.variable, call), site, `${read.variable} is set`);
  m.raising.noteRaiseWhen(state, test, false, read.missing, site);
}

/** Whether the library takes the variable's text is a test of its own. */
function noteRejected(leaf: EnvironmentValue, rejects: string | undefined, call: CallContext): void {
  const raw: EnvironmentValue = { ...leaf, cast: "str", library: "os", fallback: UNSET, convert: str };
  const conversion: DerivedValue = {
    kind: "derived",
    operation: { ...operation(`${leaf.library} ${leaf.cast}`), raises: () => [rejects ?? ANY_EXCEPTION] },
    inputs: [raw],
    compute: ([text]) => (text?.kind === "str" ? leaf.convert(text.value) : (text ?? UNSET)),
    site: call.site,
  };
  noteFailures(call.machine, call.state, conversion, call.site);
}

/** `"X" in os.environ` as a value. */
export function presenceOf(variable: string, call: CallContext): Value {
  const { site, state, machine: m } = call;
  const raw: EnvironmentValue = {
    kind: "environment",
    variable,
    library: "os",
    cast: "str",
    fallback: UNSET,
    convert: str,
    site,
  };
  const given = environVariable(state, variable);
  return m.distribute(state, [given], ([value]) => {
    if (value?.kind === "none") return bool(false);
    // Whether one variable is set says nothing of another.
    if (value?.kind === "unknown")
      return pure(m, state, "in os.environ", [value, str(variable)], () => value, { site });
    if (value?.kind !== "unset") return bool(true);
    return {
      kind: "derived",
      operation: operation("in os.environ"),
      inputs: [raw],
      compute: ([text]) => bool(text?.kind !== "unset"),
      site,
    };
  });
}

/** The casts that libraries apply by a type: what `bool`, `int`... as a value of `cast=` stand for. */
export function castName(cast: Value | undefined): Cast {
  if (cast === undefined || cast.kind === "none") return "str";
  if (cast.kind !== "external") return cast.kind === "model" && cast.name.endsWith("Csv") ? "list" : "other";
  const name = cast.name.replace(/^builtins\./, "");
  if (
    name === "str" ||
    name === "bool" ||
    name === "int" ||
    name === "float" ||
    name === "list" ||
    name === "tuple" ||
    name === "dict" ||
    name === "set"
  )
    return name;
  if (name === "pathlib.Path") return "path";
  if (name === "json.loads") return "json";
  return isBooleanReader(name) ? "bool" : "other";
}

/** Whether a function's name says that it reads a text as a boolean: project code and other libraries do so under many names. */
export function isBooleanReader(name: string): boolean {
  return /(^|\.|_)(strtobool|str_?(to|2)_?bool|to_?bool|parse_?bool|boolish)$/i.test(name);
}

/** A conversion that calls any callable (a class, a lambda, a project function) with the text. */
export function convertByCalling(cast: Value, call: CallContext): (text: string) => Value {
  const scratch = call.state.fork();
  return (text) => {
    const state = scratch.fork();
    return call.machine.freeze(state, call.machine.call(cast, withArguments({ ...call, state }, [str(text)])));
  };
}

export const toInt = (text: string): Value => int(parseIntText(text));
export const toFloat = (text: string): Value => float(parseFloatText(text));

/** A boolean parser with fixed words; other texts give `otherwise`, or raise ValueError where that is `undefined`. */
export function booleanWords(
  words: { readonly yes: ReadonlySet<string>; readonly no: ReadonlySet<string> },
  otherwise: boolean | undefined,
  normalize: (text: string) => string,
): (text: string) => Value {
  return (text) => {
    const word = normalize(text);
    if (words.yes.has(word)) return bool(true);
    if (words.no.has(word)) return bool(false);
    if (otherwise === undefined) throw new PythonRaise("ValueError");
    return bool(otherwise);
  };
}

/** Whether a value given as an option is certainly false or absent. */
export function isOff(value: Value | undefined): boolean {
  return value === undefined || truthOf(value) === false;
}
