import type { FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { boundNames } from "../../../syntax/statements";

/**
 * The public names that a settings module binds without any condition, its own star imports included: what a star
 * import of it certainly overwrites. A module with `__all__` gives none, which errs towards silence.
 */
export function topLevelNames(context: RuleContext, file: FilePath, seen = new Set<FilePath>()): ReadonlySet<string> {
  const names = new Set<string>();
  if (seen.has(file)) return names;
  seen.add(file);
  for (const statement of context.source(file)?.ast.body ?? []) {
    for (const name of boundNames(statement)) if (!name.startsWith("_")) names.add(name);
    if (boundNames(statement).includes("__all__")) return new Set();
    if (statement.kind === "Delete") {
      for (const target of statement.targets) if (target.kind === "Name") names.delete(target.id);
    }
    const event = context.evaluation.imports.find((one) => one.statement === statement && one.star !== undefined);
    if (event?.file !== undefined) for (const name of topLevelNames(context, event.file, seen)) names.add(name);
  }
  return names;
}
