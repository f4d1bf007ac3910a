import { textOf } from "../questions/dicts/dicts";
import { defineSettingRule } from "../settingRule";
import doc from "./default-auto-field-redundant.md";

export const defaultAutoFieldRedundant = defineSettingRule({
  id: "default-auto-field-redundant",
  category: "deprecation",
  severity: "hint",
  audience: "entry",
  django: { since: [6, 0] },
  setting: "DEFAULT_AUTO_FIELD",
  onlyCertain: true,
  isBad: (value) => textOf(value) === "django.db.models.BigAutoField",
  matters: ({ djangoAtLeast }, proof) => proof.origin !== undefined && djangoAtLeast(6, 0) === true,
  messages: { same: "DEFAULT_AUTO_FIELD is the default of Django 6.0 and newer. Remove it." },
  fixes: { remove: { safety: "safe", title: "Remove DEFAULT_AUTO_FIELD", remove: true } },
  doc,
});
