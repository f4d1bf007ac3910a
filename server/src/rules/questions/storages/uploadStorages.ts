import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Value } from "../../../python/values/value";
import { armsOf, entryOf, textOf, valueAt } from "../dicts/dicts";
import { derivedStorage, type DerivedStorage } from "./derivedStorages";

/** A storage of uploads. */
export interface UploadStorage {
  /** The class that the settings name or, where that is of the project, the one that it derives from. */
  readonly base: string;
  readonly derived: DerivedStorage | undefined;
  /** Its path, or its entry in STORAGES. */
  readonly value: Value;
  readonly proof: Proof;
  /** Whether uploads go nowhere else in production: a variable may choose between storages. */
  readonly isCertain: boolean;
}

/** The storage of uploads, if it is one of those that are meant in some world of production. */
export function uploadStorage(context: RuleContext, isMeant: (base: string) => boolean): UploadStorage | undefined {
  const setting = context.setting(context.setting("STORAGES").isUnset ? "DEFAULT_FILE_STORAGE" : "STORAGES");
  const meant = (value: Value) =>
    storagesIn(value).flatMap((one) => {
      const path = textOf(one) ?? textOf(valueAt(one, "BACKEND"));
      const derived = path === undefined ? undefined : derivedStorage(context, path);
      const base = derived?.base ?? path;
      return base !== undefined && isMeant(base) ? [{ base, derived, value: one }] : [];
    });
  const certain = setting.mustBe((value) => storagesIn(value).length === 1 && meant(value).length === 1);
  const proof = certain ?? setting.mayBe((value) => meant(value).length > 0);
  const [found] = proof === undefined ? [] : meant(proof.value);
  return proof === undefined || found === undefined ? undefined : { ...found, proof, isCertain: certain !== undefined };
}

/** The path of the older setting, or what the default entry of STORAGES may be. */
function storagesIn(value: Value): readonly Value[] {
  return value.kind === "str" ? [value] : armsOf(valueAt(value, "default"));
}

/** An option in the settings: `"absent"` where its entry does not set it, `undefined` where that is not known. */
export function storageOption({ value }: UploadStorage, option: string): ReturnType<typeof entryOf> {
  if (value.kind === "str") return "absent";
  const options = entryOf(value, "OPTIONS");
  return options === undefined || options === "absent" ? options : entryOf(options.value, option);
}
