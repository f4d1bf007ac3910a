import { table } from "../../base/table";
import type { Range } from "../../base/text";
import type { Call, ClassDef, Expr, Module } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { walk, type Kinded } from "./walk";

/**
 * Where a value stands: the setting's name, then the keys and indices that lead to it (`CACHES`, `default`, `LOCATION`).
 */
export type SettingPath = readonly string[];

/** Calls that read a variable which they do not name, by the last part of the callee. */
const IMPLICIT: Readonly<Record<string, string>> = table({
  ...{ config: "DATABASE_URL", db: "DATABASE_URL", db_url: "DATABASE_URL", dj_db_url: "DATABASE_URL" },
  ...{ cache: "CACHE_URL", cache_url: "CACHE_URL", email: "EMAIL_URL", email_url: "EMAIL_URL" },
  ...{ search: "SEARCH_URL", search_url: "SEARCH_URL" },
});

/** Every file that mentions a variable contains at least one of these words. */
export function wordsOfMentions(variable: string): readonly string[] {
  const isImplicit = Object.values(IMPLICIT).includes(variable);
  return [
    variable,
    "BaseSettings",
    ...(isImplicit ? ["environ", "dj_database_url"] : []),
    ...(variable.startsWith("DJANGO_") ? ["configurations"] : []),
  ];
}

/**
 * What a module may use an environment variable for: for each mention of its name the place in the settings that it is part
 * of, `undefined` for code that is no part of one setting's value. Any string literal with the name counts, whatever is done
 * with it, but for the keys of dicts and the names of attributes: errs towards a mention.
 */
export function mentionsOf(module: Module, variable: string): readonly (SettingPath | undefined)[] {
  const found: (SettingPath | undefined)[] = [];
  walkWithPaths(module, (node, path) => {
    if (isMention(node, variable, path)) found.push(path);
  });
  return found;
}

/** The place in the settings that an expression is part of; `undefined` for code that is no part of one setting's value. */
export function pathAt(module: Module, range: Range): SettingPath | undefined {
  let found: SettingPath | undefined;
  walkWithPaths(module, (node, path) => {
    if (node.start === range.start && node.end === range.end) found = path;
  });
  return found;
}

function walkWithPaths(module: Module, visit: (node: Kinded, path: SettingPath | undefined) => void): void {
  const waiting: Part[] = [{ roots: module.body, path: undefined }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const { roots, path } = part;
    walk(roots, (node) => {
      visit(node, path);
      const parts = partsOf(node, path);
      for (const each of parts ?? []) waiting.push(each);
      return parts === undefined ? undefined : false;
    });
  }
}

interface Part {
  readonly roots: readonly object[];
  readonly path: SettingPath | undefined;
}

/** The parts of a node that have paths of their own; `undefined`: all of it has the node's. */
function partsOf(node: Kinded, path: SettingPath | undefined): readonly Part[] | undefined {
  switch (node.kind) {
    case "Assign": {
      const own = node.targets.length === 1 ? pathOf(node.targets[0]) : undefined;
      return [
        { roots: node.targets, path: undefined },
        { roots: [node.value], path: own },
      ];
    }
    case "AnnAssign":
    case "AugAssign":
      return node.value === undefined ? undefined : [{ roots: [node.value], path: pathOf(node.target) }];
    case "Dict":
      return node.items.map(({ key, value }) => ({ roots: [value], path: below(path, keyText(key)) }));
    case "List":
    case "Tuple":
      return node.elts.map((item, index) => ({ roots: [item], path: below(path, String(index)) }));
    case "Call": {
      // The second argument names an attribute.
      if (node.func.kind !== "Name" || !/^(?:get|has|set)attr$/.test(node.func.id)) return undefined;
      return [{ roots: node.args.filter((_, index) => index !== 1), path }];
    }
    default:
      return undefined;
  }
}

function below(path: SettingPath | undefined, key: string | undefined): SettingPath | undefined {
  return path === undefined || key === undefined ? undefined : [...path, key];
}

/** The path that an assignment's target spells: `CACHES["default"]["LOCATION"]`. */
function pathOf(target: Expr | undefined): SettingPath | undefined {
  if (target?.kind === "Name") return [target.id];
  return target?.kind === "Subscript" ? below(pathOf(target.value), keyText(target.slice)) : undefined;
}

function keyText(key: Expr | undefined): string | undefined {
  if (key?.kind === "Str") return key.value;
  return key?.kind === "Int" ? String(key.value) : undefined;
}

function isMention(node: Kinded, variable: string, path: SettingPath | undefined): boolean {
  if (node.kind === "Str") return node.value === variable;
  if (node.kind === "Call") return implicitRead(node, path) === variable;
  return node.kind === "ClassDef" && fieldVariables(node).has(variable);
}

function implicitRead(call: Call, path: SettingPath | undefined): string | undefined {
  const name = (call.func.kind === "Attribute" ? call.func.attr : dottedName(call.func)) ?? "";
  const isStated = call.keywords.some((each) => each.name === "env" || each.name === "environ_name");
  // A class attribute of django-configurations.
  if (/Value$/.test(name) && path?.length === 1) return isStated ? undefined : `DJANGO_${path[0] ?? ""}`;
  return isStated || call.args.some((each) => each.kind === "Str") ? undefined : IMPLICIT[name];
}

/** The variables that pydantic's settings read for their fields. */
function fieldVariables(node: ClassDef): ReadonlySet<string> {
  if (!node.bases.some((base) => dottedName(base)?.endsWith("BaseSettings") === true)) return new Set();
  const fields = node.body.flatMap((each) => (each.kind === "AnnAssign" ? [nameOf(each.target)] : []));
  return new Set(prefixesOf(node).flatMap((prefix) => fields.map((field) => (prefix + field).toUpperCase())));
}

function prefixesOf(node: ClassDef): readonly string[] {
  const prefixes = [""];
  walk(node.body, (each) => {
    if (each.kind === "Assign" && nameOf(each.targets[0]) === "env_prefix" && each.value.kind === "Str")
      prefixes.push(each.value.value);
    if (each.kind !== "Call") return;
    for (const { name, value } of each.keywords)
      if (name === "env_prefix" && value.kind === "Str") prefixes.push(value.value);
  });
  return prefixes;
}

function nameOf(target: Expr | undefined): string {
  return target?.kind === "Name" ? target.id : "";
}
