import { parentPath, relativePath } from "../../../base/path";
import { siteOf, type RuleContext } from "../../../lint/rule";
import type { Site } from "../../../python/values/value";
import type { ClassDef, Expr } from "../../../syntax/ast";

/** What an app's configuration says its package is. */
export interface ConfiguredName {
  readonly name: string;
  /** Where it says so. */
  readonly site: Site;
  /** The package in which the configuration stands, as the project imports it. */
  readonly folder: string;
  /** The configuration's file, for people. */
  readonly file: string;
  readonly isImportable: boolean;
}

/**
 * The `name` of the configuration class that an entry of INSTALLED_APPS leads to: the class itself, or since Django 3.2 the
 * only one of the package's `apps.py`. `undefined`: not in the workspace, not written as a string, or more than one.
 */
export function configuredName(context: RuleContext, entry: string): ConfiguredName | undefined {
  const host = context.snapshot.host(context.project.importRoots);
  const at = entry.lastIndexOf(".");
  const isClass = /^[A-Z]/.test(entry.slice(at + 1));
  if (!isClass && context.djangoAtLeast(3, 2) !== true) return undefined;
  const module = isClass ? entry.slice(0, at) : `${entry}.apps`;
  const found = host.resolveModule(module, context.module.file);
  const parsed = found.kind === "file" ? host.parse(found.path) : undefined;
  if (found.kind !== "file" || parsed?.ok !== true) return undefined;
  const configs = parsed.module.body.filter((one) => one.kind === "ClassDef" && isConfig(one));
  const chosen = isClass
    ? configs.find((one) => one.kind === "ClassDef" && one.name === entry.slice(at + 1))
    : configs.length === 1
      ? configs[0]
      : undefined;
  const name = chosen?.kind === "ClassDef" ? nameOf(chosen) : undefined;
  if (name?.kind !== "Str") return undefined;
  const isImportable = host.resolveModule(name.value, context.module.file).kind !== "external";
  const isOurs = host.resolveModule(name.value.split(".")[0] ?? "", context.module.file).kind !== "external";
  return {
    name: name.value,
    site: siteOf(found.path, name),
    folder: host.moduleName(parentPath(found.path)),
    file: relativePath(context.snapshot.listing.root, found.path),
    // A package that is installed may have that name; one of the workspace that lacks the rest of it has not.
    isImportable: isOurs
      ? host.resolveModule(name.value, context.module.file).kind !== "missing"
      : isImportable || context.hasPackage(name.value),
  };
}

function isConfig({ bases }: ClassDef): boolean {
  return bases.some(
    (base) => (base.kind === "Name" ? base.id : base.kind === "Attribute" ? base.attr : "") === "AppConfig",
  );
}

function nameOf({ body }: ClassDef): Expr | undefined {
  for (const statement of body) {
    if (statement.kind === "Assign" && statement.targets.some((one) => one.kind === "Name" && one.id === "name"))
      return statement.value;
  }
  return undefined;
}
