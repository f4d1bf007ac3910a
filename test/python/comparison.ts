import type { Evaluation } from "../../server/src/python/program/evaluation";
import { resolve, resolveTest, wholeEnvironment, type ReadVariable } from "../../server/src/python/semantics/resolve";
import { reprOf } from "../../server/src/python/semantics/text";
import type { Value } from "../../server/src/python/values/value";

/** What CPython made of a project in one environment. */
export interface Run {
  readonly environment: Readonly<Record<string, string>>;
  /** Upper-case names and their values, shown as {@link show} shows them; absent where the import raised. */
  readonly values?: Readonly<Record<string, string>>;
  /** The exception's class. */
  readonly failure?: string;
}

export interface Comparison {
  /** Values that are called known and are not what CPython computes. */
  readonly wrong: readonly string[];
  /** Names whose value is left open. */
  readonly open: readonly string[];
}

/** Holds an evaluation against a run of the same project. */
export function compare(evaluation: Evaluation, run: Run): Comparison {
  const read = wholeEnvironment((variable) => run.environment[variable]);
  const wrong: string[] = [];
  const open: string[] = [];
  if (run.values !== undefined && evaluation.failure !== undefined)
    wrong.push(`${evaluation.failure.exception} is not raised`);
  for (const [name, expected] of Object.entries(run.values ?? {})) {
    const possible = valuesOf(evaluation, name, read);
    if (possible.length === 1 && possible[0] === expected) continue;
    const isOverridable = evaluation.outcomes(name).some(({ overridable }) => overridable !== undefined);
    if (possible.includes(undefined) || possible.includes(expected) || isOverridable) open.push(name);
    else wrong.push(`${name}: ${possible.join(" or ")} instead of ${expected}`);
  }
  for (const name of evaluation.names.filter((each) => isUpper(each) && run.values?.[each] === undefined)) {
    const possible = valuesOf(evaluation, name, read);
    if (run.values !== undefined && !possible.includes("unset") && !possible.includes(undefined))
      wrong.push(`${name} is not set`);
  }
  return { wrong, open };
}

const isUpper = (name: string): boolean => /^[A-Z0-9_]*[A-Z][A-Z0-9_]*$/.test(name);

/** The values that remain possible in an environment; `undefined` for one that is not known. */
export function valuesOf(evaluation: Evaluation, name: string, read: ReadVariable): readonly (string | undefined)[] {
  const outcomes = evaluation
    .outcomes(name)
    .filter((outcome) => outcome.guard.every(({ test, holds }) => resolveTest(test, read) !== !holds));
  return [...new Set(outcomes.flatMap((outcome) => alternatives(resolve(outcome.value, read))))];
}

function alternatives(value: Value, seen = new Set<Value>()): readonly (string | undefined)[] {
  if (value.kind !== "choice") return [show(value)];
  // Alternatives share parts.
  if (seen.has(value)) return [];
  seen.add(value);
  return [...new Set([...alternatives(value.yes, seen), ...alternatives(value.no, seen)])];
}

/** As scripts/oracle/run.py shows values; `undefined` for what is not known. */
export function show(value: Value): string | undefined {
  const wrap = (open: string, shown: readonly (string | undefined)[], close: string): string | undefined =>
    shown.includes(undefined) ? undefined : open + shown.join(", ") + close;
  switch (value.kind) {
    case "unset":
      return "unset";
    case "path":
      return `Path(${reprOf({ kind: "str", value: value.value })})`;
    case "bytes":
      return `b:${value.value}`;
    case "list":
    case "tuple":
    case "set":
    case "frozenset": {
      if (value.items.some((item) => item.spread)) return undefined;
      const shown = value.items.map((item) => show(item.value));
      if (value.kind === "list") return wrap("[", shown, "]");
      return value.kind === "tuple" ? wrap("(", shown, ")") : wrap("{", shown.toSorted(), "}");
    }
    case "dict": {
      const shown = value.entries.map((entry) => {
        const [key, content] = [entry.key === undefined ? undefined : show(entry.key), show(entry.value)];
        return key === undefined || content === undefined ? undefined : `${key}: ${content}`;
      });
      return wrap("{", shown, "}");
    }
    default:
      return reprOf(value);
  }
}
