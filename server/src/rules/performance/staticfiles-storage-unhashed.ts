import { defineRule, type RuleContext } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import { hasMiddleware } from "../questions/middleware/middleware";
import { replaceTextFix, rewriteFix } from "../questions/fixes/settingFixes";
import doc from "./staticfiles-storage-unhashed.md";

const WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware";
const PLAIN =
  /^(?:django\.contrib\.staticfiles\.storage\.StaticFilesStorage|whitenoise\.storage\.CompressedStaticFilesStorage)$/;

/** Bundlers that put a hash into the names of files themselves. */
const BUNDLERS = ["webpack_loader", "django_vite", "rev_static", "vite"];

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
    const found = plainStorage(context);
    if (found === undefined) return;
    const { proof } = found;
    const hasWhiteNoise = hasMiddleware(context, WHITENOISE);
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
function plainStorage(context: RuleContext) {
  const inStorages = (value: Value): boolean => PLAIN.test(textOf(valueAt(value, "staticfiles", "BACKEND")) ?? "");
  const storages = context.setting("STORAGES").judge(inStorages);
  const old = context.setting("STATICFILES_STORAGE").judge((value) => PLAIN.test(textOf(value) ?? ""));
  const proof = storages?.origin === undefined ? old : storages;
  return proof?.origin === undefined ? undefined : { proof };
}
