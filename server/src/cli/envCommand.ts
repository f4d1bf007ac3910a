import { environmentVariables, type EnvironmentVariable } from "../features/environmentVariables";
import type { DeployedVariable } from "../project/model";
import { tellNotes } from "./checkCommand";
import { chosenModules } from "./chosenModules";
import { dotenvText, variablesJson, variablesMarkdown, variablesTable, type UsedVariable } from "./envFormats";
import { EXIT, type CliHost } from "./host";
import { Session, type CommonOptions } from "./session";
import type { ShownModule } from "./showJson";
import { moduleName } from "./showTable";

export const ENV_FORMATS = ["table", "json", "markdown", "dotenv"] as const;

export interface EnvOptions extends CommonOptions {
  readonly project: string;
  readonly format: (typeof ENV_FORMATS)[number];
  readonly check?: boolean;
}

/**
 * Prints the environment variables that settings modules read. `names`: modules as for `show`; none: all. With `check`, exit
 * code 1 where a production module needs a variable that its deployment files, which set others, do not set.
 */
export async function env(host: CliHost, names: readonly string[], options: EnvOptions): Promise<number> {
  const session = await Session.ofSettings(host, options.project, options);
  const modules = chosenModules(session, names);
  const variables = usedVariables(modules);
  const context = { at: session.at, redactor: session.redactor, style: session.style, columns: host.stdout.columns };
  const print = { table: variablesTable, json: variablesJson, markdown: variablesMarkdown, dotenv: dotenvText };
  host.stdout.write(print[options.format](variables, context));
  tellNotes(session, options);
  if (session.problems.length > 0) return EXIT.error;
  if (options.check !== true) return EXIT.clean;
  const missing = missingVariables(modules);
  for (const each of missing) host.stderr.write(`${each}\n`);
  return missing.length === 0 ? EXIT.clean : EXIT.findings;
}

/** The variables of all modules, each once, in alphabetical order. */
function usedVariables(modules: readonly ShownModule[]): readonly UsedVariable[] {
  const found = new Map<string, UsedVariable>();
  for (const { owner, entry } of modules)
    for (const variable of environmentVariables(entry, owner.project)) {
      const known = found.get(variable.name);
      const own = { ...variable, modules: [moduleName(entry.module)], isRequired: needsValue(variable) };
      found.set(variable.name, known === undefined ? own : joined(known, own));
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
    modules: [...new Set([...a.modules, ...b.modules])],
    isRequired: a.isRequired || b.isRequired,
  };
}

function needsValue({ reads }: EnvironmentVariable): boolean {
  return reads.length > 0 && reads.every(({ fallback }) => fallback === undefined);
}

/** A line for each required variable of a production module that no deployment file of production sets, though they set others. */
function missingVariables(modules: readonly ShownModule[]): readonly string[] {
  const production = modules.filter(({ entry }) => /^(?:production|staging|single)$/.test(entry.module.role));
  return production.flatMap(({ owner, entry }) => {
    const deployed = owner.project.deployedVariables.filter(servesProduction);
    if (deployed.length === 0) return [];
    return environmentVariables(entry, owner.project)
      .filter((variable) => needsValue(variable) && !deployed.some(({ name }) => name === variable.name))
      .map(({ name }) => `${moduleName(entry.module)} needs ${name}, which no deployment file sets`);
  });
}

function servesProduction({ purpose }: DeployedVariable): boolean {
  return purpose === "production" || purpose === "staging" || purpose === "any";
}
