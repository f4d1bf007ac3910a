import { UsageError, EXIT, type CliHost } from "./host";
import { tellNotes } from "./checkCommand";
import { Session, type CommonOptions } from "./session";
import { chosenModules, splitNames } from "./chosenModules";
import { showJson, type ShownModule } from "./showJson";
import { comparison, moduleTable, moduleName, settingPages, type TableOptions } from "./showTable";

export const SHOW_FORMATS = ["table", "json"] as const;

export interface ShowOptions extends CommonOptions {
  readonly project: string;
  readonly format: (typeof SHOW_FORMATS)[number];
  readonly diff?: boolean;
  readonly revealSecrets?: boolean;
}

/**
 * Prints what settings modules give. `names`: modules by dotted name, file, end of name or role; none: all. Names in upper
 * case are settings, which are shown in full. With `diff` exactly two modules, and only what differs. Exit code 0, or 2 on errors.
 */
export async function show(host: CliHost, names: readonly string[], options: ShowOptions): Promise<number> {
  const session = await Session.ofSettings(host, options.project, options);
  const { settings, modules: wanted } = splitNames(session, names);
  const modules = chosenModules(session, wanted);
  if (options.diff === true && (wanted.length !== 2 || modules.length !== 2)) throw twoModules(wanted, modules);
  const redactor = options.revealSecrets === true ? undefined : session.redactor;
  const { at, style } = session;
  const table: TableOptions = { style, columns: host.stdout.columns, redactor };
  if (options.format === "json") host.stdout.write(showJson(modules, session.report(EVERYTHING), at, redactor));
  else if (settings.length > 0) host.stdout.write(settingPages(settings, modules, at, table));
  else if (options.diff === true) host.stdout.write(comparison(modules, at, table, true));
  else if (modules.length === 1) for (const each of modules) host.stdout.write(moduleTable(each, at, table));
  else
    host.stdout.write(
      byProject(modules)
        .map((own) => comparison(own, at, table, false))
        .join("\n"),
    );
  tellNotes(session, options);
  return session.problems.length > 0 ? EXIT.error : EXIT.clean;
}

const EVERYTHING = { minSeverity: "hint" } as const;

/** Modules of different projects have nothing to be compared in. */
function byProject(modules: readonly ShownModule[]): readonly (readonly ShownModule[])[] {
  const owners = [...new Set(modules.map(({ owner }) => owner))];
  return owners.map((owner) => modules.filter((each) => each.owner === owner));
}

/** Why there are not two modules to compare. */
function twoModules(names: readonly string[], found: readonly ShownModule[]): UsageError {
  if (names.length !== 2) return new UsageError("--diff compares two modules: show --diff A B");
  const known = found.map(({ entry }) => moduleName(entry.module));
  return new UsageError(`--diff compares two modules, and "${names.join(" ")}" stands for ${known.length}:`, known);
}
