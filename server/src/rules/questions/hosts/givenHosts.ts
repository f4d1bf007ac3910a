import { baseName, isInside, parentPath, relativePath, type FilePath } from "../../../base/path";
import { siteOf, type RuleContext } from "../../../lint/rule";
import { variablesSetIn } from "../../../project/entryPoints/findEntryPoints";
import { isEnvFile } from "../../../project/entryPoints/formats";
import { usageOfModulePart, usageOfPath } from "../../../project/nameWords";
import type { Site } from "../../../python/values/value";
import { meaningOf } from "../environment/environment";
import { isOfAnotherProject } from "../modules/codeUses";

/** A file of variables that gives one of them the wildcard. */
export interface GivenWildcard {
  /** As people name it. */
  readonly file: string;
  readonly variable: string;
  readonly site: Site;
}

/**
 * Where a `.env` of the repository, or a template of one, lets every host in: production starts from it. Those for developers and tests
 * are left out, by their name and by what they say of DEBUG and of the settings module.
 */
export function givenWildcard(context: RuleContext, variables: ReadonlySet<string>): GivenWildcard | undefined {
  const { snapshot, project } = context;
  for (const path of snapshot.listing.files) {
    const relative = relativePath(snapshot.listing.root, path);
    const isAround = isInside(project.root, path) || isInside(parentPath(path), project.root);
    if (!isAround || !isEnvFile(relative, baseName(path)) || isForOthers(context, path)) continue;
    const set = snapshot.text(path) === undefined ? [] : variablesSetIn(snapshot, path);
    const isForDevelopers = set.some(({ name, value }) => saysDevelopment(name, value ?? ""));
    const found = set.find(({ name, value }) => variables.has(name) && (value ?? "").split(/[\s,]+/).includes("*"));
    if (found === undefined || isForDevelopers) continue;
    return { file: relativePath(snapshot.listing.root, path), variable: found.name, site: siteOf(path, found.range) };
  }
  return undefined;
}

function isForOthers(context: RuleContext, path: FilePath): boolean {
  const usage = usageOfPath(relativePath(context.snapshot.listing.root, path));
  return (
    usage === "development" || usage === "test" || context.snapshot.isIgnored(path) || isOfAnotherProject(context, path)
  );
}

function saysDevelopment(name: string, value: string): boolean {
  if (/(?:^|_)DEBUG$/.test(name)) return meaningOf(value) === true;
  if (!/^(?:DJANGO_SETTINGS_MODULE|(?:DJANGO_|APP_)?ENV(?:IRONMENT)?)$/.test(name)) return false;
  const usage = usageOfModulePart(value.slice(value.lastIndexOf(".") + 1));
  return usage === "development" || usage === "test";
}
