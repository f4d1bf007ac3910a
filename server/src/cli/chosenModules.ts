import { didYouMean } from "../lint/similar";
import { UsageError } from "./host";
import { isSettingName } from "../features/effectiveSettings";
import type { Session } from "./session";
import type { ShownModule } from "./showJson";
import { moduleName } from "./showTable";

/** All settings modules of a session. */
export function allModules(session: Session): readonly ShownModule[] {
  return session.projects.flatMap((owner) => owner.entries.map((entry) => ({ owner, entry })));
}

/**
 * The modules that some names stand for: a dotted name, a file, the end of a dotted name, or a role; the first way that fits
 * decides. None: all. Throws {@link UsageError} for a name that fits nothing.
 */
export function chosenModules(session: Session, names: readonly string[]): readonly ShownModule[] {
  const all = allModules(session);
  if (names.length === 0) return all;
  return names.flatMap((name) => matching(session, all, name));
}

function matching(session: Session, all: readonly ShownModule[], name: string): readonly ShownModule[] {
  const path = session.host.toPath(name);
  const ways: readonly ((shown: ShownModule) => boolean)[] = [
    ({ entry }) => moduleName(entry.module) === name || entry.module.name === name,
    ({ entry }) => entry.module.file === path,
    ({ entry }) => moduleName(entry.module).endsWith(`.${name}`) || entry.module.className === name,
    ({ entry }) => entry.module.role === name,
  ];
  for (const way of ways) {
    const found = all.filter(way);
    if (found.length > 0) return found;
  }
  const known = all.map(({ entry }) => moduleName(entry.module));
  throw new UsageError(`there is no settings module "${name}".${didYouMean(name, known)} There are:`, known);
}

/** Names typed for `show`: those in upper case are settings, unless a module is called so. */
export function splitNames(
  session: Session,
  names: readonly string[],
): { readonly settings: readonly string[]; readonly modules: readonly string[] } {
  const known = new Set(allModules(session).map(({ entry }) => entry.module.className));
  const isSetting = (name: string): boolean => isSettingName(name) && !/[./]/.test(name) && !known.has(name);
  return { settings: names.filter(isSetting), modules: names.filter((name) => !isSetting(name)) };
}
