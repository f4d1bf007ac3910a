import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { hasApp } from "../questions/apps/installedApps";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import { replaceTextFix, rewriteFix } from "../questions/fixes/settingFixes";
import { hasMiddleware, WHITENOISE } from "../questions/middleware/middleware";
import { BUNDLERS, PLAIN_STORAGE } from "../questions/storages/staticStorages";
import doc from "./whitenoise-storage-plain.md";

const WANTED = "whitenoise.storage.CompressedManifestStaticFilesStorage";

export const whitenoiseStoragePlain = defineRule({
  id: "whitenoise-storage-plain",
  category: "third-party",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    plain:
      "{setting} keeps static files as they are in {module}, which runs in {environment}: WhiteNoise serves them uncompressed, and browsers ask for them again and again. Use CompressedManifestStaticFilesStorage.",
    unset:
      "{setting} is not set in {module}, which runs in {environment}: WhiteNoise serves static files uncompressed, and browsers ask for them again and again. Use CompressedManifestStaticFilesStorage.",
  },
  fixes: { compress: { safety: "unsafe", title: "Use CompressedManifestStaticFilesStorage" } },
  doc,

  check(context) {
    if (!hasMiddleware(context, WHITENOISE) || !hasApp(context, "django.contrib.staticfiles")) return;
    const proof = BUNDLERS.some((app) => hasApp(context, app)) ? undefined : plainStorage(context);
    if (proof === undefined) return;
    const site = entryAt(proof.value, "staticfiles", "BACKEND")?.valueSite;
    const isUnset = proof.origin === undefined;
    context.report({
      message: isUnset ? "unset" : "plain",
      proof,
      at: isUnset ? undefined : site,
      fixes: [
        site === undefined
          ? rewriteFix(context, "compress", proof, { text: WANTED })
          : replaceTextFix(context, "compress", site, WANTED),
      ],
    });
  },
});

/** Where both settings are unset the default applies; a module outside of the workspace may set either. */
function plainStorage(context: RuleContext): Proof | undefined {
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
