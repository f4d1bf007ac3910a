import { baseName, parentPath } from "../base/path";
import { isExamplePath } from "./exampleFiles";
import { isComponentName, usageOfWholeName, type Usage } from "./nameWords";
import type { Unit } from "./settingsUnits";

/** A part of a module that nothing selects by itself, and that is named after the environment for which it is taken. */
export interface ChosenPart {
  readonly unit: Unit;
  readonly usage: Usage;
}

/**
 * What a module takes for environments: `from .production import *` and `from .local import *` in the package that all of them
 * select, or the one of its parts that such a package takes always.
 *
 * @param parts modules that nothing selects
 */
export function chosenParts(importer: Unit, parts: readonly Unit[]): readonly ChosenPart[] {
  if (importer.className !== undefined) return [];
  const named = parts.flatMap((unit) => {
    const usage = importer.importsFrom.includes(unit.file) ? usageOfPart(unit) : undefined;
    return usage === undefined ? [] : [{ unit, usage }];
  });
  return isPackageOf(importer, named) || isChoice(named) ? named : [];
}

/** Whether parts are for production and for something else. */
export function isChoice(parts: readonly ChosenPart[]): boolean {
  const usages = new Set(parts.map(({ usage }) => usage));
  return usages.has("production") && usages.size > 1;
}

function usageOfPart({ name, file, className }: Unit): Usage | undefined {
  if (className !== undefined || isComponentName(name) || isExamplePath(baseName(file))) return undefined;
  return usageOfWholeName(name.slice(name.lastIndexOf(".") + 1));
}

function isPackageOf({ file }: Unit, parts: readonly ChosenPart[]): boolean {
  return baseName(file) === "__init__.py" && parts.every(({ unit }) => parentPath(unit.file) === parentPath(file));
}
