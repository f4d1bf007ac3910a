import { isDjangoSetting } from "../../django/facts";
import { isPackageSetting } from "../../django/packageSettings";
import { defineRule, targetOf, type ContextOf, type FixOf, type RuleContext } from "../../lint/rule";
import { isSettingName } from "../../project/djangoNames";
import type { Binding } from "../../python/program/evaluation";
import { statementsAbout } from "../questions/assignments/nameStatements";
import { namesRead } from "../questions/modules/namesRead";
import { knownEntries } from "../questions/lists/entries";
import doc from "./unused-setting.md";

type Context = ContextOf<typeof unusedSetting>;

export const unusedSetting = defineRule({
  id: "unused-setting",
  category: "split-settings",
  severity: "hint",
  audience: "project",
  onByDefault: false,
  messages: {
    unused: "{name} is not read anywhere in this workspace: unless a package reads it, it has no effect. Remove it.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove {name}" } },
  doc,

  check(context) {
    const read = namesRead(context);
    if (read === undefined) return;
    const packages = wordsOfPackages(context);
    for (const [name, { step }] of ownSettings(context)) {
      if (read.has(name) || isOfPackage(name, packages)) continue;
      context.report({
        message: "unused",
        values: { name },
        at: targetOf(step),
        setting: name,
        tags: ["unnecessary"],
        fixes: [removal(context, name)],
      });
    }
  },
});

/** The settings of the project's own that some module assigns, with the last assignment; not what a module that is imported keeps to itself. */
function ownSettings({ entries }: RuleContext): ReadonlyMap<string, Binding> {
  const found = new Map<string, Binding>();
  for (const { evaluation } of entries)
    for (const name of evaluation.names.filter(isOwn)) {
      const last = evaluation.bindingsNamed(name).findLast((one) => one.atModuleLevel && one.expression !== undefined);
      if (last !== undefined) found.set(name, last);
    }
  return found;
}

function isOwn(name: string): boolean {
  return isSettingName(name) && name !== "BASE_DIR" && !isDjangoSetting(name) && !isPackageSetting(name);
}

/** The words in the names of distributions and apps, with which settings of packages begin. */
function wordsOfPackages({ project, snapshot, entries, settingOf }: RuleContext): readonly string[] {
  const host = snapshot.host(project.importRoots);
  const apps = entries.flatMap((entry) =>
    settingOf(entry, "INSTALLED_APPS").outcomes.flatMap(({ value }) => knownEntries(value).map(({ text }) => text)),
  );
  const external = apps.filter(
    (app) => host.resolveModule(app.split(".", 1)[0] ?? "", project.root).kind === "external",
  );
  const words = [...project.packages.keys(), ...external].flatMap((name) => name.toUpperCase().split(/[-_.]/));
  const storages = words.includes("STORAGES") ? ["AWS", "AZURE", "GS", "DROPBOX", "SFTP"] : [];
  const extensions = words.includes("EXTENSIONS") ? ["SHELL", "GRAPH", "NOTEBOOK", "IPYTHON", "RUNSERVERPLUS"] : [];
  const celery = words.includes("CELERY") ? ["BROKER", "CELERYD", "CELERYBEAT"] : [];
  return [...new Set([...words, ...storages, ...extensions, ...celery])];
}

/** `CKEDITOR_CONFIGS` of ckeditor, `WAGTAILIMAGES_IMAGE_MODEL` of wagtail, `COMPRESS_FILTERS` of compressor. */
function isOfPackage(name: string, words: readonly string[]): boolean {
  const [first = ""] = name.split("_", 1);
  return words.some(
    (word) =>
      word === first || (word.length > 3 && first.startsWith(word)) || (first.length > 3 && word.startsWith(first)),
  );
}

/** Deletes all assignments of a name that nothing else mentions. */
function removal(context: Context, name: string): FixOf<typeof unusedSetting> | undefined {
  const statements = statementsAbout(context, name);
  if (statements === undefined || statements.some(({ value, isTopLevel }) => value === undefined || !isTopLevel))
    return undefined;
  return {
    id: "remove",
    edit: (edit) => {
      for (const { file, statement } of statements) edit.deleteStatement(file, statement);
    },
  };
}
