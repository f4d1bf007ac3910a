import { isFalsy } from "../../lint/effective";
import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Entry, Value } from "../../python/values/value";
import { hasOlder } from "../questions/apps/packages";
import { entryOf, textOf, valueAt } from "../questions/dicts/dicts";
import { storageOption, uploadStorage, type UploadStorage } from "../questions/storages/uploadStorages";
import doc from "./storages-public-media.md";

type Context = ContextOf<typeof storagesPublicMedia>;

/** Backends of django-storages, with the settings that their options fall back to (storages/backends, 1.14). */
const BACKENDS = [
  {
    path: /^storages\.backends\.s3(?:boto3?)?\.S3(?:Boto3?|Static)?Storage$/,
    acl: "AWS_DEFAULT_ACL",
    /** What is sent with each file: an ACL there counts before the other one. */
    parameters: "AWS_S3_OBJECT_PARAMETERS",
    isPublic: /^public-read/,
    signing: "AWS_QUERYSTRING_AUTH",
  },
  {
    path: /^storages\.backends\.gcloud\.GoogleCloudStorage$/,
    acl: "GS_DEFAULT_ACL",
    parameters: undefined,
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
    const storage = uploadStorage(context, (base) => rowOf(base) !== undefined);
    const row = storage && rowOf(storage.base);
    if (storage === undefined || row === undefined) return;
    const isPublic = (value: Value): boolean => row.isPublic.test(textOf(value) ?? "");
    if (storage.derived?.attributes.has("default_acl") === true) return reportOwn(context, storage, row.isPublic);
    const acl = optionOf(context, storage, "default_acl", row.acl, isPublic);
    const given = acl ?? aclOfParameters(context, storage, row, isPublic);
    if (given !== undefined) return context.report({ message: "acl", ...given });
    if (isPublicByDefault(context, storage))
      return context.report({ message: "default", values: { name: row.acl }, proof: storage.proof });
    if (storage.derived?.attributes.has("querystring_auth") === true) return;
    const signing = optionOf(context, storage, "querystring_auth", row.signing, isFalsy);
    if (signing !== undefined) return context.report({ message: "unsigned", severity: "hint", ...signing });
  },
});

/** `AWS_S3_OBJECT_PARAMETERS = {"ACL": "public-read"}`. */
function aclOfParameters(
  context: RuleContext,
  storage: UploadStorage,
  { parameters }: Row,
  isPublic: (value: Value) => boolean,
): Found | undefined {
  const hasPublic = (value: Value): boolean => {
    const acl = valueAt(value, "ACL");
    return acl !== undefined && isPublic(acl);
  };
  return parameters && optionOf(context, storage, "object_parameters", parameters, hasPublic);
}

type Row = (typeof BACKENDS)[number];

function rowOf(base: string): Row | undefined {
  return BACKENDS.find(({ path }) => path.test(base));
}

/** Since when the bucket decides where no ACL is set (the changelog of django-storages). */
const BUCKET_DECIDES = { name: "django-storages", version: [1, 10], django: [2, 2] } as const;

/** Whether a release in which the default for S3 was `public-read` is certainly used, and nothing sets another one. */
function isPublicByDefault(context: RuleContext, storage: UploadStorage): boolean {
  const isOfBoto = /\.s3boto\.S3BotoStorage$/.test(storage.base);
  const isOfBoto3 = /\.s3boto3\.S3Boto3Storage$/.test(storage.base);
  const isOld = context.hasPackage("django-storages-redux") || hasOlder(context, BUCKET_DECIDES);
  if ((!isOfBoto && !(isOfBoto3 && isOld)) || !takesSettings(storage, "default_acl")) return false;
  return lacksSetting(context, "AWS_DEFAULT_ACL") && lacksSetting(context, "AWS_S3_OBJECT_PARAMETERS", "ACL");
}

/** Whether a setting, or its key, is certainly not set, also in no module outside of the workspace. */
function lacksSetting(context: RuleContext, name: string, key?: string): boolean {
  const proof = context
    .setting(name)
    .mustBe((value) => value.kind === "unset" || (key !== undefined && entryOf(value, key) === "absent"));
  return proof !== undefined && proof.overridable === undefined;
}

/** What a storage of the project says itself counts before the settings. */
function reportOwn(context: Context, storage: UploadStorage, isPublic: RegExp): void {
  const acl = storage.derived?.attributes.get("default_acl");
  if (acl?.value.kind !== "Str" || !isPublic.test(acl.value.value)) return;
  if (storageOption(storage, "default_acl") !== "absent") return;
  const name = `default_acl of ${storage.derived?.name ?? ""}`;
  context.report({ message: "acl", values: { name }, proof: storage.proof, at: acl.site });
}

/** Whether an option that the storage is not given comes from the settings: a class of the project may do more than set attributes. */
function takesSettings(storage: UploadStorage, option: string): boolean {
  return storageOption(storage, option) === "absent" && storage.derived?.isPlain !== false;
}

interface Found {
  readonly proof: Proof;
  readonly at: Entry["site"];
  readonly values: { readonly name: string };
}

/** An option that is bad where that storage is used: its own, or the setting that it falls back to. */
function optionOf(
  context: RuleContext,
  storage: UploadStorage,
  option: string,
  setting: string,
  isBad: (value: Value) => boolean,
): Found | undefined {
  const own = storageOption(storage, option);
  if (own !== undefined && own !== "absent") {
    const name = `The option ${option} of STORAGES`;
    return isBad(own.value) ? { proof: storage.proof, at: own.site, values: { name } } : undefined;
  }
  if (!takesSettings(storage, option)) return undefined;
  // Where a variable chooses the storage, it most often brings its settings.
  const given = context.setting(setting);
  const proof = storage.isCertain ? given.mustBe(isBad) : given.mayBe(isBad);
  return proof?.origin === undefined ? undefined : { proof, at: undefined, values: { name: setting } };
}
