import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import { textOf, valueAt } from "../dicts/dicts";

/** Django's own storage for static files, which keeps their names and contents. */
export const PLAIN_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage";

/** Apps of bundlers that put a hash into the names of files themselves. */
export const BUNDLERS = ["webpack_loader", "django_vite", "rev_static", "vite"];

/** Storages of packages that put static files elsewhere and keep their names, each with the one of its kind that does not. */
const REMOTE: readonly (readonly [RegExp, string])[] = [
  [/^storages\.backends\.s3boto3\.S3(?:Boto3|Static)Storage$/, "storages.backends.s3boto3.S3ManifestStaticStorage"],
  [/^storages\.backends\.s3\.S3(?:Static)?Storage$/, "storages.backends.s3.S3ManifestStaticStorage"],
  [
    /^cloudinary_storage\.storage\.StaticCloudinaryStorage$/,
    "cloudinary_storage.storage.StaticHashedCloudinaryStorage",
  ],
];

/** The storage that hashes names in place of one elsewhere that keeps them. */
export function hashedInPlaceOf(storage: string | undefined): string | undefined {
  return storage === undefined ? undefined : REMOTE.find(([plain]) => plain.test(storage))?.[1];
}

/**
 * Why static files are certainly stored by {@link PLAIN_STORAGE}. Where both settings are unset the default applies; a module outside of
 * the workspace may set either.
 */
export function plainStorage(context: RuleContext): Proof | undefined {
  const storages = context.setting("STORAGES");
  const old = context.setting("STATICFILES_STORAGE");
  const newer = storages.mustBe((value) => textOf(valueAt(value, "staticfiles", "BACKEND")) === PLAIN_STORAGE);
  if (newer?.origin !== undefined) return newer;
  const older = storages.isUnset ? old.mustBe((value) => textOf(value) === PLAIN_STORAGE) : undefined;
  if (older?.origin !== undefined) return context.djangoAtLeast(5, 1) === true ? undefined : older;
  if (!storages.isUnset || !old.isUnset) return undefined;
  const unset = context.djangoAtLeast(4, 2) === false ? older : newer;
  return unset?.overridable === undefined ? unset : undefined;
}

/** Storages of packages for buckets and content networks, from where static files are served. */
const ELSEWHERE =
  /^(?:storages\.backends\.(?:s3boto3?|s3|gcloud|azure_storage|dropbox)|cloudinary_storage\.storage)\.\w+$/;

/** Whether static files are certainly stored in the cloud, and neither found in the project nor served from it as well. */
export function storesStaticElsewhere(context: RuleContext): boolean {
  const isElsewhere = (path: string | undefined): boolean => ELSEWHERE.test(path ?? "");
  const storages = context.setting("STORAGES");
  const isStored = storages.isUnset
    ? context.setting("STATICFILES_STORAGE").certainly((value) => isElsewhere(textOf(value)))
    : storages.certainly((value) => isElsewhere(textOf(valueAt(value, "staticfiles", "BACKEND"))));
  return (
    isStored && ["WHITENOISE_USE_FINDERS", "WHITENOISE_AUTOREFRESH"].every((name) => context.setting(name).isUnset)
  );
}
