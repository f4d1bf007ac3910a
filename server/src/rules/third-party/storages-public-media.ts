import { isFalsy } from "../../lint/effective";
import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Entry, Value } from "../../python/values/value";
import { hasOlder } from "../questions/apps/packages";
import { entryAt, entryOf, textOf, valueAt } from "../questions/dicts/dicts";
import { derivedStorage, type DerivedStorage } from "../questions/storages/derivedStorages";
import doc from "./storages-public-media.md";

type Context = ContextOf<typeof storagesPublicMedia>;

/** Backends of django-storages, with the settings that their options fall back to (storages/backends, 1.14). */
const BACKENDS = [
  {
    path: /^storages\.backends\.s3(?:boto3?)?\.S3(?:Boto3?|Static)?Storage$/,
    acl: "AWS_DEFAULT_ACL",
    isPublic: /^public-read/,
    signing: "AWS_QUERYSTRING_AUTH",
  },
  {
    path: /^storages\.backends\.gcloud\.GoogleCloudStorage$/,
    acl: "GS_DEFAULT_ACL",
    isPublic: /^publicRead/,
    signing: "GS_QUERYSTRING_AUTH",
  },
] as const;

export const storagesPublicMedia = defineRule({
  id: "storages-public-media",
  category: "third-party",
  severity: "info",
  audience: "production",
  aboutRequests: true,
  messages: {
    acl: "{name} makes every uploaded file public in {module}, which runs in {environment}: whoever knows or guesses its URL can read it. Leave the ACL out if uploads are not for everybody.",
    default:
      '{name} is not set in {module}, which runs in {environment}: django-storages before 1.10 then makes every uploaded file public, and whoever knows or guesses its URL can read it. Set it to "private" if uploads are not for everybody.',
    unsigned:
      "{name} leaves URLs of uploads unsigned in {module}, which runs in {environment}: they only work for files that everybody may read. Leave it on if uploads are not for everybody.",
  },
  doc,

  check(context) {
    const backend = mediaBackend(context);
    if (backend === undefined) return;
    const derived = derivedStorage(context, backend.path);
    const row = BACKENDS.find(({ path }) => path.test(derived?.base ?? backend.path));
    if (row === undefined) return;
    const isPublic = (value: Value): boolean => row.isPublic.test(textOf(value) ?? "");
    if (derived !== undefined) return reportDerived(context, backend.proof, derived, row.isPublic);
    const acl = optionOf(context, "default_acl", row.acl, isPublic);
    if (acl !== undefined) return context.report({ message: "acl", ...acl });
    if (isPublicByDefault(context, backend.path))
      return context.report({ message: "default", values: { name: row.acl }, proof: backend.proof });
    const signing = optionOf(context, "querystring_auth", row.signing, isFalsy);
    if (signing !== undefined) context.report({ message: "unsigned", severity: "hint", ...signing });
  },
});

/** Since when the bucket decides where no ACL is set (the changelog of django-storages). */
const BUCKET_DECIDES = { name: "django-storages", version: [1, 10], django: [2, 2] } as const;

/** Whether a release in which the default for S3 was `public-read` is certainly used, and nothing sets another one. */
function isPublicByDefault(context: RuleContext, path: string): boolean {
  const isOfBoto = /\.s3boto\.S3BotoStorage$/.test(path);
  const isOfBoto3 = /\.s3boto3\.S3Boto3Storage$/.test(path);
  const isOld = context.hasPackage("django-storages-redux") || hasOlder(context, BUCKET_DECIDES);
  if (!isOfBoto && !(isOfBoto3 && isOld)) return false;
  return lacksSetting(context, "AWS_DEFAULT_ACL") && lacksSetting(context, "AWS_S3_OBJECT_PARAMETERS", "ACL");
}

/** Whether a setting, or its key, is certainly not set, also in no module outside of the workspace. */
function lacksSetting(context: RuleContext, name: string, key?: string): boolean {
  const proof = context
    .setting(name)
    .mustBe((value) => value.kind === "unset" || (key !== undefined && entryOf(value, key) === "absent"));
  return proof !== undefined && proof.overridable === undefined;
}

/** What a storage of the project says itself counts before the settings; whether it asks them otherwise is for people to see. */
function reportDerived(context: Context, proof: Proof, { name, attributes }: DerivedStorage, isPublic: RegExp): void {
  const acl = attributes.get("default_acl");
  const inOptions = valueAt(proof.value, "default", "OPTIONS", "default_acl");
  if (acl?.value.kind !== "Str" || !isPublic.test(acl.value.value) || inOptions !== undefined) return;
  context.report({ message: "acl", values: { name: `default_acl of ${name}` }, proof, at: acl.site });
}

/** The storage of uploads, where it is certain. */
function mediaBackend(context: RuleContext): { readonly path: string; readonly proof: Proof } | undefined {
  const known = (value: Value): string | undefined => textOf(valueAt(value, "default", "BACKEND")) ?? textOf(value);
  const name = context.setting("STORAGES").isUnset ? "DEFAULT_FILE_STORAGE" : "STORAGES";
  const proof = context.setting(name).mustBe((value) => known(value) !== undefined);
  const path = proof && known(proof.value);
  return proof === undefined || path === undefined ? undefined : { path, proof };
}

interface Found {
  readonly proof: Proof;
  readonly at: Entry["site"];
  readonly values: { readonly name: string };
}

/** An option that is certainly bad: of the storage, or of the setting that it falls back to. */
function optionOf(
  context: RuleContext,
  option: string,
  setting: string,
  isBad: (value: Value) => boolean,
): Found | undefined {
  const storages = context.setting("STORAGES");
  const inOptions = storages.mustBe((value) => {
    const entry = entryAt(value, "default", "OPTIONS", option);
    return entry !== undefined && isBad(entry.value);
  });
  if (inOptions !== undefined) {
    const entry = entryAt(inOptions.value, "default", "OPTIONS", option);
    return { proof: inOptions, at: entry?.site, values: { name: `The option ${option} of STORAGES` } };
  }
  const isLeftOut = storages.isUnset || storages.certainly((value) => lacksOption(value, option));
  const proof = isLeftOut ? context.setting(setting).mustBe(isBad) : undefined;
  return proof?.origin === undefined ? undefined : { proof, at: undefined, values: { name: setting } };
}

function lacksOption(value: Value, option: string): boolean {
  const options = entryOf(valueAt(value, "default"), "OPTIONS");
  return options === "absent" || (options !== undefined && entryOf(options.value, option) === "absent");
}
