import type { FilePath } from "../../base/path";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import { modelWithoutKey, type ModelWithoutKey } from "../questions/apps/modelKeys";
import { knownEntries } from "../questions/lists/entries";
import doc from "./default-auto-field-missing.md";

const SETTING = "DEFAULT_AUTO_FIELD";

export const defaultAutoFieldMissing = defineRule({
  id: "default-auto-field-missing",
  category: "correctness",
  severity: "info",
  audience: "entry",
  django: { since: [3, 2], until: [5, 2] },
  djangoChecks: ["models.W042"],
  messages: {
    missing:
      "DEFAULT_AUTO_FIELD is not set: {model} in {app} leaves its key to Django, which is an AutoField now and a BigAutoField from Django 6.0 on, and then wants new migrations. Say which one it is.",
  },
  fixes: { set: { safety: "unsafe", title: "Set DEFAULT_AUTO_FIELD to {field}" } },
  doc,

  check(context) {
    if (context.djangoAtLeast(3, 2) !== true || context.djangoAtLeast(6, 0) !== false) return;
    const setting = context.setting(SETTING);
    // What a module outside of the workspace replaces, it may set.
    if (!setting.isUnset || setting.outcomes.some(({ overridable }) => overridable !== undefined)) return;
    const apps = context.setting("INSTALLED_APPS").mustBe((value) => knownEntries(value).length > 0);
    if (apps?.origin === undefined) return;
    const names = knownEntries(apps.value).map(({ text }) => text);
    const model = modelWithoutKey(context, names);
    if (model === undefined) return;
    context.report({
      message: "missing",
      values: { model: model.name, app: model.app },
      // All modules with these apps lack it at the same place.
      at: apps.site,
      setting: SETTING,
      fixes: [setAsMigrated(context, apps.site.file, model)],
    });
  },
});

/** What the app's migrations have already, else what new projects have. */
function setAsMigrated(
  { module, snapshot }: RuleContext,
  file: FilePath,
  { folder }: ModelWithoutKey,
): ReportedFix<"set"> | undefined {
  if (module.className !== undefined) return undefined;
  const migrations = [...snapshot.listing.files].filter(
    (one) => one.startsWith(`${folder}/migrations/0001`) && one.endsWith(".py"),
  );
  const texts = migrations.map((one) => snapshot.text(one));
  const isBig = texts.every((text) => text?.includes("BigAutoField") === true);
  const isSmall = texts.every((text) => text !== undefined && /(?<!Big|Small)AutoField\(/.test(text));
  if (!isBig && !isSmall) return undefined;
  const field = isBig ? "BigAutoField" : "AutoField";
  const edit: ReportedFix["edit"] = (one) => one.assign(file, SETTING, one.quote(file, `django.db.models.${field}`));
  return { id: "set", values: { field }, edit };
}
