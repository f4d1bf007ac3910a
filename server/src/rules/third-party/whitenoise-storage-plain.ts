import { defineRule } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { entryAt } from "../questions/dicts/dicts";
import { replaceTextFix, rewriteFix } from "../questions/fixes/settingFixes";
import { BUNDLERS, plainStorage } from "../questions/storages/staticStorages";
import { whiteNoiseStorage } from "../questions/storages/whiteNoise";
import doc from "./whitenoise-storage-plain.md";

/** What a bundler has built has hashes already. */
const COMPRESSING = "whitenoise.storage.CompressedStaticFilesStorage";

export const whitenoiseStoragePlain = defineRule({
  id: "whitenoise-storage-plain",
  category: "third-party",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    plain:
      "{setting} keeps static files as they are in {module}, which runs in {environment}: WhiteNoise serves them uncompressed, and browsers ask for them again and again. Use {wanted}.",
    unset:
      "{setting} is not set in {module}, which runs in {environment}: WhiteNoise serves static files uncompressed, and browsers ask for them again and again. Use {wanted}.",
    bundled:
      "{setting} leaves static files uncompressed in {module}, which runs in {environment}: a bundler hashes the names of its own files, and WhiteNoise serves all of them as they are. Use CompressedStaticFilesStorage.",
  },
  fixes: { compress: { safety: "unsafe", title: "Use {wanted}" } },
  doc,

  check(context) {
    const hashing = hasApp(context, "django.contrib.staticfiles") ? whiteNoiseStorage(context) : undefined;
    const proof = hashing === undefined ? undefined : plainStorage(context);
    if (hashing === undefined || proof === undefined) return;
    const isBundled = BUNDLERS.some((app) => hasApp(context, app));
    const wanted = isBundled ? COMPRESSING : hashing;
    const site = entryAt(proof.value, "staticfiles", "BACKEND")?.valueSite;
    const isUnset = proof.origin === undefined;
    context.report({
      message: isBundled ? "bundled" : isUnset ? "unset" : "plain",
      values: { wanted: wanted.slice(wanted.lastIndexOf(".") + 1) },
      proof,
      at: isUnset ? undefined : site,
      fixes: [
        site === undefined
          ? rewriteFix(context, "compress", proof, { text: wanted })
          : replaceTextFix(context, "compress", site, wanted),
      ],
    });
  },
});
