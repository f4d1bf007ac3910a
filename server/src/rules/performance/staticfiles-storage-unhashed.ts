import { kindsOf } from "../../lint/classKinds";
import { placeLabel } from "../../lint/phrases";
import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import { frontFiles } from "../questions/hosts/frontFiles";
import { shortName } from "../questions/middleware/middleware";
import { replaceTextFix, rewriteFix } from "../questions/fixes/settingFixes";
import { keptForLong } from "../questions/servers/nginxLocations";
import { BUNDLERS, hashedInPlaceOf, PLAIN_STORAGE, plainStorage } from "../questions/storages/staticStorages";
import { whiteNoiseStorage } from "../questions/storages/whiteNoise";
import doc from "./staticfiles-storage-unhashed.md";

type Context = ContextOf<typeof staticfilesStorageUnhashed>;

const MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage";
const COMPRESSED = "whitenoise.storage.CompressedStaticFilesStorage";

export const staticfilesStorageUnhashed = defineRule({
  id: "staticfiles-storage-unhashed",
  category: "performance",
  severity: "info",
  audience: "hardened",
  messages: {
    plain:
      "{setting} keeps the names of static files in {module}, which runs in {environment}: browsers ask for each of them again and again, or keep old ones after a release. Use {wanted}.",
    kept: "{setting} keeps the names of static files in {module}, which runs in {environment}: nginx lets browsers keep them ({time}, {place}), so that they show old ones long after a release. Use {wanted}.",
  },
  fixes: { hash: { safety: "unsafe", title: "Use {wanted}" } },
  doc,

  check(context) {
    if (!hasApp(context, "django.contrib.staticfiles") || BUNDLERS.some((app) => hasApp(context, app))) return;
    const hasWhiteNoise = whiteNoiseStorage(context) !== undefined;
    // With WhiteNoise, Django's own storage is the business of whitenoise-storage-plain.
    const proof = unhashedStorage(context, hasWhiteNoise ? [COMPRESSED] : [COMPRESSED, PLAIN_STORAGE]);
    if (proof !== undefined) return reportPlain(context, proof, hasWhiteNoise);
    const plain = hasWhiteNoise ? undefined : plainStorage(context);
    const kept = plain && keptByNginx(context);
    if (plain === undefined || kept === undefined) return;
    context.report({
      message: "kept",
      values: { wanted: shortName(MANIFEST), time: kept.time, place: placeLabel(context, kept.site) },
      proof: plain,
      chain: [{ site: kept.site, text: "nginx lets browsers keep static files here." }],
      fixes: [rewriteFix(context, "hash", plain, { text: MANIFEST })],
    });
  },
});

function reportPlain(context: Context, proof: Proof, hasWhiteNoise: boolean): void {
  const site = entryAt(proof.value, "staticfiles", "BACKEND")?.valueSite;
  const wanted =
    hashedInPlaceOf(storageIn(proof.value)) ??
    (hasWhiteNoise ? "whitenoise.storage.CompressedManifestStaticFilesStorage" : MANIFEST);
  // What a class of the project's does besides would be lost.
  const isOurs = (kindsOf(context, storageIn(proof.value) ?? "")?.length ?? 0) > 1;
  const replace =
    site === undefined
      ? rewriteFix(context, "hash", proof, { text: wanted })
      : replaceTextFix(context, "hash", site, wanted);
  context.report({
    message: "plain",
    values: { wanted: shortName(wanted) },
    proof,
    at: site,
    fixes: [isOurs ? undefined : replace],
  });
}

/** What nginx says of how long browsers may keep static files, where its files are for production. */
function keptByNginx(context: RuleContext): ReturnType<typeof keptForLong> {
  const url = textOf(context.setting("STATIC_URL").mustBe((value) => textOf(value) !== undefined)?.value) ?? "";
  if (!/^\/?[\w-]/.test(url)) return undefined;
  const path = url.startsWith("/") ? url : `/${url}`;
  const confs = frontFiles(context).filter(({ kind }) => kind === "directives");
  return confs.map((file) => keptForLong(file.path, file.text, path)).find((one) => one !== undefined);
}

/** Words in the names of classes that put something of the contents into names or URLs. */
const HASHING = /manifest|hash|md5|cached|version|fingerprint/i;

/** Only what is written: a project that sets nothing may have its files served, and hashed, by something else. */
function unhashedStorage(context: RuleContext, unhashed: readonly string[]): Proof | undefined {
  const isUnhashed = (value: Value): boolean => {
    // A class of the project's is what it derives from.
    const kinds = kindsOf(context, storageIn(value) ?? "")?.map(({ path }) => path) ?? [];
    const isPlain = (path: string): boolean => unhashed.includes(path) || hashedInPlaceOf(path) !== undefined;
    return kinds.some(isPlain) && !kinds.some((path) => HASHING.test(path));
  };
  const storages = context.setting("STORAGES").judge(isUnhashed);
  const old = context.setting("STATICFILES_STORAGE").judge(isUnhashed);
  const proof = storages?.origin === undefined ? old : storages;
  return proof?.origin === undefined ? undefined : proof;
}

/** The storage for static files of either setting. */
function storageIn(value: Value): string | undefined {
  return textOf(value) ?? textOf(valueAt(value, "staticfiles", "BACKEND"));
}
