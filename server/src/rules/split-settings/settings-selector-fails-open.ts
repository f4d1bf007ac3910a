import { baseName, relativePath } from "../../base/path";
import { contains } from "../../base/text";
import { isTruthy } from "../../lint/effective";
import { listed } from "../../lint/phrases";
import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, type ContextOf, type EntryModule } from "../../lint/rule";
import { servesProduction } from "../../lint/settingsModules";
import { nameParts } from "../../project/entryPoints/python";
import type { EntryPoint, SettingsModule } from "../../project/model";
import { usageOfModulePart } from "../../project/nameWords";
import type { Expr, If, Module } from "../../syntax/ast";
import { choiceOf } from "../questions/splits/choosers";
import { fileLabel, purposeOf } from "../questions/splits/entryPoints";
import doc from "./settings-selector-fails-open.md";

type Context = ContextOf<typeof settingsSelectorFailsOpen>;

/** Where the variable that is missing turns DEBUG on, too, `debug-fails-open` tells of the package. */
export const settingsSelectorFailsOpen = defineRule({
  id: "settings-selector-fails-open",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    package:
      "{file} takes {module} by default: without {variables} in the environment, the site runs with the {what} settings. Require the variable, or let production be the default.",
    open: "{file} starts the site with {module} by default: without {variables} in the environment, visitors get the {what} settings. Require the variable, or let production be the default.",
  },
  doc,

  check(context) {
    for (const entry of context.entries) checkPackage(context, entry);
    for (const point of context.project.entryPoints) {
      const isServer = point.kind === "wsgi" || point.kind === "asgi";
      if (!isServer || purposeOf(context, point) !== "production") continue;
      const ast = context.source(point.file)?.ast;
      const choice = ast && (computedChoice(ast, point) ?? branchedChoice(ast, point));
      if (choice === undefined) continue;
      const module = moduleNamed(context, choice.name);
      if (module === undefined || !hasProduction(context, module)) continue;
      context.report({
        message: "open",
        values: {
          file: fileLabel(context, point),
          module: module.name,
          variables: listed(choice.variables),
          are: choice.variables.length === 1 ? "is" : "are",
          what: module.role,
        },
        at: siteOf(point.file, point.range),
        // Where it is deployed today the variable is set; elsewhere it is forgotten as easily.
        severity: choice.variables.some((one) => isSet(context, one)) ? "hint" : undefined,
      });
    }
  },
});

/** A package that star-imports the settings of developers where no variable says otherwise, and those of production elsewhere. */
function checkPackage(context: Context, { module, evaluation }: EntryModule): void {
  if (baseName(module.file) !== "__init__.py" || !servesProduction(module.role)) return;
  const stars = evaluation.imports.filter(({ site, star }) => site.file === module.file && star !== undefined);
  const choices = stars.flatMap((event) => {
    const target = context.project.modules.find((one) => one.file === event.file);
    const choice = target && choiceOf(evaluation, event);
    return target === undefined || choice === undefined ? [] : [{ event, target, choice, usage: usageOf(target) }];
  });
  const taken = choices.find(({ choice }) => choice.isTakenWithout(module.name));
  if (taken?.usage !== "development" || !choices.some(({ usage }) => usage === "production")) return;
  const { target, choice, event } = taken;
  const proof = context.settingOf({ module, evaluation }, "DEBUG").whenMissing(isTruthy);
  if (proof?.missing.some((name) => choice.variables.includes(name)) === true) return;
  context.report({
    message: "package",
    values: {
      file: relativePath(context.project.root, module.file),
      module: target.name,
      variables: listed(choice.variables),
      what: "development",
    },
    at: event.site,
    severity: choice.variables.some((one) => isSet(context, one)) ? "hint" : undefined,
  });
}

function usageOf({ name }: SettingsModule): ReturnType<typeof usageOfModulePart> {
  return usageOfModulePart(name.slice(name.lastIndexOf(".") + 1));
}

/** What a file takes when variables are missing, and which ones decide. */
interface Choice {
  readonly name: string;
  readonly variables: readonly string[];
}

/** `f"shop.settings.{os.environ.get('ENV', 'development')}"`; a variable without a default is required. */
function computedChoice(ast: Module, point: EntryPoint): Choice | undefined {
  if (point.value !== undefined) return undefined;
  const expression = expressionIn(ast, point);
  const parts = (expression && nameParts(ast, expression)) ?? [];
  const variables = parts.flatMap((part) => (typeof part === "string" ? [] : [part.variable]));
  const texts = parts.map((part) => (typeof part === "string" ? part : part.fallback));
  return variables.length === 0 || texts.includes(undefined) ? undefined : { name: texts.join(""), variables };
}

function expressionIn(ast: Module, { range }: EntryPoint): Expr | undefined {
  let found: Expr | undefined;
  walk(ast.body, (node) => {
    if (node.start === range.start && node.end === range.end && node.kind !== "Expr") found ??= node as Expr;
  });
  return found;
}

/** `if os.environ.get("ENV") == "production": ... else: ...`, in the branch that runs without the variable. */
function branchedChoice(ast: Module, point: EntryPoint): Choice | undefined {
  if (point.value === undefined) return undefined;
  for (const statement of ast.body) {
    if (statement.kind !== "If" || !contains(statement, point.range)) continue;
    const decided = decidedWithout(ast, statement);
    const branch = decided?.holds === true ? statement.body : statement.orelse;
    const isTaken = branch.some((one) => one.kind !== "If" && contains(one, point.range));
    return decided !== undefined && isTaken ? { name: point.value, variables: [decided.variable] } : undefined;
  }
  return undefined;
}

/** Whether a test on one variable holds while that is missing. */
function decidedWithout(ast: Module, { test }: If): { readonly variable: string; readonly holds: boolean } | undefined {
  const [read] = nameParts(ast, test.kind === "Compare" ? test.left : test) ?? [];
  if (read === undefined || typeof read === "string" || isSubscript(test)) return undefined;
  const { variable, fallback } = read;
  if (test.kind !== "Compare") return { variable, holds: (fallback ?? "") !== "" };
  const [operator] = test.ops;
  const [right] = test.comparators;
  if (right?.kind !== "Str" || test.ops.length > 1 || (operator !== "==" && operator !== "!=")) return undefined;
  return { variable, holds: (fallback === right.value) === (operator === "==") };
}

/** `os.environ["X"]` raises without the variable. */
function isSubscript(test: Expr): boolean {
  return (test.kind === "Compare" ? test.left : test).kind === "Subscript";
}

function isSet({ project }: Context, variable: string): boolean {
  return project.deployedVariables.some(({ name }) => name === variable || name === "DJANGO_SETTINGS_MODULE");
}

/** The module of that name that is for developers or tests, by its own name. */
function moduleNamed({ project }: Context, name: string): SettingsModule | undefined {
  const found = project.modules.find((one) => one.name === name && one.className === undefined);
  const usage = found && usageOf(found);
  return usage === "development" || usage === "test" ? found : undefined;
}

/** Whether there is something else to choose: a module for production beside it. */
function hasProduction({ project }: Context, { name }: SettingsModule): boolean {
  const home = name.slice(0, name.lastIndexOf("."));
  return project.modules.some((one) => one.role === "production" && one.name.startsWith(`${home}.`));
}
