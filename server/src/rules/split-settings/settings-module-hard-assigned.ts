import { contains } from "../../base/text";
import { defineRule, type FixOf, type RuleContext } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import { apacheScripts } from "../../project/entryPoints/apache";
import { SERVER_FILES } from "../../project/evidence";
import type { EntryPoint, EntryPointKind } from "../../project/model";
import { allStatements } from "../../syntax/statements";
import { fileLabel, pointSite, selectedEntry } from "../questions/splits/entryPoints";
import doc from "./settings-module-hard-assigned.md";

/** Files of Django's own layout, which `startproject` and the documentation of Celery write with `setdefault`. */
const KINDS: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>(["manage.py", "wsgi", "asgi", "celery"]);

export const settingsModuleHardAssigned = defineRule({
  id: "settings-module-hard-assigned",
  category: "split-settings",
  severity: "info",
  audience: "project",
  messages: {
    ignored:
      "DJANGO_SETTINGS_MODULE from {other} is ignored here: {file} assigns {value}, whatever the environment says, and {other} sets {wanted}. Use os.environ.setdefault().",
  },
  fixes: { setdefault: { safety: "unsafe", title: "Use os.environ.setdefault()" } },
  doc,

  check(context) {
    const points = context.project.entryPoints;
    for (const point of points) {
      if (point.form !== "assign" || !KINDS.has(point.kind) || point.value === undefined) continue;
      const isOneOfSeveral = points.some((one) => one.file === point.file && one.value !== point.value);
      const other = points.find((one) => isIgnored(one, point));
      if (isOneOfSeveral || other?.value === undefined || isReportedElsewhere(context, point)) continue;
      context.report({
        message: "ignored",
        values: {
          file: fileLabel(context, point),
          value: point.value,
          other: fileLabel(context, other),
          wanted: other.value,
        },
        at: pointSite(point),
        chain: [{ site: pointSite(other), text: `${fileLabel(context, other)} sets ${other.value}.` }],
        fixes: [setdefaultFix(context, point)],
      });
    }
  },
});

/** A file that sets the variable for a process which then runs this one. */
function isIgnored(other: EntryPoint, { file, value }: EntryPoint): boolean {
  const isSet = other.form === "set" && SERVER_FILES.has(other.kind) && other.purpose !== "test";
  return (
    isSet && other.file !== file && other.value !== undefined && other.value !== value && !/[${]/.test(other.value)
  );
}

/**
 * A server that gets the development settings is `production-entry-uses-development`; and where several sites share a process of
 * mod_wsgi, Django's documentation asks for the assignment.
 */
function isReportedElsewhere(context: RuleContext, point: EntryPoint): boolean {
  if (point.kind !== "wsgi" && point.kind !== "asgi") return false;
  const role = selectedEntry(context, point)?.module.role;
  if (role === "development" || role === "test") return true;
  return deploymentFiles(context.snapshot).some(({ text }) => apacheScripts(text).length > 1);
}

function setdefaultFix(
  context: RuleContext,
  { file, range }: EntryPoint,
): FixOf<typeof settingsModuleHardAssigned> | undefined {
  const { ast, text = "" } = context.source(file) ?? {};
  const statement = [...allStatements(ast?.body ?? [], "everything")].find(
    (one) => one.kind === "Assign" && contains(one.value, range),
  );
  const target = statement?.kind === "Assign" && statement.targets.length === 1 ? statement.targets[0] : undefined;
  if (statement?.kind !== "Assign" || target?.kind !== "Subscript") return undefined;
  const written = (node: { readonly start: number; readonly end: number }): string => text.slice(node.start, node.end);
  const call = `${written(target.value)}.setdefault(${written(target.slice)}, ${written(statement.value)})`;
  return { id: "setdefault", edit: (edit) => edit.replace(file, statement, call) };
}
