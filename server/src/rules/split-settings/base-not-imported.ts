import { baseName, parentPath } from "../../base/path";
import { isText } from "../../lint/logicalLines";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { SettingsModule } from "../../project/model";
import { isBaseName, usageOfWholeName, type Usage } from "../../project/nameWords";
import type { Stmt } from "../../syntax/ast";
import { allStatements, boundNames } from "../../syntax/statements";
import doc from "./base-not-imported.md";

type Context = ContextOf<typeof baseNotImported>;

export const baseNotImported = defineRule({
  id: "base-not-imported",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    alone:
      "SECRET_KEY is not set in {module}: by its name it is for {usage}, but it does not take the settings of {base}, and Django refuses to start with it. Let `from .{last} import *` be its first line.",
  },
  fixes: { begin: { safety: "unsafe", title: "Import everything from {base}" } },
  doc,

  check(context) {
    for (const module of context.project.modules) {
      const usage = usageOfPart(context, module);
      const base = usage === undefined ? undefined : baseBeside(context, module);
      const body = context.source(module.file)?.ast.body ?? [];
      const first = body.find((one) => !isText(one));
      if (usage === undefined || base === undefined || first === undefined || !setsAlone(body)) continue;
      const last = base.name.slice(base.name.lastIndexOf(".") + 1);
      context.report({
        message: "alone",
        values: { module: module.name, usage, base: base.name, last },
        at: siteOf(module.file, first),
        severity: usage === "development" ? "info" : undefined,
        fixes: [{ id: "begin", edit: (edit) => edit.insert(module.file, first.start, `from .${last} import *\n\n`) }],
      });
    }
  },
});

/** What a module is for by its name, where nothing imports or selects it. */
function usageOfPart({ entries }: Context, { name, file, isEntry, className }: SettingsModule): Usage | undefined {
  if (isEntry || className !== undefined || baseName(file) === "__init__.py") return undefined;
  if (entries.some(({ evaluation }) => evaluation.files.includes(file))) return undefined;
  const usage = usageOfWholeName(name.slice(name.lastIndexOf(".") + 1));
  return usage === "test" ? undefined : usage;
}

/** The base module of the same folder, on which another module of the project builds. */
function baseBeside({ project, entries }: Context, { file }: SettingsModule): SettingsModule | undefined {
  return project.modules.find((one) => {
    const isBeside = one.file !== file && parentPath(one.file) === parentPath(file);
    if (!isBeside || !isBaseName(one.name.slice(one.name.lastIndexOf(".") + 1))) return false;
    return entries.some(({ module, evaluation }) => module.file !== one.file && evaluation.files.includes(one.file));
  });
}

/** Whether nothing in it brings settings from elsewhere, and it sets some itself, but no SECRET_KEY. */
function setsAlone(body: readonly Stmt[]): boolean {
  const statements = [...allStatements(body, "branches")];
  const names = statements.flatMap(boundNames);
  return (
    names.some((name) => /^[A-Z][A-Z_]+$/.test(name)) &&
    !names.includes("SECRET_KEY") &&
    !statements.some(mayBringSettings)
  );
}

/** Imports of the package's own modules, and calls such as those of django-split-settings. */
function mayBringSettings(statement: Stmt): boolean {
  if (statement.kind === "ImportFrom") return statement.names === "*" || statement.level > 0;
  return statement.kind === "Expr" && !isText(statement);
}
