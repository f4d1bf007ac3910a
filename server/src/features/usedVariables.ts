import type { Redactor } from "../lint/redaction/redactor";
import type { EntryModule } from "../lint/rule";
import type { DeployedVariable, DjangoProject } from "../project/model";
import type { EnvironmentValue } from "../python/values/value";
import { describeValue } from "./describeValue";
import { environmentVariables, type EnvironmentVariable } from "./environmentVariables";

/** A settings module, and the project whose deployment files serve it. */
interface ReadingModule {
  readonly entry: EntryModule;
  readonly owner: { readonly project: DjangoProject };
}

/** What one settings module wants of a variable. */
export interface VariableUse {
  readonly entry: EntryModule;
  /** No read has a default. */
  readonly isRequired: boolean;
  /** It is required in production, and the deployment files for production, which set others, do not set it. */
  readonly isMissing: boolean;
  readonly reads: readonly EnvironmentValue[];
}

/** A variable with all that some settings modules do with it. */
export interface UsedVariable extends EnvironmentVariable {
  readonly uses: readonly VariableUse[];
}

/** The environment variables that settings modules read, each once, in alphabetical order. */
export function usedVariables(modules: readonly ReadingModule[]): readonly UsedVariable[] {
  const found = new Map<string, UsedVariable>();
  for (const { owner, entry } of modules) {
    const deployed = owner.project.deployedVariables.filter(servesProduction);
    for (const variable of environmentVariables(entry, owner.project)) {
      const isRequired = needsValue(variable.reads);
      const isMissing =
        isRequired &&
        /^(?:production|staging|single)$/.test(entry.module.role) &&
        deployed.length > 0 &&
        !deployed.some(({ name }) => name === variable.name);
      const own = { ...variable, uses: [{ entry, isRequired, isMissing, reads: variable.reads }] };
      const known = found.get(variable.name);
      found.set(variable.name, known === undefined ? own : joined(known, own));
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function joined(a: UsedVariable, b: UsedVariable): UsedVariable {
  const places = new Map([...a.reads, ...b.reads].map((read) => [`${read.site.file}:${read.site.range.start}`, read]));
  const set = new Map([...a.set, ...b.set].map((each) => [`${each.file}:${each.range.start}`, each]));
  return {
    name: a.name,
    reads: [...places.values()],
    settings: [...new Set([...a.settings, ...b.settings])].toSorted(),
    set: [...set.values()],
    uses: [...a.uses, ...b.uses],
  };
}

/** Whether Django fails to start, or gets nothing, without a variable that is read like this. */
function needsValue(reads: readonly EnvironmentValue[]): boolean {
  return reads.length > 0 && reads.every(({ fallback }) => fallback === undefined);
}

function servesProduction({ purpose }: DeployedVariable): boolean {
  return purpose === "production" || purpose === "staging" || purpose === "any";
}

/** Whether any of the modules requires it. */
export function isRequired({ uses }: UsedVariable): boolean {
  return uses.some((use) => use.isRequired);
}

/** `int`, `str or bool`: what the reads make of the variable's text. */
export function typeText(reads: readonly EnvironmentValue[]): string {
  return [...new Set(reads.map(({ cast }) => (cast === "other" ? "text" : cast)))].join(" or ");
}

/** The default of a read, masked; `undefined` without one. */
export function defaultText({ fallback, variable }: EnvironmentValue, redactor: Redactor): string | undefined {
  return fallback === undefined ? undefined : redactor.clean(describeValue(redactor.cleanValue(fallback, variable)));
}
