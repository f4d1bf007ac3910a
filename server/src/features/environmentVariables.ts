import type { EntryModule } from "../lint/rule";
import type { DeployedVariable, DjangoProject } from "../project/model";
import type { EnvironmentValue, Value } from "../python/values/value";

/** An environment variable that a settings module reads. */
export interface EnvironmentVariable {
  readonly name: string;
  /** Its reads, in order of execution. */
  readonly reads: readonly EnvironmentValue[];
  /** The settings whose final value depends on it, in alphabetical order. */
  readonly settings: readonly string[];
  /** What the deployment files of the project set it to. */
  readonly set: readonly DeployedVariable[];
}

/** The variables that one settings module reads while it is imported, in alphabetical order. */
export function environmentVariables(
  { evaluation }: EntryModule,
  { deployedVariables }: DjangoProject,
): readonly EnvironmentVariable[] {
  const reads = new Map<string, Map<string, EnvironmentValue>>();
  const dependents = new Map<string, Set<string>>();
  const seen = new Set<Value>();
  for (const { value } of evaluation.bindings) eachRead(value, seen, (read) => noteRead(reads, read));
  for (const { value } of evaluation.branches) eachRead(value, seen, (read) => noteRead(reads, read));
  for (const name of evaluation.names) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) continue;
    const own = new Set<Value>();
    const note = (read: EnvironmentValue): void => {
      noteRead(reads, read);
      dependents.set(read.variable, (dependents.get(read.variable) ?? new Set()).add(name));
    };
    for (const { value, guard } of evaluation.outcomes(name)) {
      eachRead(value, own, note);
      for (const { test } of guard) eachRead(test.value, own, note);
    }
  }
  return [...reads.keys()].toSorted().map((name) => ({
    name,
    reads: [...(reads.get(name)?.values() ?? [])],
    settings: [...(dependents.get(name) ?? [])].toSorted(),
    set: deployedVariables.filter((each) => each.name === name),
  }));
}

function noteRead(reads: Map<string, Map<string, EnvironmentValue>>, read: EnvironmentValue): void {
  const own = reads.get(read.variable) ?? new Map<string, EnvironmentValue>();
  own.set(`${read.site.file}:${read.site.range.start}`, read);
  reads.set(read.variable, own);
}

/** Calls for each read inside a value, through what is computed from it. A value in `seen` is not looked through again. */
function eachRead(value: Value, seen: Set<Value>, note: (read: EnvironmentValue) => void): void {
  if (seen.has(value)) return;
  seen.add(value);
  if (value.kind === "environment") note(value);
  for (const part of insideOf(value)) eachRead(part, seen, note);
}

function insideOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "environment":
      return value.fallback === undefined ? [] : [value.fallback];
    case "derived":
      return value.inputs;
    case "choice":
      return [value.test.value, value.yes, value.no];
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return value.items.map((item) => item.value);
    case "dict":
      return value.entries.flatMap(({ key, value: entry }) => (key === undefined ? [entry] : [key, entry]));
    case "opaque":
      return [...value.args, ...value.keywords.values()];
    default:
      return [];
  }
}
