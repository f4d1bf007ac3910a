import { relativePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import type { DataSite, EffectiveSetting, Proof } from "../../../lint/setting";
import type { EnvironmentValue, Site } from "../../../python/values/value";

/** The line of a file in the repository that gives a variable its value, and the file as people name it. */
export interface LoadedPlace {
  readonly site: Site;
  readonly file: string;
  readonly data: DataSite;
}

/**
 * Where a read gets what it falls back to: from a `.env` or an INI file of the repository that the settings load. `undefined`
 * where the source itself gives the default.
 */
export function loadedPlace(
  { snapshot }: RuleContext,
  setting: EffectiveSetting,
  { data }: Proof,
  read: EnvironmentValue | undefined,
): LoadedPlace | undefined {
  const found = data ?? (read?.fallback && setting.dataOf(read.fallback));
  if (found?.word === undefined) return undefined;
  return { site: found.key, file: relativePath(snapshot.listing.root, found.key.file), data: found };
}
