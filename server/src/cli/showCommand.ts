import { UsageError, EXIT, type CliHost } from "./host";
import { tellNotes } from "./checkCommand";
import { Session, type CommonOptions } from "./session";
import { chosenModules, splitNames } from "./chosenModules";
import { showJson, type ShownModule, type ShownSettings } from "./showJson";
import { comparison, moduleTable, moduleName, settingPages, type TableOptions } from "./showTable";

export const SHOW_FORMATS = ["table", "json"] as const;

export interface ShowOptions extends CommonOptions {
  readonly project: string;
  readonly format: (typeof SHOW_FORMATS)[number];
  readonly diff?: boolean;
  /** Leave out what has Django's default. */
  readonly changed?: boolean;
  readonly revealSecrets?: boolean;
}

/**
 * Prints what settings modules give. `names`: modules by dotted name, file, end of name or role; none: all.
 * Names in upper case are settings, which are shown in full. With `diff` exactly two modules, and only what differs. Exit code 0,
 * or 2 on errors.
 */
export async function show(host: CliHost, names: readonly string[], options: ShowOptions): Promise<number> {
  const session = await Session.ofSettings(host, options.project, options);
  const { settings, modules: wanted } = splitNames(session, names);
  const modules = chosenModules(session, wanted);
  if (options.diff === true && (wanted.length !== 2 || modules.length !== 2)) throw twoModules(wanted, modules);
  const shown: ShownSettings = {
    redactor: options.revealSecrets === true ? undefined : session.redactor,
    onlyChanged: options.changed === true,
  };
  if (options.format === "json") host.stdout.write(showJson(modules, session.report(EVERYTHING), session.at, shown));
  else host.stdout.write(tables(session, settings, modules, options, shown));
  tellNotes(session, options);
  return session.problems.length > 0 ? EXIT.error : EXIT.clean;
}

function tables(
  { at, style, host }: Session,
  settings: readonly string[],
  modules: readonly ShownModule[],
  { diff }: ShowOptions,
  shown: ShownSettings,
): string {
  const options: TableOptions = { style, columns: host.stdout.columns, shown };
  if (settings.length > 0) return settingPages(settings, modules, at, options);
  if (diff === true) return comparison(modules, at, options, true);
  return byProject(modules)
    .map(([first, ...others]) =>
      first !== undefined && others.length === 0
        ? moduleTable(first, at, options)
        : comparison(first === undefined ? [] : [first, ...others], at, options, false),
    )
    .join("\n");
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
