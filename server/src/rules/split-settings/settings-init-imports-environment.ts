import { joinPath, parentPath } from "../../base/path";
import { listed } from "../../lint/phrases";
import { isSetByPlatform } from "../../lint/production";
import { servesProduction } from "../../lint/settingsModules";
import { defineRule, type ContextOf } from "../../lint/rule";
import { READERS } from "../../project/evidence";
import { isBaseName } from "../../project/nameWords";
import type { ImportEvent } from "../../python/program/evaluation";
import { dottedName } from "../../syntax/dottedName";
import { allStatements } from "../../syntax/statements";
import { runAlways } from "../questions/splits/certainImports";
import { choiceOf } from "../questions/splits/choosers";
import doc from "./settings-init-imports-environment.md";

type Context = ContextOf<typeof settingsInitImportsEnvironment>;

/** What the imported module changes in the lists of the base module is reported by `inplace-mutation-leaks`, where it is written. */
export const settingsInitImportsEnvironment = defineRule({
  id: "settings-init-imports-environment",
  category: "split-settings",
  severity: "info",
  audience: "entry",
  messages: {
    imports:
      "Loading {module} first runs {imported}: the package imports it here. What that needs or does, it needs and does in {environment}, too. Delete this import, and select each module by its own name.",
    chooses:
      "Loading {module} first runs {imported}, too: the package chooses by {variables} and not by the module that is selected. What that needs or does, it needs and does in {environment}. Let the package import nothing, and select each module by its own name.",
    sets: "Loading {module} first runs {imported}: the package imports it here, and that sets variables in os.environ, which {environment} then has. Delete this import, and select each module by its own name.",
  },
  doc,

  check(context) {
    const { module, evaluation } = context;
    const init = joinPath(parentPath(module.file), "__init__.py");
    if (init === module.file || !servesProduction(module.role)) return;
    if (!module.entryPoints.some(({ kind }) => !READERS.has(kind))) return;
    const certain = runAlways(context.source(init)?.ast.body ?? []);
    for (const event of evaluation.imports) {
      if (event.site.file !== init || event.file === undefined || event.star === undefined) continue;
      const imported = importedEnvironment(context, event);
      if (imported === undefined) continue;
      if (!certain.includes(event.statement)) {
        reportChoice(context, event, imported);
        continue;
      }
      const sets = setsVariables(context, event.file);
      context.report({
        message: sets ? "sets" : "imports",
        values: { imported },
        at: event.site,
        severity: sets ? "warning" : "info",
      });
    }
  },
});

/** A package that chooses by a variable of its own, which nothing sets where the module is selected by its own name. */
function reportChoice(context: Context, event: ImportEvent, imported: string): void {
  const { evaluation, module, project } = context;
  const choice = choiceOf(evaluation, event);
  if (choice?.isTakenWithout(module.name) !== true) return;
  const isSet = (name: string): boolean =>
    isSetByPlatform(name) || project.deployedVariables.some((one) => one.name === name);
  if (choice.variables.some(isSet)) return;
  context.report({ message: "chooses", values: { imported, variables: listed(choice.variables) }, at: event.site });
}

/** Another module of the package that is for an environment of its own, and that this one is not built on. */
function importedEnvironment({ project, module, evaluation }: Context, event: ImportEvent): string | undefined {
  const imported = project.modules.find((one) => one.file === event.file && one.className === undefined);
  if (imported === undefined || imported.file === module.file) return undefined;
  if (parentPath(imported.file) !== parentPath(module.file) || imported.role === module.role) return undefined;
  if (!imported.isEntry || isBaseName(imported.name.slice(imported.name.lastIndexOf(".") + 1))) return undefined;
  const isBuiltOn = evaluation.imports.some(
    ({ file, star, site }) => file === event.file && star !== undefined && site.file !== event.site.file,
  );
  return isBuiltOn ? undefined : imported.name;
}

/** Whether a file sets a variable when it is imported. */
function setsVariables(context: Context, file: string): boolean {
  const body = context.source(file)?.ast.body ?? [];
  return [...allStatements(body, "branches")].some((one) => {
    if (one.kind === "Assign")
      return one.targets.some((each) => each.kind === "Subscript" && dottedName(each.value) === "os.environ");
    const call = one.kind === "Expr" && one.value.kind === "Call" ? one.value : undefined;
    return call !== undefined && /^os\.environ\.(?:setdefault|update)$/.test(dottedName(call.func) ?? "");
  });
}
