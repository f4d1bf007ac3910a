import type { CheckedSettings } from "../../django/checks/check";
import { templateEngines } from "../../django/checks/engines";
import { duplicateLibraries, installedLibraries, librariesOf } from "../../django/checks/templates";
import { isSubclassByName } from "../../django/classes";
import { defineRule, type ContextOf } from "../../lint/rule";
import { installedApp } from "../questions/apps/installedApps";
import { provenanceOf } from "../questions/assignments/assigned";
import { askEverywhere } from "../questions/checks/systemChecks";
import doc from "./template-tag-library-duplicate.md";

type Context = ContextOf<typeof templateTagLibraryDuplicate>;

export const templateTagLibraryDuplicate = defineRule({
  id: "template-tag-library-duplicate",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  django: { since: [4, 1] },
  djangoChecks: ["templates.W003", "templates.E003"],
  messages: {
    duplicate:
      'Templates that load "{name}" get only one of {modules}: which one is decided by the order of INSTALLED_APPS, and the tags of the others are gone. Rename one.',
  },
  doc,

  check(context) {
    const proof = provenanceOf(context, "INSTALLED_APPS");
    if (proof === undefined) return;
    const [first = [], ...others] = askEverywhere(context, duplicates);
    for (const { name, modules } of first) {
      if (!others.every((world) => world.some((one) => one.name === name))) continue;
      context.report({
        message: "duplicate",
        values: { name, modules: modules.join(" and ") },
        proof,
        at: siteOf(context, modules),
        djangoCheck: context.djangoAtLeast(5, 1) === false ? "templates.E003" : "templates.W003",
      });
    }
  },
});

/** Each engine has the libraries of all apps and its own: names may repeat between engines, but not in one. */
function duplicates(settings: CheckedSettings): ReturnType<typeof duplicateLibraries> {
  const installed = installedLibraries(settings).known;
  const templates = settings.value("TEMPLATES");
  const engines = templateEngines({ isSubclass: isSubclassByName }, templates)?.filter(
    ({ isDjango }) => isDjango !== false,
  );
  // Of engines that are not known one will be Django's.
  const own = engines?.map((engine) => librariesOf(engine) ?? []) ?? (templates.kind === "unset" ? [] : [[]]);
  const found = own.flatMap((libraries) => duplicateLibraries([...installed, ...libraries]));
  return found.filter(({ name }, index) => found.findIndex((one) => one.name === name) === index);
}

/** Where the last of the apps is installed whose library it is. */
function siteOf(context: Context, modules: readonly string[]) {
  const apps = modules.map((module) => module.replace(/\.templatetags\..*$/s, ""));
  const sites = apps.map((app) => installedApp(context, app)?.site).filter((site) => site !== undefined);
  return sites.toSorted((a, b) => b.range.start - a.range.start)[0];
}
