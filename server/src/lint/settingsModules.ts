import type { Role, SettingsModule } from "../project/model";

/** What tells a module from the others of its project, also in a later analysis. */
export function nameOfModule({ file, className }: SettingsModule): string {
  return className === undefined ? file : `${file}:${className}`;
}

/** A settings module's dotted name, with the class of django-configurations behind it. */
export function dottedModuleName({ name, className }: SettingsModule): string {
  return className === undefined ? name : `${name}.${className}`;
}

/** Staging is there to be like production, and a project's only module runs in production, too. */
export function servesProduction(role: Role): boolean {
  return role === "production" || role === "staging" || role === "single";
}
