import { dottedModuleName } from "../lint/settingsModules";
import type { EntryModule } from "../lint/rule";
import type { Role } from "../project/model";

/** Who looks at several environments asks for production first. */
const ORDER: readonly Role[] = ["production", "single", "staging", "development", "test", "base"];

/** An entry module with the name by which people tell it from the others of its project. */
export interface Environment {
  readonly entry: EntryModule;
  /** `production`; where two modules have the role, the end of the module's name; where that is not enough, all of it. */
  readonly name: string;
}

/** The environments of a project, production first. A module that sets nothing is none, where others do. */
export function environmentsOf(entries: readonly EntryModule[]): readonly Environment[] {
  const setting = entries.filter(({ evaluation }) => evaluation.bindings.length > 0);
  const shown = (setting.length > 0 ? setting : entries).toSorted((a, b) => rank(a) - rank(b));
  return shown.map((entry) => ({ entry, name: nameAmong(entry, shown) }));
}

function rank({ module }: EntryModule): number {
  return ORDER.indexOf(module.role);
}

function nameAmong(entry: EntryModule, all: readonly EntryModule[]): string {
  const fullName = ({ module }: EntryModule): string => dottedModuleName(module);
  const lastName = (each: EntryModule): string => fullName(each).split(".").at(-1) ?? "";
  // "single" and "base" say nothing to people.
  const roleName = (each: EntryModule): string =>
    /^(?:single|base)$/.test(each.module.role) ? lastName(each) : each.module.role;
  const isOwn = (nameOf: (each: EntryModule) => string): boolean =>
    all.every((other) => other === entry || nameOf(other) !== nameOf(entry));
  const nameOf = [roleName, lastName].find(isOwn) ?? fullName;
  return nameOf(entry);
}
