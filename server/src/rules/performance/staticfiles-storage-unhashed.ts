import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import { hasMiddleware, WHITENOISE } from "../questions/middleware/middleware";
import { replaceTextFix, rewriteFix } from "../questions/fixes/settingFixes";
import { BUNDLERS, PLAIN_STORAGE } from "../questions/storages/staticStorages";
import doc from "./staticfiles-storage-unhashed.md";

const COMPRESSED = "whitenoise.storage.CompressedStaticFilesStorage";

export const staticfilesStorageUnhashed = defineRule({
  id: "staticfiles-storage-unhashed",
  category: "performance",
  severity: "info",
  audience: "hardened",
  messages: {
    plain:
      "{setting} keeps the names of static files in {module}, which runs in {environment}: browsers ask for each of them again and again, or keep old ones after a release. Use {wanted}.",
  },
  fixes: { hash: { safety: "unsafe", title: "Use {wanted}" } },
  doc,

  check(context) {
    if (!hasApp(context, "django.contrib.staticfiles") || BUNDLERS.some((app) => hasApp(context, app))) return;
    const hasWhiteNoise = hasMiddleware(context, WHITENOISE);
    // With WhiteNoise, Django's own storage is the business of whitenoise-storage-plain.
    const proof = unhashedStorage(context, hasWhiteNoise ? [COMPRESSED] : [COMPRESSED, PLAIN_STORAGE]);
    if (proof === undefined) return;
    const wanted = hasWhiteNoise
      ? "whitenoise.storage.CompressedManifestStaticFilesStorage"
      : "django.contrib.staticfiles.storage.ManifestStaticFilesStorage";
    const site = entryAt(proof.value, "staticfiles", "BACKEND")?.valueSite;
    context.report({
      message: "plain",
      values: { wanted: wanted.slice(wanted.lastIndexOf(".") + 1) },
      proof,
      at: site,
      fixes: [
        site === undefined
          ? rewriteFix(context, "hash", proof, { text: wanted })
          : replaceTextFix(context, "hash", site, wanted),
      ],
    });
  },
});

/** Only what is written: a project that sets nothing may have its files served, and hashed, by something else. */
function unhashedStorage(context: RuleContext, unhashed: readonly string[]): Proof | undefined {
  const isUnhashed = (value: Value | undefined): boolean => unhashed.includes(textOf(value) ?? "");
  const storages = context.setting("STORAGES").judge((value) => isUnhashed(valueAt(value, "staticfiles", "BACKEND")));
  const old = context.setting("STATICFILES_STORAGE").judge(isUnhashed);
  const proof = storages?.origin === undefined ? old : storages;
  return proof?.origin === undefined ? undefined : proof;
}
