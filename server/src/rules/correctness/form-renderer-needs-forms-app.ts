import { joinPath } from "../../base/path";
import { defineRule } from "../../lint/rule";
import { lacksApps } from "../questions/apps/installedApps";
import { provenanceOf } from "../questions/assignments/assigned";
import { textOf } from "../questions/dicts/dicts";
import { placeInList } from "../questions/fixes/elementPlaces";
import { insertFix } from "../questions/fixes/settingFixes";
import { configuredPaths } from "../questions/paths/configuredPaths";
import doc from "./form-renderer-needs-forms-app.md";

export const formRendererNeedsFormsApp = defineRule({
  id: "form-renderer-needs-forms-app",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  django: { since: [1, 11] },
  messages: {
    missing:
      "FORM_RENDERER needs django.forms in INSTALLED_APPS: it is TemplatesSetting, and forms raise TemplateDoesNotExist when they are rendered. Add it.",
  },
  fixes: { insert: { safety: "safe", title: "Add django.forms to INSTALLED_APPS" } },
  doc,

  check(context) {
    const renderer = context.setting("FORM_RENDERER");
    if (renderer.isUnset || context.setting("INSTALLED_APPS").isUnset) return;
    const proof = renderer.mustBe((value) => textOf(value) === "django.forms.renderers.TemplatesSetting");
    if (proof?.origin === undefined || !lacksApps(context, ["django.forms"])) return;
    // A project may have copies of all of the templates.
    const isFolder = ({ text }: { readonly text: string }): boolean =>
      context.snapshot.isFolder(joinPath(text, "django/forms"));
    if (configuredPaths(context, ["templates"]).some(isFolder)) return;
    const apps = provenanceOf(context, "INSTALLED_APPS");
    context.report({
      message: "missing",
      proof,
      fixes: [insertFix("insert", apps && placeInList(context, apps, {}), "django.forms")],
    });
  },
});
