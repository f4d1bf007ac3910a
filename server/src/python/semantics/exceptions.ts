import { operation } from "./operations";
import { PythonRaise } from "../values/raise";
import { keyOf } from "../values/symbolic";
import { bool, type DerivedValue, type Guard, type Value } from "../values/value";

/**
 * For each exception that a value's computation may raise: whether it does, as a value of the same inputs. What is decided
 * tells that a variable is set.
 */
export function failuresOf(
  value: DerivedValue,
  decided: Guard,
): readonly { readonly exception: string; readonly fails: DerivedValue }[] {
  const exceptions = value.operation.raises(value.inputs.map((input) => whereSet(input, decided)));
  return exceptions.map((exception, index) => {
    const isLast = index === exceptions.length - 1;
    const failing = operation(`fails with ${exception} ${value.operation.id}`, "fails");
    const compute = (inputs: readonly Value[]): Value => {
      let result: Value | undefined;
      const thrown = exceptionIn(() => (result = value.compute(inputs)));
      // What is not modelled may as well raise.
      if (result?.kind === "unknown") return result;
      return bool(thrown !== undefined && (isLast ? !exceptions.slice(0, -1).includes(thrown) : thrown === exception));
    };
    return { exception, fails: { ...value, operation: failing, compute } };
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
    if (value.operation.id === "is" && second?.kind === "none")
      return !holds && first !== undefined && keyOf(first) === key;
    return (
      value.operation.id === "in os.environ" &&
      holds &&
      first?.kind === "environment" &&
      first.variable === input.variable
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
