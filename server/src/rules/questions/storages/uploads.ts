import type { RuleContext } from "../../../lint/rule";
import type { Value } from "../../../python/values/value";
import { textOf, valueAt } from "../dicts/dicts";

const FILES = "django.core.files.storage.FileSystemStorage";

/** Whether uploads certainly go to the file system, by the setting that the release reads. */
export function storesInFiles(context: RuleContext): boolean {
  const isOurs = (value: Value | undefined): boolean => textOf(value) === FILES;
  const [old, storages] = [context.setting("DEFAULT_FILE_STORAGE"), context.setting("STORAGES")];
  const isOldFine = old.isUnset || old.certainly(isOurs);
  const isNewFine = storages.isUnset || storages.certainly((value) => isOurs(valueAt(value, "default", "BACKEND")));
  return isOldFine && isNewFine;
}
