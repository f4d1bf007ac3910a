import { hasApp } from "../questions/apps/installedApps";
import { textOf } from "../questions/dicts/dicts";
import { defineSettingRule } from "../settingRule";
import doc from "./static-url-missing.md";

export const staticUrlMissing = defineSettingRule({
  id: "static-url-missing",
  category: "correctness",
  severity: "error",
  audience: "entry",
  setting: "STATIC_URL",
  isBad: (value) => value.kind === "none" || value.kind === "unset" || textOf(value) === "",
  matters: (context, proof) => hasApp(context, "django.contrib.staticfiles") && proof.overridable === undefined,
  messages: {
    missing:
      "STATIC_URL is not set in {module}: it installs django.contrib.staticfiles, and Django raises ImproperlyConfigured for each page with a static file, the admin's included. Set it.",
  },
  fixes: { set: { safety: "safe", set: { text: "static/" } } },
  doc,
});
