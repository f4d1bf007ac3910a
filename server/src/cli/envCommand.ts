import { usedVariables, type UsedVariable } from "../features/usedVariables";
import { tellNotes } from "./checkCommand";
import { chosenModules } from "./chosenModules";
import { dotenvText, variablesJson, variablesMarkdown, variablesTable } from "./envFormats";
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
  const missing = missingVariables(variables, modules);
  for (const each of missing) host.stderr.write(`${each}\n`);
  return missing.length === 0 ? EXIT.clean : EXIT.findings;
}

/** A line for each required variable of a production module that no deployment file of production sets, though they set others. */
function missingVariables(variables: readonly UsedVariable[], modules: readonly ShownModule[]): readonly string[] {
  return modules.flatMap(({ entry }) =>
    variables
      .filter(({ uses }) => uses.some((use) => use.entry === entry && use.isMissing))
      .map(({ name }) => `${moduleName(entry.module)} needs ${name}, which no deployment file sets`),
  );
}
