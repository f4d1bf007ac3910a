import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import type { Expr, ImportFrom, Module } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { allStatements, inStatements } from "../../syntax/statements";
import { importedAs, originOf } from "../questions/modules/moduleLevel";
import doc from "./settings-imports-django-conf.md";

export const settingsImportsDjangoConf = defineRule({
  id: "settings-imports-django-conf",
  category: "split-settings",
  severity: "error",
  audience: "file",
  messages: {
    circular:
      "settings.{name} is read while the settings are imported: Django raises ImproperlyConfigured, or gives a half-made value. Use the name itself instead of django.conf.",
    through:
      "settings.{name} is read while {module} is imported: the settings import it, so Django raises ImproperlyConfigured, or gives a half-made value. Read it in a function there.",
  },
  fixes: { useName: { safety: "unsafe", title: "Write {name}" } },
  doc,

  check(context) {
    const { file, report } = context;
    // The first read fails already: the others are the same mistake.
    const reads = settingReads(file.ast);
    const [first, ...others] = reads;
    if (first !== undefined) {
      report({
        message: "circular",
        values: { name: first.name },
        at: siteOf(file.path, first.node),
        chain: others.map(({ node, name }) => ({
          site: siteOf(file.path, node),
          text: `settings.${name} is read, too.`,
        })),
        fixes: [
          {
            id: "useName",
            edit: (edit) => {
              for (const { node, name } of reads) edit.replace(file.path, node, name);
            },
          },
        ],
      });
    }
    for (const statement of absoluteImports(file.ast)) {
      const found = importedRead(context, statement);
      if (found !== undefined) report({ message: "through", values: found, at: siteOf(file.path, statement) });
    }
  },
});

/** The settings that a module reads from django.conf when it is imported. */
function settingReads(ast: Module): readonly { readonly node: Expr; readonly name: string }[] {
  const imported = importedAs(ast);
  if (![...imported.values()].some((origin) => origin.startsWith("django.conf"))) return [];
  const found: { readonly node: Expr; readonly name: string }[] = [];
  walk(ast.body, (node) => {
    if (node.kind === "FunctionDef" || node.kind === "Lambda") return false;
    const dotted = node.kind === "Attribute" ? dottedName(node) : undefined;
    const [, name] = /^django\.conf\.settings\.([A-Z][A-Z0-9_]*)$/.exec(originOf(dotted ?? "", imported)) ?? [];
    if (name === undefined || node.kind !== "Attribute") return undefined;
    found.push({ node, name });
    return false;
  });
  return found;
}

const absoluteImports = inStatements((outer) =>
  [...allStatements([outer], "branches")].flatMap((one) => (one.kind === "ImportFrom" && one.level === 0 ? [one] : [])),
);

/** A module of the project, and no settings file, that an import loads and that reads a setting at once. */
function importedRead(context: RuleContext, statement: ImportFrom) {
  const { snapshot, project, file } = context;
  const found = snapshot.host(project.importRoots).resolveModule(statement.module, file.path);
  if (found.kind !== "file" || project.modules.some((one) => one.file === found.path)) return undefined;
  const parsed = snapshot.parse(found.path);
  const [first] = parsed.ok ? settingReads(parsed.module) : [];
  return first && { module: statement.module, name: first.name };
}
