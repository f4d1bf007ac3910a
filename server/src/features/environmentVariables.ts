import { isSettingName } from "../project/djangoNames";
import { allEnvironmentReads } from "../lint/environmentReads";
import type { EntryModule } from "../lint/rule";
import type { DeployedVariable, DjangoProject } from "../project/model";
import type { EnvironmentValue, Value } from "../python/values/value";
import type { ProjectAnalysis } from "./analysis";

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
  for (const { value } of [...evaluation.bindings, ...evaluation.branches]) {
    // Many names share a value.
    if (seen.has(value)) continue;
    seen.add(value);
    for (const read of allEnvironmentReads(value)) noteRead(reads, read);
  }
  for (const name of evaluation.names) {
    if (!isSettingName(name)) continue;
    for (const { value, guard } of evaluation.outcomes(name))
      for (const part of [value, ...guard.map(({ test }) => test.value)])
        for (const read of allEnvironmentReads(part)) {
          noteRead(reads, read);
          dependents.set(read.variable, (dependents.get(read.variable) ?? new Set()).add(name));
        }
  }
  return [...reads.keys()].toSorted().map((name) => ({
    name,
    reads: [...(reads.get(name)?.values() ?? [])],
    settings: [...(dependents.get(name) ?? [])].toSorted(),
    set: deployedVariables.filter((each) => each.name === name),
  }));
}

/** The variables of all modules of a project, module by module; kept as long as its analysis is. */
export function projectVariables(owner: ProjectAnalysis): readonly EnvironmentVariable[] {
  let variables = known.get(owner);
  if (variables === undefined)
    known.set(owner, (variables = owner.entries.flatMap((entry) => environmentVariables(entry, owner.project))));
  return variables;
}

const known = new WeakMap<ProjectAnalysis, readonly EnvironmentVariable[]>();

function noteRead(reads: Map<string, Map<string, EnvironmentValue>>, read: EnvironmentValue): void {
  const own = reads.get(read.variable) ?? new Map<string, EnvironmentValue>();
  own.set(`${read.site.file}:${read.site.range.start}`, read);
  reads.set(read.variable, own);
}
