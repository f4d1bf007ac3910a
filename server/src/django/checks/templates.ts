import { append } from "../../base/lists";
import { compareReleases } from "../facts";
import { djangoTagModules } from "../tagLibraries";
import { either, isText, not, type CheckedSettings, type DjangoCheck } from "./check";
import { engineListWorks, hasLoadersAndAppDirs, optionOf, templateEngines, type TemplateEngine } from "./engines";

/** Sources: django/core/checks/templates.py up to 5.0, from 5.1 on django/template/backends/django.py. */
export const templatesChecks: readonly DjangoCheck[] = [
  {
    id: "templates.E001",
    since: [1, 9],
    until: [5, 0],
    isDeployOnly: false,
    reports: (settings) => some(enginesOf(settings), hasLoadersAndAppDirs),
  },
  {
    id: "templates.E002",
    since: [1, 10],
    isDeployOnly: false,
    reports: (settings) => some(checkedEngines(settings), hasOtherStringIfInvalid),
  },
  // A warning since 4.1.2, with the error's id until 5.1.
  { id: "templates.E003", since: [4, 1], until: [5, 0], isDeployOnly: false, reports: hasDuplicateLibraries },
  { id: "templates.W003", since: [5, 1], isDeployOnly: false, reports: hasDuplicateLibraries },
];

function enginesOf(settings: CheckedSettings): readonly TemplateEngine[] | undefined {
  return templateEngines(settings, settings.value("TEMPLATES"));
}

/** The engines whose own checks run: all until 5.0, then DjangoTemplates only, and none where one cannot be made. */
function checkedEngines(settings: CheckedSettings): readonly TemplateEngine[] | undefined {
  const engines = enginesOf(settings);
  if (engines === undefined || compareReleases(settings.django, [5, 1]) < 0) return engines;
  const works = engineListWorks(settings, engines);
  if (works === false) return [];
  const areKnown = works === true && engines.every(({ isDjango }) => isDjango !== undefined);
  return areKnown ? engines.filter(({ isDjango }) => isDjango) : undefined;
}

function some<T>(all: readonly T[] | undefined, holds: (one: T) => boolean | undefined): boolean | undefined {
  return all?.reduce<boolean | undefined>((found, one) => either(found, () => holds(one)), false);
}

/** Whether an engine's `string_if_invalid` is something else than a text. */
export function hasOtherStringIfInvalid(engine: TemplateEngine): boolean | undefined {
  const value = optionOf(engine, "string_if_invalid");
  if (value === "absent") return false;
  return value === undefined ? undefined : not(isText(value));
}

function hasDuplicateLibraries(settings: CheckedSettings): boolean | undefined {
  const engines = checkedEngines(settings);
  const installed = installedLibraries(settings);
  if (engines === undefined) return undefined;
  // Until 5.0 all engines are looked at together, then each with the installed ones.
  const isTogether = compareReleases(settings.django, [5, 1]) < 0;
  const groups = isTogether ? [engines] : engines.map((engine) => [engine]);
  return some(groups, (group) => {
    const own = group.map(librariesOf);
    const known = [...installed.known, ...own.flatMap((libraries) => libraries ?? [])];
    if (duplicateLibraries(known).length > 0) return true;
    return installed.isComplete && !own.includes(undefined) ? false : undefined;
  });
}

/** A name that templates load, and the module that it stands for. */
export interface TagLibrary {
  readonly name: string;
  readonly module: string;
}

/** What an engine's `libraries` add; `undefined` where that is not known. */
export function librariesOf(engine: TemplateEngine): readonly TagLibrary[] | undefined {
  const value = optionOf(engine, "libraries");
  if (value === "absent") return [];
  if (value?.kind !== "dict") return undefined;
  const libraries: TagLibrary[] = [];
  for (const { key, value: path } of value.entries) {
    if (key?.kind !== "str" || path.kind !== "str") return undefined;
    libraries.push({ name: key.value, module: path.value });
  }
  return libraries;
}

/** The libraries of Django and of the installed apps: those that are known, and whether these are all. */
export function installedLibraries(settings: CheckedSettings): {
  readonly known: readonly TagLibrary[];
  readonly isComplete: boolean;
} {
  const apps = settings.value("INSTALLED_APPS");
  const modules: string[] = [...djangoTagModules("django", settings.django)];
  if (apps.kind !== "list" && apps.kind !== "tuple") return { known: libraries(modules), isComplete: false };
  let isComplete = true;
  for (const { value, spread } of apps.items) {
    const entry = spread || value.kind !== "str" ? undefined : value.value;
    const found = entry === undefined ? undefined : tagModulesOf(settings, entry);
    isComplete &&= found !== undefined;
    append(modules, found ?? []);
  }
  return { known: libraries(modules), isComplete };
}

function tagModulesOf(settings: CheckedSettings, entry: string): readonly string[] | undefined {
  const app = /^(django\.contrib\.\w+)(?:\.apps\.\w+)?$/.exec(entry)?.[1];
  return app === undefined ? settings.tagModules(entry) : djangoTagModules(app, settings.django);
}

function libraries(modules: readonly string[]): readonly TagLibrary[] {
  return modules.map((module) => ({ name: module.replace(/^.*?\.templatetags\./, ""), module }));
}

/** The names that stand for more than one module, each with its modules, sorted. */
export function duplicateLibraries(
  all: readonly TagLibrary[],
): readonly { readonly name: string; readonly modules: readonly string[] }[] {
  const names = [...new Set(all.map(({ name }) => name))];
  return names.flatMap((name) => {
    const modules = new Set(all.filter((one) => one.name === name).map(({ module }) => module));
    return modules.size > 1 ? [{ name, modules: [...modules].toSorted() }] : [];
  });
}
