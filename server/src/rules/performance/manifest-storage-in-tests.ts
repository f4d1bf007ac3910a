import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./manifest-storage-in-tests.md";

const STRICT =
  /^(?:django\.contrib\.staticfiles\.storage\.ManifestStaticFilesStorage|whitenoise\.storage\.CompressedManifestStaticFilesStorage)$/;

export const manifestStorageInTests = defineRule({
  id: "manifest-storage-in-tests",
  category: "performance",
  severity: "info",
  audience: "test",
  messages: {
    strict:
      "{setting} needs the manifest of collectstatic in tests: they run with {module}, and pages with static files raise ValueError (Missing staticfiles manifest entry). Use StaticFilesStorage in tests.",
  },
  doc,

  check(context) {
    if (!hasApp(context, "django.contrib.staticfiles")) return;
    const inStorages = (value: Value): boolean => STRICT.test(textOf(valueAt(value, "staticfiles", "BACKEND")) ?? "");
    const proof =
      context.setting("STORAGES").judge(inStorages) ??
      context.setting("STATICFILES_STORAGE").judge((value) => STRICT.test(textOf(value) ?? ""));
    if (proof?.origin === undefined) return;
    context.report({ message: "strict", proof, at: entryAt(proof.value, "staticfiles", "BACKEND")?.valueSite });
  },
});
