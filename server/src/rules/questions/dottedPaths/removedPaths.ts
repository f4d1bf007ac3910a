import { removedPath, type RemovedPath } from "../../../django/removedPaths";
import type { FixDeclaration, ReportedFix, RuleContext } from "../../../lint/rule";
import { deleteElementFix } from "../fixes/settingFixes";
import { replacePath } from "./pathFixes";
import { dottedPaths, type DottedPath } from "./places";

/** How far a path of Django's is on its way out of the project's release. */
export type Phase = "deprecated" | "removed";

/** The phase of a path in the project's Django; `undefined` where it is none's business yet, or the release is not known. */
export function phaseOf(context: RuleContext, text: string): Phase | undefined {
  const row = removedPath(text);
  if (row === undefined) return undefined;
  if (context.djangoAtLeast(...row.removed) === true) return "removed";
  const isDeprecated = row.deprecated !== undefined && context.djangoAtLeast(...row.deprecated) === true;
  return isDeprecated ? "deprecated" : undefined;
}

/** The paths in the settings that are in one phase, with what is known of them. */
export function pathsInPhase(
  context: RuleContext,
  phase: Phase,
): readonly { readonly path: DottedPath; readonly row: RemovedPath }[] {
  return dottedPaths(context).flatMap((path) => {
    const row = phaseOf(context, path.text) === phase ? removedPath(path.text) : undefined;
    return row === undefined ? [] : [{ path, row }];
  });
}

export type PathFix = "rename" | "replace" | "remove";

export const PATH_FIXES: Readonly<Record<PathFix, FixDeclaration>> = {
  rename: { safety: "safe", title: 'Write "{wanted}"' },
  replace: { safety: "unsafe", title: 'Write "{wanted}"' },
  remove: { safety: "safe", title: 'Remove "{path}"' },
};

/** What to do about a path; `{wanted}` and `{path}` are for the report's values. */
export function pathFix(context: RuleContext, path: DottedPath, row: RemovedPath): ReportedFix<PathFix> | undefined {
  if (row.isNeedless) return deleteElementFix("remove", path.leaf.path.length === 1 ? undefined : path.leaf.site);
  return replacePath(context, row.isRenamed ? "rename" : "replace", path, row.replacement);
}

/** The last sentence of a message about a path. */
export function pathRemedy({ replacement, isNeedless }: RemovedPath): string {
  if (isNeedless) return "Remove it: nothing is needed in its place.";
  return replacement === undefined ? "Remove it, or find a package that has it." : `Use ${replacement}.`;
}
