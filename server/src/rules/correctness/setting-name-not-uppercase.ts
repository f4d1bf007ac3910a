import { defaultOf, isDjangoSetting } from "../../django/facts";
import { packageSettingNames } from "../../django/packageSettings";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { findInCode } from "../../project/codeIndex";
import { statementsAbout } from "../questions/assignments/nameStatements";
import { renameAssignments } from "../questions/assignments/renaming";
import { hasTypeOf } from "../questions/lists/settingTypes";
import doc from "./setting-name-not-uppercase.md";

export const settingNameNotUppercase = defineRule({
  id: "setting-name-not-uppercase",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    lower: "{name} is not read: setting names must be upper case, so {meant} keeps its default. Rename it to {meant}.",
  },
  fixes: { rename: { safety: "unsafe", title: "Rename {name} to {meant}" } },
  doc,

  check(context) {
    for (const name of context.evaluation.names) {
      const meant = name.toUpperCase();
      if (name === meant || !isSetting(context, meant) || !context.setting(meant).isUnset) continue;
      const [outcome, ...others] = context.evaluation.outcomes(name);
      if (outcome === undefined || others.length > 0) continue;
      const byDefault = defaultOf(meant, context.project.django?.version);
      if (!hasTypeOf(outcome.value, meant, byDefault) || isUsed(context, name)) continue;
      // What is imported, a loop variable and a function are no settings.
      const statement = statementsAbout(context, name)?.find(({ value }) => value !== undefined);
      if (statement === undefined) continue;
      context.report({
        message: "lower",
        values: { name, meant },
        setting: meant,
        at: siteOf(statement.file, statement.statement),
        fixes: [renameAssignments(context, "rename", name, meant)],
      });
    }
  },
});

function isSetting({ hasPackage }: RuleContext, name: string): boolean {
  return isDjangoSetting(name) || packageSettingNames(hasPackage).includes(name);
}

/** Whether the project's code takes the name from the settings module itself: `from shop.settings import debug`. */
function isUsed({ snapshot, project }: RuleContext, name: string): boolean {
  const pattern = new RegExp(String.raw`\bsettings\.${name}\b|\bimport \(?(?:\w+, )*${name}\b|^[ \t]+${name},?$`, "m");
  return findInCode(snapshot, project.root, { id: `import of ${name}`, files: /\.py$/, pattern }) !== undefined;
}
