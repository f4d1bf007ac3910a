import type { Value } from "../../python/values/value";
import { isSubclassByName } from "../classes";
import { either, type CheckedSettings } from "./check";

/** Whether a list of dotted paths has a class, or one that derives from it: `_contains_subclass` of django/contrib/admin/checks.py. */
export function containsSubclass(settings: CheckedSettings, paths: Value, base: string): boolean | undefined {
  return answersFor(settings, paths, base)?.reduce<boolean | undefined>(
    (found, one) => either(found, () => one),
    false,
  );
}

/**
 * Where the first of them stands, -1 for nowhere, `undefined` when not known: `_subclass_index` of
 * django/contrib/auth/checks.py.
 */
export function subclassIndex(settings: CheckedSettings, paths: Value, base: string): number | undefined {
  const answers = answersFor(settings, paths, base);
  const first = answers?.findIndex((one) => one !== false);
  return first === undefined || (first >= 0 && answers?.[first] === undefined) ? undefined : first;
}

function answersFor(
  settings: CheckedSettings,
  paths: Value,
  base: string,
): readonly (boolean | undefined)[] | undefined {
  if (paths.kind !== "list" && paths.kind !== "tuple") return undefined;
  return paths.items.map(({ value, spread }) =>
    spread || value.kind !== "str"
      ? undefined
      : (isSubclassByName(value.value, base) ?? settings.isSubclass(value.value, base)),
  );
}
