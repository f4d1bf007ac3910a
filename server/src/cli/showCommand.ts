import { UsageError, EXIT, type CliHost } from "./host";
import { tellNotes } from "./checkCommand";
import { Session, type CommonOptions } from "./session";
import { showJson, type ShownModule } from "./showJson";
import { comparison, moduleName, moduleTable, type TableOptions } from "./showTable";
import { didYouMean } from "../lint/similar";

export const SHOW_FORMATS = ["table", "json"] as const;

export interface ShowOptions extends CommonOptions {
  readonly project: string;
  readonly format: (typeof SHOW_FORMATS)[number];
  readonly diff?: boolean;
  readonly revealSecrets?: boolean;
}

/**
 * Prints what settings modules give. `names`: modules by dotted name, end of name, file or role; none: all. With `diff`
 * exactly two, and only what differs. Exit code 0, or 2 on errors.
 */
export async function show(host: CliHost, names: readonly string[], options: ShowOptions): Promise<number> {
  if (options.diff === true && names.length !== 2) throw new UsageError("--diff compares two modules: show --diff A B");
  const session = await Session.open(host, [options.project], options, true);
  const nothing = session.nothingFound();
  if (nothing !== undefined) throw new UsageError(nothing);
  const modules = choose(session, names);
  const redactor = options.revealSecrets === true ? undefined : session.redactor;
  const { at, style } = session;
  const table: TableOptions = { style, columns: host.stdout.columns, redactor };
  if (options.format === "json") host.stdout.write(showJson(modules, session.report(EVERYTHING), at, redactor));
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

function choose(session: Session, names: readonly string[]): readonly ShownModule[] {
  const all = session.projects.flatMap((owner) => owner.entries.map((entry) => ({ owner, entry })));
  if (names.length === 0) return all;
  return names.flatMap((name) => matching(session, all, name));
}

function matching(session: Session, all: readonly ShownModule[], name: string): readonly ShownModule[] {
  const path = session.host.toPath(name);
  const ways: readonly ((shown: ShownModule) => boolean)[] = [
    ({ entry }) => moduleName(entry.module) === name || entry.module.name === name,
    ({ entry }) => entry.module.file === path,
    ({ entry }) => entry.module.role === name,
    ({ entry }) => moduleName(entry.module).endsWith(`.${name}`) || entry.module.className === name,
  ];
  for (const way of ways) {
    const found = all.filter(way);
    if (found.length > 0) return found;
  }
  const known = all.map(({ entry }) => moduleName(entry.module));
  throw new UsageError(`there is no settings module "${name}".${didYouMean(name, known)} There are:`, known);
}
