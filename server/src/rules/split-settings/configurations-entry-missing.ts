import type { FilePath } from "../../base/path";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { EntryPoint, EntryPointKind } from "../../project/model";
import type { ImportFrom, Stmt } from "../../syntax/ast";
import { allStatements } from "../../syntax/statements";
import { fileLabel, pointSite } from "../questions/splits/entryPoints";
import doc from "./configurations-entry-missing.md";

type Context = ContextOf<typeof configurationsEntryMissing>;

/** What starts Django, and what takes its place (https://django-configurations.readthedocs.io/, "Usage patterns"). */
const STARTERS: ReadonlyMap<string, string> = new Map([
  ["django.core.wsgi", "configurations.wsgi"],
  ["django.core.asgi", "configurations.asgi"],
  ["django.core.management", "configurations.management"],
]);

const KINDS: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>(["manage.py", "wsgi", "asgi", "celery"]);

export const configurationsEntryMissing = defineRule({
  id: "configurations-entry-missing",
  category: "split-settings",
  severity: "error",
  audience: "project",
  messages: {
    direct:
      "{file} starts Django without django-configurations: nothing installs its importer, and importing {module}, whose settings are classes, raises ImproperlyConfigured. Import from {wanted}.",
    worker:
      "{file} does not call configurations.setup(): importing {module}, whose settings are classes, raises ImproperlyConfigured when a worker starts. Call it below the environment variables.",
  },
  fixes: { import: { safety: "safe", title: "Import from {wanted}" } },
  doc,

  check(context) {
    const { project } = context;
    const withClasses = new Set(project.modules.filter((one) => one.className !== undefined).map(({ file }) => file));
    if (withClasses.size === 0) return;
    const seen = new Set<FilePath>();
    for (const point of project.entryPoints) {
      const isSelected = KINDS.has(point.kind) && point.module !== undefined && withClasses.has(point.module);
      if (!isSelected || point.value === undefined || seen.has(point.file)) continue;
      seen.add(point.file);
      reportFile(context, point);
    }
  },
});

function reportFile(context: Context, point: EntryPoint): void {
  const { file, value: module = "" } = point;
  const statements = [...allStatements(context.source(file)?.ast.body ?? [], "everything")];
  // A module of the project that is imported here may install it.
  if (statements.some((one) => isImportOf(one, "configurations") || (one.kind === "ImportFrom" && one.level > 0)))
    return;
  const label = fileLabel(context, point);
  const starter = statements.find(isStarter);
  if (starter === undefined) {
    const isWorker = point.kind === "celery" && statements.some((one) => isImportOf(one, "celery"));
    if (isWorker) context.report({ message: "worker", values: { file: label, module }, at: pointSite(point) });
    return;
  }
  const wanted = STARTERS.get(starter.module) ?? "";
  const { start, end } = starter;
  const written = context.source(file)?.text.slice(start, end).replace(starter.module, wanted);
  context.report({
    message: "direct",
    values: { file: label, module, wanted },
    at: siteOf(file, starter),
    fixes: [
      written === undefined || starter.names === "*" || starter.names.length > 1
        ? undefined
        : { id: "import", edit: (edit) => edit.replace(file, starter, written) },
    ],
  });
}

function isStarter(statement: Stmt): statement is ImportFrom {
  return statement.kind === "ImportFrom" && statement.level === 0 && STARTERS.has(statement.module);
}

/** Whether a statement imports a package or something in it. */
function isImportOf(statement: Stmt, name: string): boolean {
  const isIn = (dotted: string): boolean => dotted === name || dotted.startsWith(`${name}.`);
  if (statement.kind === "Import") return statement.names.some((alias) => isIn(alias.name));
  return statement.kind === "ImportFrom" && statement.level === 0 && isIn(statement.module);
}
