import { joinPath, parentPath, type FilePath } from "../../../base/path";
import { contains, type Range } from "../../../base/text";
import { walk } from "../../../lint/edit/walk";
import { siteOf, type EntryModule, type RuleContext } from "../../../lint/rule";
import { collectInCode } from "../../../project/codeIndex";
import type { Site } from "../../../python/values/value";
import type { Expr, Module, Stmt, Try } from "../../../syntax/ast";
import { dottedName } from "../../../syntax/dottedName";
import { allStatements, inStatements } from "../../../syntax/statements";
import { textOf } from "../dicts/dicts";
import { knownEntries } from "../lists/entries";
import { importedAs } from "./moduleLevel";

interface Found extends Range {
  readonly name: string;
}

const USE = /(?<![\w.])settings\.([A-Z][A-Z0-9_]*)\b(?!\s*=[^=])/g;
const ASKED =
  /\b(?:getattr|hasattr|setattr)\(\s*settings\s*,\s*["']([A-Z][A-Z0-9_]*)["']|(?<![\w.])settings\.([A-Z][A-Z0-9_]*)\s*=[^=]/g;

function matches(text: string, pattern: RegExp): readonly Found[] {
  if (!text.includes("settings")) return [];
  const found = new Map<string, Found>();
  for (const match of text.matchAll(pattern)) {
    const name = match[1] ?? match[2] ?? "";
    if (!found.has(name)) found.set(name, { name, start: match.index, end: match.index + match[0].length });
  }
  return [...found.values()];
}

/** Something that defines settings without a settings module: then what is not set there may be set all the same. */
const DEFINES = /\bsetattr\(\s*(?:django_)?settings\s*,\s*[^"'\s]|\bAppConf\b|\bsettings\.configure\(/;

/**
 * The settings that the project's code takes from `django.conf.settings` as attributes, with the first place of each: names that
 * some code asks for with a default, or sets itself, are left out. Empty where something defines settings elsewhere.
 */
export function usedSettings({ snapshot, project }: RuleContext): ReadonlyMap<string, Site> {
  const search = <T>(id: string, find: (text: string) => readonly T[]): readonly (readonly [FilePath, T])[] =>
    collectInCode(snapshot, project.root, { id, find });
  const definers = search("what defines settings", (text) => (DEFINES.test(text) ? [true] : []));
  if (definers.length > 0) return new Map();
  const asked = search("settings that are asked for", (text) => matches(text, ASKED));
  const optional = new Set(asked.map(([, { name }]) => name));
  const used = new Map<string, Site>();
  for (const [file, { name, start, end }] of search("settings that are used", (text) => matches(text, USE)))
    if (!optional.has(name) && !used.has(name) && !isOfAnotherProject({ snapshot, project }, file))
      used.set(name, siteOf(file, { start, end }));
  return used;
}

/** Whether a module that only some machines have may define settings: `try: from .local import *`. */
export function mayHaveLocalSettings({ evaluation }: EntryModule): boolean {
  return evaluation.imports.some(({ star, result }) => star !== undefined && result === "missing");
}

/**
 * Whether a file belongs to what the project runs: to an app that some module installs, to a package whose URLs the site has, or to
 * the one that holds the settings. Others may be parts of another edition, which has settings of its own.
 */
export function isPartOfProject(context: RuleContext, { file }: Site): boolean {
  const { entries, snapshot, project, settingOf } = context;
  const own = snapshot.host(project.importRoots).moduleName(file);
  const isHome = ({ module }: EntryModule): boolean => topOf(module.name) === topOf(own);
  const installs = (entry: EntryModule): boolean =>
    settingOf(entry, "INSTALLED_APPS").outcomes.some(({ value }) =>
      knownEntries(value).some(({ text }) => own.startsWith(`${text.replace(/\.apps\.\w+$/, "")}.`)),
    );
  return entries.some((entry) => isHome(entry) || installs(entry) || routesTo(context, entry, own));
}

/** Whether the main URLconf includes the one of a package: `include("shop.urls")`. */
function routesTo({ snapshot, project, settingOf }: RuleContext, entry: EntryModule, own: string): boolean {
  const host = snapshot.host(project.importRoots);
  return settingOf(entry, "ROOT_URLCONF").outcomes.some(({ value }) => {
    const urls = host.resolveModule(textOf(value) ?? "", entry.module.file);
    const parsed = urls.kind === "file" ? host.parse(urls.path) : undefined;
    return parsed?.ok === true && included(parsed.module).some((name) => own.startsWith(`${name}.`));
  });
}

/** The packages whose `urls` modules a module includes. */
const included = inStatements((statement) => {
  const found: string[] = [];
  walk([statement], (node) => {
    const [first] = node.kind === "Call" && dottedName(node.func) === "include" ? node.args : [];
    if (first?.kind === "Str" && first.value.endsWith(".urls")) found.push(first.value.slice(0, -".urls".length));
  });
  return found;
});

function topOf(dotted: string): string {
  return dotted.split(".", 1)[0] ?? "";
}

/** Whether a file is in a folder with a manage.py of its own, below the project's. */
export function isOfAnotherProject(
  { snapshot, project }: Pick<RuleContext, "snapshot" | "project">,
  file: FilePath,
): boolean {
  for (let folder = parentPath(file); folder !== project.root && folder !== "/"; folder = parentPath(folder))
    if (snapshot.isFile(joinPath(folder, "manage.py"))) return true;
  return false;
}

/**
 * Whether a use raises AttributeError in production where the setting is missing: the file has Django's object under that name, and no
 * `try`, and no condition on another setting, stands around or before it.
 */
export function isCertainUse({ source }: RuleContext, { file, range }: Site): boolean {
  const ast = source(file)?.ast;
  if (ast === undefined || importedAs(ast).get("settings") !== "django.conf.settings") return false;
  return isAttribute(ast, range) && !isGuarded(ast, range);
}

function isAttribute(ast: Module, range: Range): boolean {
  let found = false;
  walk(ast.body, (node) => {
    if (node.end < range.start || node.start > range.end) return false;
    if (node.kind === "Attribute" && node.start === range.start && node.end === range.end) found = true;
    return undefined;
  });
  return found;
}

function isGuarded(ast: Module, range: Range): boolean {
  const around = [...allStatements(ast.body, "everything")].filter((one) => contains(one, range));
  return around.some((one) => {
    if (one.kind === "Try") return catchesAttributeError(one) || !one.body.some((each) => contains(each, range));
    if (one.kind === "With") return one.items.some(({ contextExpr }) => mayCatch(contextExpr));
    if (one.kind === "If") return mentionsSettings([one.test], range);
    if (one.kind === "FunctionDef") return hasCheckBefore(one.body, range);
    return isConditional(one, range);
  });
}

/** Also what is not known, and a tuple of classes, which may name it. */
function catchesAttributeError({ handlers }: Try): boolean {
  return handlers.some(({ type }) => {
    if (type === undefined) return true;
    const caught = type.kind === "Tuple" ? type.elts.map((one) => dottedName(one)) : [dottedName(type)];
    return caught.some((name) => name === undefined || /^(?:AttributeError|(?:Base)?Exception)$/.test(name));
  });
}

/** `with suppress(AttributeError)`, `with pytest.raises(AttributeError)`; a transaction catches nothing. */
function mayCatch(expression: Expr): boolean {
  const name = expression.kind === "Call" ? dottedName(expression.func) : dottedName(expression);
  return name === undefined || /suppress|raises|ignor|catch|swallow|optional/i.test(name);
}

/** `if not settings.PAYMENTS: return` above. */
function hasCheckBefore(body: readonly Stmt[], range: Range): boolean {
  return [...allStatements(body, "branches")].some(
    (one) => one.kind === "If" && one.end <= range.start && mentionsSettings([one.test], range),
  );
}

/** `settings.X if settings.DEBUG else None`, `settings.A and settings.B`. */
function isConditional(statement: Stmt, range: Range): boolean {
  let found = false;
  walk([statement], (node) => {
    if ((node.kind === "IfExp" || node.kind === "BoolOp") && contains(node, range) && mentionsSettings([node], range))
      found = true;
  });
  return found;
}

function mentionsSettings(nodes: readonly object[], except: Range): boolean {
  let found = false;
  walk(nodes, (node) => {
    if (node.kind === "Name" && node.id === "settings" && !contains(except, node)) found = true;
  });
  return found;
}
