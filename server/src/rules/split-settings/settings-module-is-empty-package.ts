import { isSettingName } from "../../project/djangoNames";
import { joinPath, parentPath, type FilePath } from "../../base/path";
import type { Severity } from "../../lint/finding";
import { defineRule, type RuleContext } from "../../lint/rule";
import { READERS } from "../../project/evidence";
import type { EntryPoint } from "../../project/model";
import { envFileLoaders } from "../questions/environment/envFileLoaders";
import { betterModule, fileLabel, pointSite, selectInstead } from "../questions/splits/entryPoints";
import doc from "./settings-module-is-empty-package.md";

export const settingsModuleIsEmptyPackage = defineRule({
  id: "settings-module-is-empty-package",
  category: "split-settings",
  severity: "error",
  audience: "project",
  messages: {
    empty:
      '"{value}" is a package that sets nothing: the settings are in its modules, so Django starts with its defaults and stops at the empty SECRET_KEY. Select one of the modules in {file}.',
    namespace:
      '"{value}" is a directory without an __init__.py: the settings are in its modules, so Django starts with its defaults and stops at the empty SECRET_KEY. Select one of the modules in {file}.',
  },
  fixes: { select: { safety: "unsafe", title: "Select {module}" } },
  doc,

  check(context) {
    for (const point of context.project.entryPoints) {
      const message = stateOf(context, point);
      if (message === undefined || point.value === undefined || isChosenBefore(context, point)) continue;
      context.report({
        message,
        values: { value: point.value, file: fileLabel(context, point) },
        at: pointSite(point),
        // With `setdefault` the environment may always select something else, as it does where another file sets it.
        severity: severityOf(context, point),
        fixes: [selectInstead(point, betterModule(context, point), "select")],
      });
    }
  },
});

function stateOf(context: RuleContext, point: EntryPoint): "empty" | "namespace" | undefined {
  const { modules } = context.project;
  if (point.resolution === "namespace") {
    const isFilled = modules.some((module) => module.name.startsWith(`${point.value ?? ""}.`));
    return isFilled ? "namespace" : undefined;
  }
  if (point.module?.endsWith("/__init__.py") !== true) return undefined;
  const folder = parentPath(point.module);
  const isFilled = modules.some((module) => parentPath(module.file) === folder && module.file !== point.module);
  return isFilled && setsNothing(context, point.module) ? "empty" : undefined;
}

/** A file that binds no upper-case name and does nothing that could: imports by name, text, and calls that load `.env` files. */
function setsNothing(context: RuleContext, file: FilePath): boolean {
  const body = context.source(file)?.ast.body;
  const loaders = envFileLoaders(context, file).map(({ statement }) => statement);
  return (
    body?.every((statement) => {
      if (loaders.includes(statement)) return statement.kind === "Expr";
      if (statement.kind === "Import" || statement.kind === "Pass") return true;
      if (statement.kind === "ImportFrom")
        return statement.names !== "*" && !statement.names.some(({ name, asname }) => isSettingName(asname ?? name));
      return statement.kind === "Expr" && statement.value.kind === "Str";
    }) ?? false
  );
}

/** Whether a package around the entry point sets the variable when it is imported, so that a default comes too late. */
function isChosenBefore(context: RuleContext, point: EntryPoint): boolean {
  if (point.form !== "setdefault") return false;
  const { listing } = context.snapshot;
  for (let folder = parentPath(point.file); folder !== listing.root && folder !== "/"; folder = parentPath(folder)) {
    const init = joinPath(folder, "__init__.py");
    if (listing.files.has(init) && context.snapshot.text(init)?.includes("DJANGO_SETTINGS_MODULE") === true)
      return true;
  }
  return false;
}

/** Nothing is started by what only reads the settings, such as a type checker. */
function severityOf(context: RuleContext, point: EntryPoint): Severity {
  if (READERS.has(point.kind)) return "info";
  return point.form === "setdefault" && isSetElsewhere(context, point) ? "warning" : "error";
}

function isSetElsewhere(context: RuleContext, point: EntryPoint): boolean {
  return context.project.entryPoints.some((other) => other.form === "set" && other.value !== point.value);
}
