import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import { keyOf } from "../../../python/values/symbolic";
import type { Site, Value } from "../../../python/values/value";
import { allKeys, entryAt, entryOf, textOf, valueAt } from "../dicts/dicts";

/** Storages of django-storages that take bucket and folder from the same settings, by service (storages/backends, 1.14). */
const SERVICES = [
  /^storages\.backends\.s3(?:boto3?)?\.S3(?:Boto3?|Static|ManifestStatic)?Storage$/,
  /^storages\.backends\.gcloud\.GoogleCloudStorage$/,
  /^storages\.backends\.azure_storage\.AzureStorage$/,
];

/** Options that tell one place of a service from another. */
const PLACES = ["location", "bucket_name", "azure_container"];

/** That uploads and static files are kept in the same bucket below the same folder. */
export interface SharedStorage {
  /** Of the storage for uploads. */
  readonly proof: Proof;
  readonly site: Site | undefined;
  readonly storage: string;
}

/** Where uploads and static files certainly share a place, in some world. Storages of the project's own may have places of their own. */
export function sharedStorage(context: RuleContext): SharedStorage | undefined {
  const storages = context.setting("STORAGES");
  if (storages.isUnset) return sharedByOldSettings(context);
  for (const proof of storages.proofs()) {
    const uploads = placeOf(valueAt(proof.value, "default"));
    if (uploads === undefined || uploads.place !== placeOf(valueAt(proof.value, "staticfiles"))?.place) continue;
    return { proof, site: entryAt(proof.value, "default", "BACKEND")?.valueSite, storage: uploads.storage };
  }
  return undefined;
}

/** Before STORAGES, which Django 5.1 made the only way. */
function sharedByOldSettings(context: RuleContext): SharedStorage | undefined {
  if (context.djangoAtLeast(5, 1) === true) return undefined;
  const statics = context.setting("STATICFILES_STORAGE").proofs();
  for (const proof of context.setting("DEFAULT_FILE_STORAGE").proofs()) {
    const storage = textOf(proof.value) ?? "";
    const service = serviceOf(storage);
    if (service < 0) continue;
    // The same condition makes both settings what they are.
    const isShared = statics.some(
      ({ value, when }) => when === proof.when && serviceOf(textOf(value) ?? "") === service,
    );
    if (isShared) return { proof, site: undefined, storage };
  }
  return undefined;
}

function serviceOf(storage: string): number {
  return SERVICES.findIndex((service) => service.test(storage));
}

/** The place of a storage as a text to compare, where all of its options are known by name. */
function placeOf(definition: Value | undefined): { readonly storage: string; readonly place: string } | undefined {
  const storage = textOf(valueAt(definition, "BACKEND")) ?? "";
  const service = serviceOf(storage);
  const options = entryOf(definition, "OPTIONS");
  if (service < 0 || options === undefined) return undefined;
  const given = options === "absent" ? undefined : options.value;
  if (given !== undefined && allKeys(given) === undefined) return undefined;
  const parts = PLACES.map((option) => valueAt(given, option)).map((value) =>
    value === undefined ? "" : keyOf(value),
  );
  return { storage, place: [service, ...parts].join("\0") };
}
