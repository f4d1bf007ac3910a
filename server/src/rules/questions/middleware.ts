import { siteOf, type RuleContext } from "../../lint/rule";
import type { EffectiveSetting, Proof } from "../../lint/setting";
import type { FilePath } from "../../base/path";
import type { Expr, Module } from "../../syntax/ast";
import { assignedBy } from "./assigned";
import { allEntries, knownEntries, type Asks, type ListEntry } from "./entries";

type Context = RuleContext<never, never>;

export const SECURITY = "django.middleware.security.SecurityMiddleware";
export const SESSION = "django.contrib.sessions.middleware.SessionMiddleware";
export const AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware";
export const COMMON = "django.middleware.common.CommonMiddleware";
export const CSRF = "django.middleware.csrf.CsrfViewMiddleware";

/** The setting that names the middleware: MIDDLEWARE since Django 1.10; 1.10 and 1.11 read the old one where the new one is unset. */
export function middlewareSetting(context: Asks): EffectiveSetting {
  const setting = context.setting("MIDDLEWARE");
  const isOld = context.djangoAtLeast(1, 10) === false;
  const isBetween = context.djangoAtLeast(2, 0) === false && setting.isUnset;
  return isOld || isBetween ? context.setting("MIDDLEWARE_CLASSES") : setting;
}

/** Proof that a middleware is certainly listed, under this very name. */
export function listsMiddleware(context: Asks, path: string): Proof | undefined {
  return middlewareSetting(context).mustBe((value) => knownEntries(value).some(({ text }) => text === path));
}

/**
 * Proof that the project sets a middleware list that is completely known, and that neither the name of an entry nor that
 * of a class it derives from matches. Classes of the workspace are followed; what cannot be followed counts as a match.
 */
export function lacksMiddleware(context: Context, likely: RegExp): Proof | undefined {
  const setting = middlewareSetting(context);
  if (setting.isUnset) return undefined;
  return setting.mustBe((value) => {
    const entries = allEntries(value);
    if (entries === undefined || entries.length === 0) return false;
    if (entries.some(({ text }) => likely.test(text))) return false;
    return entries.every(({ text }) => {
      const kinds = kindsOf(context, text);
      return kinds !== undefined && !kinds.some((kind) => likely.test(kind));
    });
  });
}

/** How many steps an import or a base class is followed. */
const MAX_STEPS = 8;

/**
 * The dotted path of a class or function and those of all its known base classes; `undefined` where a part of the
 * workspace that says what it is cannot be read.
 */
function kindsOf(context: Context, dotted: string, steps = 0): readonly string[] | undefined {
  const host = context.snapshot.host(context.project.importRoots);
  const at = dotted.lastIndexOf(".");
  if (at <= 0) return [dotted];
  const [moduleName, name] = [dotted.slice(0, at), dotted.slice(at + 1)];
  const found = host.resolveModule(moduleName, context.module.file);
  if (found.kind === "external") return [dotted];
  const parsed = found.kind === "file" ? host.parse(found.path) : undefined;
  if (steps === MAX_STEPS || found.kind !== "file" || parsed?.ok !== true) return undefined;
  const origins = originsOf(parsed.module, found.name, found.isPackage, name);
  const kinds = origins?.map((origin) => kindsOf(context, origin, steps + 1));
  return kinds?.includes(undefined) === false ? [dotted, ...kinds.flatMap((one) => one ?? [])] : undefined;
}

/** The dotted paths that a name of a module stands for or derives from; none for a function or a class of its own. */
function originsOf(
  module: Module,
  moduleName: string,
  isPackage: boolean,
  name: string,
): readonly string[] | undefined {
  for (const statement of module.body.toReversed()) {
    if (statement.kind === "FunctionDef" && statement.name === name) return [];
    if (statement.kind === "ClassDef" && statement.name === name) {
      const bases = statement.bases.map((base) => dottedPath(module, moduleName, isPackage, base));
      return bases.includes(undefined) ? undefined : bases.filter((base) => base !== undefined);
    }
    if (statement.kind === "ImportFrom" && statement.names !== "*") {
      if (statement.names.some((alias) => (alias.asname ?? alias.name) === name))
        return [importedPath(module, moduleName, isPackage, name) ?? name];
    }
  }
  return undefined;
}

/** What a base class written as `Name` or `module.Name` is called in full. */
function dottedPath(module: Module, moduleName: string, isPackage: boolean, base: Expr): string | undefined {
  if (base.kind === "Attribute") {
    const owner = dottedPath(module, moduleName, isPackage, base.value);
    return owner === undefined ? undefined : `${owner}.${base.attr}`;
  }
  if (base.kind !== "Name") return undefined;
  const isOwn = module.body.some((one) => one.kind === "ClassDef" && one.name === base.id);
  if (isOwn) return `${moduleName}.${base.id}`;
  return importedPath(module, moduleName, isPackage, base.id) ?? (base.id === "object" ? "builtins.object" : undefined);
}

function importedPath(module: Module, moduleName: string, isPackage: boolean, name: string): string | undefined {
  for (const statement of module.body.toReversed()) {
    if (statement.kind === "Import") {
      const alias = statement.names.find((one) => (one.asname ?? one.name.split(".")[0]) === name);
      if (alias !== undefined) return alias.asname === undefined ? name : alias.name;
    }
    if (statement.kind !== "ImportFrom" || statement.names === "*") continue;
    const alias = statement.names.find((one) => (one.asname ?? one.name) === name);
    if (alias === undefined) continue;
    const parts = moduleName.split(".");
    const kept = parts.slice(0, parts.length - statement.level + (isPackage ? 1 : 0));
    const owner = statement.level === 0 ? statement.module : [...kept, statement.module].filter(Boolean).join(".");
    return `${owner ?? ""}.${alias.name}`;
  }
  return undefined;
}

/** A list display in a file, to put entries into. */
export interface WrittenList {
  readonly file: FilePath;
  readonly list: Expr & { readonly kind: "List" | "Tuple" };
}

/** The one display that all entries of a proven list are written in. */
export function writtenList(context: Context, proof: Proof): WrittenList | undefined {
  const assigned = assignedBy(context, proof.outcome);
  if (assigned?.expression.kind !== "List" && assigned?.expression.kind !== "Tuple") return undefined;
  const written = { file: assigned.file, list: assigned.expression };
  return knownEntries(proof.value).every((entry) => indexIn(written, entry) !== undefined) ? written : undefined;
}

/** The index of an entry among the elements of a display. */
export function indexIn({ file, list }: WrittenList, { item }: ListEntry): number | undefined {
  const { site } = item;
  if (site === undefined || site.file !== file) return undefined;
  const index = list.elts.findIndex((one) => one.start === site.range.start && one.end === site.range.end);
  return index < 0 ? undefined : index;
}

/** `SessionMiddleware` for `django.contrib.sessions.middleware.SessionMiddleware`. */
export function shortName(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}

/** Where an entry is written, else where the setting gets its value. */
export function entrySite(proof: Proof, { item }: ListEntry) {
  return item.site === undefined ? proof.site : siteOf(item.site.file, item.site.range);
}
