import { walk } from "./edit/walk";
import type { CodeScope } from "./codeScope";
import type { ClassDef, Expr, Module } from "../syntax/ast";
import { boundNames } from "../syntax/statements";

/** Something that a class or function is. */
export interface Kind {
  /** The dotted path. */
  readonly path: string;
  /** Whether it also does what that one does: no class on the way replaces it without calling it. */
  readonly isKept: boolean;
}

/** How many steps an import or a base class is followed. */
const MAX_STEPS = 8;

/**
 * What the class or function with a dotted path is: itself first, then all its known base classes. Classes of the workspace
 * are followed; `undefined` where a part of the workspace that says what it is cannot be read.
 */
export function kindsOf(scope: CodeScope, dotted: string, steps = 0): readonly Kind[] | undefined {
  const host = scope.snapshot.host(scope.project.importRoots);
  const own: Kind = { path: dotted, isKept: true };
  const at = dotted.lastIndexOf(".");
  if (at <= 0) return [own];
  const [moduleName, name] = [dotted.slice(0, at), dotted.slice(at + 1)];
  const found = host.resolveModule(moduleName, scope.module.file);
  if (found.kind === "external") return [own];
  const parsed = found.kind === "file" ? host.parse(found.path) : undefined;
  if (steps === MAX_STEPS || found.kind !== "file" || parsed?.ok !== true) return undefined;
  const origin = originOf(parsed.module, found.name, found.isPackage, name);
  const kinds = origin?.paths.map((path) => kindsOf(scope, path, steps + 1));
  if (origin === undefined || kinds === undefined || kinds.includes(undefined)) return undefined;
  const inherited = kinds.flatMap((one) => one ?? []);
  return [own, ...inherited.map(({ path, isKept }) => ({ path, isKept: isKept && origin.keeps }))];
}

/** What a name of a module stands for or derives from. */
interface Origin {
  readonly paths: readonly string[];
  readonly keeps: boolean;
}

/** No paths for a function or a class of its own; `undefined` where the module does not say it at its top level. */
function originOf(module: Module, moduleName: string, isPackage: boolean, name: string): Origin | undefined {
  for (const statement of module.body.toReversed()) {
    if (statement.kind === "FunctionDef" && statement.name === name) return { paths: [], keeps: true };
    if (statement.kind === "ClassDef" && statement.name === name) {
      const bases = statement.bases.map((base) => dottedPath(module, moduleName, isPackage, base));
      if (bases.includes(undefined)) return undefined;
      return { paths: bases.filter((base) => base !== undefined), keeps: keepsBases(statement) };
    }
    if (statement.kind === "ImportFrom" && statement.names !== "*") {
      if (statement.names.some((alias) => (alias.asname ?? alias.name) === name))
        return { paths: [importedPath(module, moduleName, isPackage, name) ?? name], keeps: true };
    }
  }
  return undefined;
}

/** What Django calls of a middleware; other methods are the class's own business. */
const HOOK = /^(?:__init__|__a?call__|process_\w+)$/;

/** Whether each hook that a class has of its own also runs that of its bases, as far as can be seen: it mentions it. */
function keepsBases({ body }: ClassDef): boolean {
  return body.every((statement) => {
    if (statement.kind !== "FunctionDef") return !boundNames(statement).some((name) => HOOK.test(name));
    if (!HOOK.test(statement.name)) return true;
    let calls = false;
    walk(statement.body, (node) => {
      const isSuper = node.kind === "Name" && node.id === "super";
      calls ||= isSuper || (node.kind === "Attribute" && node.attr === statement.name);
    });
    return calls;
  });
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
