import { parentPath, type FilePath } from "../../../base/path";
import { walk } from "../../../lint/edit/walk";
import { dottedName } from "../../../syntax/dottedName";
import type { RuleContext } from "../../../lint/rule";
import type { ClassDef, Expr, Module, Stmt } from "../../../syntax/ast";

type Context = RuleContext;

/** A model whose key is made by Django, of the type that DEFAULT_AUTO_FIELD says. */
export interface ModelWithoutKey {
  readonly name: string;
  readonly app: string;
  /** The folder of its app. */
  readonly folder: FilePath;
}

/**
 * The first model of the workspace's installed apps that certainly has no key of its own, and whose app says nothing of
 * the type of keys. Takes entries of INSTALLED_APPS. Whatever is out of the ordinary (mixins, fields of a project's own,
 * configurations that derive from others) is passed over.
 */
export function modelWithoutKey(context: Context, apps: readonly string[]): ModelWithoutKey | undefined {
  for (const app of apps) {
    const folder = folderOf(context, app);
    if (folder === undefined || saysType(context, folder)) continue;
    for (const file of modelFiles(context, folder)) {
      const parsed = context.snapshot.parse(file);
      const model = parsed.ok ? parsed.module.body.find(isPlainModel(parsed.module)) : undefined;
      if (model?.kind === "ClassDef") return { name: model.name, app: app.split(".apps.")[0] ?? app, folder };
    }
  }
  return undefined;
}

/** The folder of an app, named by its package or by a configuration class in its `apps.py`. */
function folderOf(context: Context, app: string): FilePath | undefined {
  const found = context.snapshot
    .host(context.project.importRoots)
    .resolveModule(app.replace(/\.apps\.\w+$/, ""), context.module.file);
  return found.kind === "file" && found.isPackage ? parentPath(found.path) : undefined;
}

/** Whether an app's configuration says which type keys have, or may inherit that. */
function saysType(context: Context, folder: FilePath): boolean {
  const file = `${folder}/apps.py`;
  if (!context.snapshot.isFile(file)) return false;
  const parsed = context.snapshot.parse(file);
  if (!parsed.ok || parsed.text.includes("default_auto_field")) return true;
  return parsed.module.body.some(
    (one) => one.kind === "ClassDef" && one.bases.some((base) => !/(?:^|\.)AppConfig$/.test(dottedName(base) ?? "")),
  );
}

function modelFiles({ snapshot }: Context, folder: FilePath): readonly FilePath[] {
  if (snapshot.isFile(`${folder}/models.py`)) return [`${folder}/models.py`];
  return [...snapshot.listing.files].filter((file) => parentPath(file) === `${folder}/models` && file.endsWith(".py"));
}

/** Django's abstract users and their mixin, which have no key of their own, by the modules that they are imported from. */
const USERS: readonly (readonly [module: string, name: string])[] = [
  ["django.contrib.auth.models", "AbstractUser"],
  ["django.contrib.auth.models", "AbstractBaseUser"],
  ["django.contrib.auth.models", "PermissionsMixin"],
  ["django.contrib.auth.base_user", "AbstractBaseUser"],
];

function isPlainModel({ body }: Module): (statement: Stmt) => boolean {
  const imported = (module: string, name: string): boolean =>
    body.some(
      (one) =>
        one.kind === "ImportFrom" &&
        one.module === module &&
        one.names !== "*" &&
        one.names.some((alias) => alias.name === name && alias.asname === undefined),
    );
  const users = new Set(USERS.filter(([module, name]) => imported(module, name)).map(([, name]) => name));
  const isDjango = body.some(
    (one) =>
      one.kind === "ImportFrom" &&
      /^django\.(?:contrib\.gis\.)?db$/.test(one.module) &&
      one.names !== "*" &&
      one.names.some(({ name, asname }) => name === "models" && asname === undefined),
  );
  const bases = new Set([...(isDjango ? ["models.Model"] : []), ...users]);
  return (statement) => statement.kind === "ClassDef" && hasMadeKey(statement, bases);
}

/** Derives from one of these bases alone, is not abstract, and none of its fields can be its key. */
function hasMadeKey({ bases, body, keywords, decorators }: ClassDef, plain: ReadonlySet<string>): boolean {
  if (bases.length === 0 || keywords.length + decorators.length > 0) return false;
  return bases.every((base) => plain.has(dottedName(base) ?? "")) && body.every((statement) => !mayBringKey(statement));
}

function mayBringKey(statement: Stmt): boolean {
  switch (statement.kind) {
    case "ClassDef":
      return (
        statement.name === "Meta" && (statement.bases.length > 0 || mentions(statement.body, /^(?:abstract|proxy)$/))
      );
    case "Assign":
      return mayBeKey(statement.value) || statement.targets.some((one) => one.kind !== "Name" || one.id === "id");
    case "AnnAssign":
      return statement.value === undefined ? false : mayBeKey(statement.value);
    case "FunctionDef":
    case "Expr":
    case "Pass":
      return false;
    default:
      return true;
  }
}

/** Fields of Django's own that do not say `primary_key`, and plain values, are no keys. */
function mayBeKey(value: Expr): boolean {
  if (value.kind !== "Call") return false;
  const isOurs = /^models\.\w+(?:\.\w+)*$/.test(dottedName(value.func) ?? "");
  const isManager = /(?:Manager|as_manager|Choices)$/.test(dottedName(value.func) ?? "");
  return !isManager && (!isOurs || value.keywords.some(({ name }) => name === undefined || name === "primary_key"));
}

function mentions(body: readonly Stmt[], name: RegExp): boolean {
  let found = false;
  walk(body, (node) => {
    found ||= node.kind === "Name" && name.test(node.id);
  });
  return found;
}
