import { defineRule, type RuleContext } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { textOf, valueAt } from "../questions/dicts/dicts";
import { setFix } from "../questions/fixes/settingFixes";
import { hasMiddleware } from "../questions/middleware/middleware";
import { inBaseDir } from "../questions/paths/baseDir";
import { isOff } from "../settingRule";
import doc from "./static-root-missing.md";

/** Storages that write to STATIC_ROOT. */
const LOCAL =
  /^(?:django\.contrib\.staticfiles\.storage\.(?:StaticFilesStorage|ManifestStaticFilesStorage|CachedStaticFilesStorage)|whitenoise\.(?:storage|django)\.\w+)$/;

export const staticRootMissing = defineRule({
  id: "static-root-missing",
  category: "correctness",
  severity: "warning",
  severityIfAssumed: "hint",
  audience: "production",
  messages: {
    missing:
      "STATIC_ROOT is {state} in {module}: collectstatic has no directory to write to and stops with an error, and no web server can deliver the admin's and your apps' static files. Set it to a directory that only holds collected files.",
  },
  fixes: { setRoot: { safety: "unsafe", title: 'Set STATIC_ROOT to the directory "staticfiles"' } },
  doc,

  check(context) {
    const setting = context.setting("STATIC_ROOT");
    const proof = setting.judge((value) => value.kind === "none" || value.kind === "unset" || textOf(value) === "");
    // What a module outside of the workspace replaces, it most likely sets.
    if (proof === undefined || (setting.isUnset && proof.overridable !== undefined)) return;
    // A branch that a variable brings sets it where files are collected.
    if (proof.missing.length > 0 && proof.origin === undefined) return;
    if (!hasApp(context, "django.contrib.staticfiles") || !storesLocally(context) || !needsFiles(context)) return;
    const folder = inBaseDir(context, "staticfiles");
    context.report({
      message: "missing",
      values: { state: proof.origin === undefined ? "not set" : "empty" },
      proof,
      fixes: [folder && setFix(context, "setRoot", proof, folder)],
    });
  },
});

/**
 * Whether anything says that the project has static files to deliver, and no middleware takes them from the apps' own
 * folders: projects that only answer API requests have the app and no use for it.
 */
function needsFiles(context: RuleContext): boolean {
  if (!context.setting("WHITENOISE_USE_FINDERS").certainly(isOff)) return false;
  return (
    hasApp(context, "django.contrib.admin") ||
    hasMiddleware(context, "whitenoise.middleware.WhiteNoiseMiddleware") ||
    deploymentFiles(context.snapshot).some(({ text }) => text.includes("collectstatic"))
  );
}

/** Whether static files are certainly collected to a local folder. */
function storesLocally(context: RuleContext): boolean {
  const isLocal = (value: Value | undefined): boolean => LOCAL.test(textOf(value) ?? "");
  const [old, storages] = [context.setting("STATICFILES_STORAGE"), context.setting("STORAGES")];
  // The old setting counts while Django has it; where both are there, the newer release decides.
  if (context.djangoAtLeast(5, 1) !== true && !old.isUnset && old.mustBe(isLocal) === undefined) return false;
  if (context.djangoAtLeast(4, 2) === false) return true;
  const isOurs = (value: Value): boolean => value.kind === "unset" || isLocal(valueAt(value, "staticfiles", "BACKEND"));
  return storages.certainly(isOurs);
}
