import { settingNames } from "../../project/djangoNames";
import { isDjangoSetting } from "../../django/facts";
import { isPackageSetting } from "../../django/packageSettings";
import { defineRule, type RuleContext } from "../../lint/rule";
import { mostSimilar } from "../../lint/similar";

import { isCertainUse, isPartOfProject, mayHaveLocalSettings, usedSettings } from "../questions/modules/codeUses";
import doc from "./undefined-setting-used.md";

export const undefinedSettingUsed = defineRule({
  id: "undefined-setting-used",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    undefined:
      "settings.{name} is defined in no settings module: this line raises AttributeError. Define it in the settings, or remove this use.",
    near: "settings.{name} is defined in no settings module: this line raises AttributeError. Did you mean {meant}?",
  },
  doc,

  check(context) {
    const { entries } = context;
    if (entries.length === 0 || entries.some(({ evaluation }) => evaluation.failure !== undefined)) return;
    if (entries.some(mayHaveLocalSettings)) return;
    for (const [name, site] of usedSettings(context)) {
      if (isDjangoSetting(name) || isPackageSetting(name) || name === "SETTINGS_MODULE") continue;
      if (!entries.every((entry) => context.settingOf(entry, name).isUnset)) continue;
      if (!isCertainUse(context, site) || !isPartOfProject(context, site)) continue;
      const meant = mostSimilar(name, definedNames(context));
      context.report({
        message: meant === undefined ? "undefined" : "near",
        values: { name, meant: meant ?? "" },
        at: site,
      });
    }
  },
});

function definedNames({ entries }: RuleContext): readonly string[] {
  return [...new Set(entries.flatMap(({ evaluation }) => settingNames(evaluation.names)))];
}
