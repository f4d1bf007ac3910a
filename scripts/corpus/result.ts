import { isDjangoSetting } from "../../server/src/django/facts";
import type { EntryModule } from "../../server/src/lint/rule";
import type { Value } from "../../server/src/python/values/value";

/** What a comparison of one or more projects came to. */
export interface ProjectResult {
  readonly modules: number;
  /** Modules that CPython could import, counted for each environment, and those it could not. */
  readonly imported: number;
  readonly failed: number;
  readonly compared: number;
  /** Known values that CPython does not compute, for people. */
  readonly wrong: readonly string[];
  /** The same where the module had decided something by a stand-in for a missing package: proves nothing by itself. */
  readonly doubtful: readonly string[];
  /** Settings that Django knows by name, in each module; those whose value has an unknown part, with the cause. */
  readonly settings: number;
  readonly unknown: readonly UnknownSetting[];
  /** Files that look like settings modules, and those of them that were evaluated. */
  readonly existing: number;
  readonly found: number;
  readonly missed: readonly string[];
}

export interface UnknownSetting {
  readonly module: string;
  readonly name: string;
  readonly cause: string;
}

export const NOTHING: ProjectResult = {
  ...{ modules: 0, imported: 0, failed: 0, compared: 0, wrong: [], doubtful: [] },
  ...{ settings: 0, unknown: [], existing: 0, found: 0, missed: [] },
};

export function addUp(a: ProjectResult, b: ProjectResult): ProjectResult {
  return {
    modules: a.modules + b.modules,
    imported: a.imported + b.imported,
    failed: a.failed + b.failed,
    compared: a.compared + b.compared,
    wrong: [...a.wrong, ...b.wrong],
    doubtful: [...a.doubtful, ...b.doubtful],
    settings: a.settings + b.settings,
    unknown: [...a.unknown, ...b.unknown],
    existing: a.existing + b.existing,
    found: a.found + b.found,
    missed: [...a.missed, ...b.missed],
  };
}

/** Which of a module's settings that Django knows are known, from the environment, or one of several such. */
export function resolvedSettings({ module, evaluation }: EntryModule): Pick<ProjectResult, "settings" | "unknown"> {
  const names = evaluation.names.filter(isDjangoSetting).filter((name) => !isUnset(evaluation.outcomes(name)));
  const unknown = names.flatMap((name) => {
    const causes = evaluation.outcomes(name).map(({ value }) => causeOf(value, 0));
    const cause = causes.find((each) => each !== undefined);
    return cause === undefined ? [] : [{ module: module.name, name, cause }];
  });
  return { settings: names.length, unknown };
}

function isUnset(outcomes: readonly { readonly value: Value }[]): boolean {
  return outcomes.every(({ value }) => value.kind === "unset");
}

const MAX_DEPTH = 40;

/** Why a value is not known, if it is not; what a package's class or function gives counts as known to be that. */
function causeOf(value: Value, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return "too deep";
  const first = (values: readonly Value[]): string | undefined =>
    values.map((each) => causeOf(each, depth + 1)).find((each) => each !== undefined);
  switch (value.kind) {
    case "unknown":
      return `${value.because.kind}: ${value.because.text}`;
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return first(value.items.map((item) => item.value));
    case "dict":
      return first(
        value.entries.flatMap((entry) => (entry.key === undefined ? [entry.value] : [entry.key, entry.value])),
      );
    case "derived":
      return first(value.inputs);
    case "choice":
      return first([value.yes, value.no]);
    default:
      return undefined;
  }
}
