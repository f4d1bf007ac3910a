import { ANY_EXCEPTION, PythonRaise } from "../values/raise";
import { isSymbolicList, keyOf } from "../values/symbolic";
import { isContainer, isNumber, isText, isTextList } from "./types";
import { bool, type DerivedValue, type Guard, type Value } from "../values/value";

/** Operations that take every value. */
const TOTAL =
  /^(==|!=|is|is not|not|and|bool|str|repr|in os\.environ|file exists|all of|isinstance .*|any|all|fails with .*)$/;
/** Methods that every text takes, whatever text they are given. */
const TOTAL_TEXT_METHODS =
  /^str\.(lower|upper|casefold|title|capitalize|swapcase|strip|lstrip|rstrip|startswith|endswith|removeprefix|removesuffix|replace|splitlines|find|rfind|count|is\w+)$/;
/** What a library makes of a variable's text, and the exception with which it rejects one. */
const LIBRARY_CAST = /^[\w-]+ \w+ or (\w+)$/;

/**
 * The exceptions that an operation may raise, in the order in which they are told apart; the last stands for all that are
 * left. None for an operation that takes whatever its inputs can become.
 */
export function exceptionsOf(value: DerivedValue): readonly string[] {
  const { operation, inputs } = value;
  const [first, second] = inputs;
  if (TOTAL.test(operation)) return [];
  if (operation.startsWith("str.")) return textMethodExceptions(operation, inputs);
  const rejection = LIBRARY_CAST.exec(operation)?.[1];
  if (rejection !== undefined) return [rejection];
  switch (operation) {
    case "int":
    case "float":
      return isNumber(first) ? [] : isText(first) ? ["ValueError"] : ["TypeError", "ValueError"];
    case "json.loads":
      return isText(first) ? ["JSONDecodeError"] : ["TypeError", "JSONDecodeError"];
    case "ast.literal_eval":
      return ["ValueError", "SyntaxError", ANY_EXCEPTION];
    case "strtobool":
      return ["ValueError"];
    case "distutils strtobool":
      return isText(first) ? ["ValueError"] : ["ValueError", "AttributeError"];
    case "subscript":
      return subscriptExceptions(first);
    case "slice":
      return (isText(first) || isContainer(first)) &&
        inputs.slice(1).every((bound) => bound.kind === "none" || bound.kind === "int")
        ? []
        : [ANY_EXCEPTION];
    case "len":
      return isText(first) || isContainer(first) ? [] : ["TypeError"];
    case "list":
    case "tuple":
    case "reversed":
      return isText(first) || isContainer(first) ? [] : ["TypeError"];
    case "set":
    case "frozenset":
    case "sorted":
      return isTextList(first) ? [] : ["TypeError"];
    case "in":
    case "not in":
      return isContainer(second) || (isText(first) && isText(second)) ? [] : ["TypeError"];
    case "+":
      return inputs.every(isText) || inputs.every(isNumber) ? [] : ["TypeError"];
    case "-":
    case "*":
      return inputs.every(isNumber) ? [] : [ANY_EXCEPTION];
    case "<":
    case "<=":
    case ">":
    case ">=":
      return inputs.every(isText) || inputs.every(isNumber) ? [] : ["TypeError"];
    case "/":
    case "//":
      return inputs.every(isNumber) ? ["ZeroDivisionError"] : [ANY_EXCEPTION];
    case "%":
      return inputs.every(isNumber) ? ["ZeroDivisionError"] : [ANY_EXCEPTION];
    default:
      return operation.startsWith("f-string") ? formatExceptions(operation) : [ANY_EXCEPTION];
  }
}

/** Fields without a format take every value. */
function formatExceptions(operation: string): readonly string[] {
  return /\{(![rsa])?:/.test(operation) ? [ANY_EXCEPTION] : [];
}

function textMethodExceptions(operation: string, inputs: readonly Value[]): readonly string[] {
  const [receiver, ...args] = inputs;
  if (!isText(receiver)) return ["AttributeError", ANY_EXCEPTION];
  if (operation === "str.join") return isTextList(args[0]) ? [] : ["TypeError"];
  if (operation === "str.index") return ["ValueError"];
  const takesTexts = args.every((arg) => isText(arg) || arg.kind === "int" || isTextList(arg));
  if (TOTAL_TEXT_METHODS.test(operation) && takesTexts) return [];
  const separator = args[0];
  const isSplit = /^str\.(split|rsplit|partition|rpartition)$/.test(operation);
  if (isSplit && (separator === undefined || separator.kind === "none")) return [];
  if (isSplit && separator?.kind === "str" && separator.value !== "") return [];
  return [ANY_EXCEPTION];
}

function subscriptExceptions(container: Value | undefined): readonly string[] {
  if (container?.kind === "dict") return ["KeyError"];
  const isSequence =
    container !== undefined && (container.kind === "list" || container.kind === "tuple" || isSymbolicList(container));
  return isSequence || isText(container) ? ["IndexError"] : ["IndexError", "KeyError", "TypeError", ANY_EXCEPTION];
}

/**
 * For each exception that a value's computation may raise: whether it does, as a value of the same inputs. What is decided
 * tells that a variable is set.
 */
export function failuresOf(
  value: DerivedValue,
  decided: Guard,
): readonly { readonly exception: string; readonly fails: DerivedValue }[] {
  const exceptions = exceptionsOf({ ...value, inputs: value.inputs.map((input) => whereSet(input, decided)) });
  return exceptions.map((exception, index) => {
    const isLast = index === exceptions.length - 1;
    const operation = `fails with ${exception} ${value.operation}`;
    const compute = (inputs: readonly Value[]): Value => {
      let result: Value | undefined;
      const thrown = exceptionIn(() => (result = value.compute(inputs)));
      // What is not modelled may as well raise.
      if (result?.kind === "unknown") return result;
      return bool(thrown !== undefined && (isLast ? !exceptions.slice(0, -1).includes(thrown) : thrown === exception));
    };
    return { exception, fails: { ...value, operation, compute } };
  });
}

/** A variable's value where a decision says that it is not None. */
function whereSet(input: Value, decided: Guard): Value {
  if (input.kind !== "environment" || input.fallback?.kind !== "none") return input;
  const key = keyOf(input);
  const isSet = decided.some(({ test: { value }, holds }) => {
    if (keyOf(value) === key) return holds;
    if (value.kind !== "derived") return false;
    const [first, second] = value.inputs;
    if (value.operation === "is" && second?.kind === "none")
      return !holds && first !== undefined && keyOf(first) === key;
    return (
      value.operation === "in os.environ" && holds && first?.kind === "environment" && first.variable === input.variable
    );
  });
  return isSet ? { ...input, fallback: undefined } : input;
}

/** The class of the exception with which a computation ends, if it does. */
export function exceptionIn(compute: () => unknown): string | undefined {
  try {
    compute();
    return undefined;
  } catch (error) {
    if (error instanceof PythonRaise) return error.exception;
    throw error;
  }
}
