import { isTruthy } from "../../lint/effective";
import { defineRule, type EntryModule, type RuleContext } from "../../lint/rule";
import type { EntryPoint } from "../../project/model";
import { isStated, SERVER_FILES } from "../../project/evidence";
import { usageOfModulePart } from "../../project/nameWords";
import {
  betterModule,
  fileLabel,
  pointSite,
  purposeOf,
  selectedEntry,
  selectInstead,
} from "../questions/splits/entryPoints";
import doc from "./production-entry-uses-development.md";

export const productionEntryUsesDevelopment = defineRule({
  id: "production-entry-uses-development",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    default:
      "{file} starts the site with {value}: that is {what}, and visitors get it unless the environment sets {variable}. Select the production module{name} here.",
    always:
      "{file} starts the site with {value}: that is {what}, and visitors get it whatever {variable} the environment sets. Select the production module{name} with os.environ.setdefault().",
    deployed:
      "{file} runs production with {value}, {what}: what is meant for one developer's machine is open to all visitors. Select the production module{name} here.",
  },
  fixes: { select: { safety: "unsafe", title: "Select {module}" } },
  doc,

  check(context) {
    for (const point of context.project.entryPoints) {
      const isServer = point.kind === "wsgi" || point.kind === "asgi";
      const isDeployed = SERVER_FILES.has(point.kind) && point.purpose === "production";
      if (!(isServer || isDeployed) || purposeOf(context, point) !== "production") continue;
      const entry = selectedEntry(context, point);
      const selected: Selected | undefined =
        entry?.module ?? debuggedBase(context, point) ?? ignoredModule(context, point);
      const what = entry === undefined ? (selected?.what ?? DEBUGGED) : whatItIs(context, entry);
      if (selected === undefined || what === undefined) continue;
      if (point.form !== "assign" && isOneOfSeveral(context, point)) continue;
      const isElsewhere = point.form !== "assign" && isOverridden(context, point);
      // What sets the variable today is one file; the default is what every other way of starting the site gets.
      if (isElsewhere && point.kind !== (context.project.server ?? "wsgi")) continue;
      const { name, className } = selected;
      // A class is chosen by a variable of its own, which the range of the point does not hold.
      const module = className === undefined ? betterModule(context, point) : undefined;
      // A file with such a name is put in the place of what is selected, where it is deployed.
      if (module !== undefined && !IMPORTABLE.test(module.name)) continue;
      context.report({
        message: isDeployed ? "deployed" : point.form === "assign" ? "always" : "default",
        values: {
          file: fileLabel(context, point),
          value: className ?? name,
          variable: className === undefined ? "DJANGO_SETTINGS_MODULE" : "DJANGO_CONFIGURATION",
          what,
          name: module === undefined ? "" : ` ${module.name}`,
        },
        at: pointSite(point),
        severity: isElsewhere ? "hint" : undefined,
        fixes: [selectInstead(point, module, "select")],
      });
    }
  },
});

const IMPORTABLE = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

const DEBUGGED = "a module in which DEBUG is True";

/** What a message needs of a module that is selected; `what` where that is known without a look into it. */
interface Selected {
  readonly name: string;
  readonly className?: string | undefined;
  readonly what?: string;
}

/**
 * A module that git ignores and that is called after development, beside one for production in the repository. `local` may be any
 * machine's, servers included.
 */
function ignoredModule({ project }: RuleContext, { value, resolution }: EntryPoint): Selected | undefined {
  const last = value?.slice(value.lastIndexOf(".") + 1) ?? "";
  const isForDevelopers = usageOfModulePart(last) === "development" && !/local/i.test(last);
  if (value === undefined || resolution !== "ignored" || !isForDevelopers) return undefined;
  const isServed = project.modules.some(({ role }) => role === "production");
  return isServed ? { name: value, what: "the development settings, in a file that git ignores" } : undefined;
}

/** A clause that says why a module is not for production; `undefined` where only its position suggests that. */
function whatItIs(context: RuleContext, entry: EntryModule): string | undefined {
  const { role, evidence } = entry.module;
  // A deployment that starts it has made it the production module, whatever it is called.
  const said = evidence.find(isStated)?.role;
  if (said === "test" || said === "development")
    return said === "test" ? "the settings for tests" : "the development settings";
  if (role !== "development" && role !== "test") return undefined;
  return context.settingOf(entry, "DEBUG").mustBe(isTruthy) === undefined ? undefined : DEBUGGED;
}

/** The base of a module for production, which is the one to select, where DEBUG is certainly on in it. */
function debuggedBase({ project, entries }: RuleContext, { module: file }: EntryPoint): Selected | undefined {
  const base = project.modules.find((one) => one.file === file && one.role === "base" && one.className === undefined);
  const isOn = entries.some(({ module, evaluation }) => {
    const last = evaluation.bindings.findLast((one) => one.name === "DEBUG" && one.step.site.file === file);
    return module.role === "production" && last?.unconditional === true && isTruthy(last.value);
  });
  return isOn ? base : undefined;
}

/** Another deployment file selects something else, or something that is not known: then that counts. */
function isOverridden(context: RuleContext, point: EntryPoint): boolean {
  return context.project.entryPoints.some((other) => {
    if (other === point || !(other.form === "set" || other.form === "option")) return false;
    if (other.purpose !== "production" && other.purpose !== "staging") return false;
    const role = selectedEntry(context, other)?.module.role;
    return role !== "development" && role !== "test";
  });
}

/** The file chooses between modules: which one it takes without the variable that decides cannot be told here. */
function isOneOfSeveral({ project }: RuleContext, { file, value }: EntryPoint): boolean {
  return project.entryPoints.some((other) => other.file === file && other.value !== value);
}
