import { contains } from "../../../base/text";
import { allEnvironmentReads } from "../../../lint/environmentReads";
import type { Evaluation, ImportEvent } from "../../../python/program/evaluation";
import { truthOf } from "../../../python/semantics/operators";
import { resolve, wholeEnvironment } from "../../../python/semantics/resolve";

const SETTINGS_VARIABLE = "DJANGO_SETTINGS_MODULE";

/** The conditions on the environment that a file imports a module under. */
export interface Choice {
  /** The variables that decide; not the one that selects the settings themselves. */
  readonly variables: readonly string[];
  /** Whether the import certainly runs where none of them is set, and a module of that name is selected. */
  readonly isTakenWithout: (selected: string) => boolean;
}

/** `undefined` where an import stands under no condition, under one that asks for no variable, or where it may be missing. */
export function choiceOf({ branches }: Evaluation, event: ImportEvent): Choice | undefined {
  const around = branches.filter(
    ({ site, statement }) => site.file === event.site.file && contains(statement, event.statement),
  );
  const names = around.flatMap(({ value }) => allEnvironmentReads(value).map(({ variable }) => variable));
  const variables = [...new Set(names)].filter((name) => name !== SETTINGS_VARIABLE);
  if (variables.length === 0 || event.guarded) return undefined;
  const isTakenWithout = (selected: string): boolean => {
    const read = wholeEnvironment((name) => (name === SETTINGS_VARIABLE ? selected : undefined));
    return around.every(({ statement, value }) => {
      const isInBody = statement.body.some((one) => contains(one, event.statement));
      return truthOf(resolve(value, read)) === isInBody;
    });
  };
  return { variables, isTakenWithout };
}
