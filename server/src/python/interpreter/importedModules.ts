import type { FilePath } from "../../base/path";
import type { ImportFrom, Stmt } from "../../syntax/ast";
import type { Host } from "../program/host";

/** The absolute dotted name of a `from` import (Python reference, "Package Relative Imports"); `undefined` beyond the top. */
export function absoluteName(host: Host, file: FilePath, { level, module }: ImportFrom): string | undefined {
  if (level === 0) return module;
  const parts = host.moduleName(file).split(".");
  const home = file.endsWith("/__init__.py") ? parts : parts.slice(0, -1);
  const kept = home.slice(0, home.length - level + 1);
  if (kept.length === 0) return undefined;
  return [...kept, ...(module === "" ? [] : [module])].join(".");
}

/**
 * The files of the workspace that importing a module executes, as far as its own `import` statements say, those inside of
 * its functions only `withFunctions`: for loading them before they are asked for. Too many or too few make no difference but
 * in time.
 */
export function importedModules(host: Host, file: FilePath, withFunctions: boolean): readonly FilePath[] {
  const parsed = host.parse(file);
  if (!parsed.ok) return [];
  const found = new Set<FilePath>();
  const add = (dotted: string): void => {
    const parts = dotted.split(".");
    for (let size = 1; size <= parts.length; size += 1) {
      const resolution = host.resolveModule(parts.slice(0, size).join("."), file);
      if (resolution.kind === "file") found.add(resolution.path);
    }
  };
  const visit = (statement: Stmt): void => {
    if (statement.kind === "Import") for (const { name } of statement.names) add(name);
    else if (statement.kind === "ImportFrom") {
      const dotted = absoluteName(host, file, statement);
      if (dotted === undefined) return;
      add(dotted);
      if (statement.names !== "*") for (const { name } of statement.names) add(`${dotted}.${name}`);
    } else if (withFunctions || statement.kind !== "FunctionDef")
      for (const block of blocksOf(statement)) block.forEach(visit);
  };
  parsed.module.body.forEach(visit);
  return [...found];
}

/** The blocks of a compound statement. */
function blocksOf(statement: Stmt): readonly (readonly Stmt[])[] {
  switch (statement.kind) {
    case "If":
    case "For":
    case "While":
      return [statement.body, statement.orelse];
    case "Try":
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.orelse, statement.finalbody];
    case "With":
    case "ClassDef":
    case "FunctionDef":
      return [statement.body];
    default:
      return [];
  }
}
