import { baseName, parentPath, type FilePath } from "../../base/path";
import { contains } from "../../base/text";
import { defineRule, siteOf, type FixOf, type RuleContext } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import { apacheScripts } from "../../project/entryPoints/apache";
import type { EntryPoint } from "../../project/model";
import { allStatements } from "../../syntax/statements";
import { pointSite } from "../questions/splits/entryPoints";
import doc from "./mod-wsgi-setdefault.md";

export const modWsgiSetdefault = defineRule({
  id: "mod-wsgi-setdefault",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    shared:
      'DJANGO_SETTINGS_MODULE may be another site\'s here: {other} serves several sites in one mod_wsgi process, whose environment they share, and setdefault() keeps what the first of them has set. Assign os.environ["DJANGO_SETTINGS_MODULE"], or give each site a WSGIDaemonProcess of its own.',
  },
  fixes: { assign: { safety: "unsafe", title: "Assign DJANGO_SETTINGS_MODULE" } },
  doc,

  check(context) {
    const points = context.project.entryPoints.filter(({ kind, form }) => kind === "wsgi" && form === "setdefault");
    if (points.length === 0) return;
    for (const { path, relative, text } of deploymentFiles(context.snapshot)) {
      const scripts = apacheScripts(text);
      if (scripts.length < 2 || SEPARATES.test(text)) continue;
      for (const point of points) {
        const own = scripts.find((script) => isScript(script.path, point.file));
        const other = own && scripts.find((script) => !isSameSite(points, script.path, own.path, point));
        if (other === undefined) continue;
        context.report({
          message: "shared",
          values: { other: relative },
          at: pointSite(point),
          chain: [{ site: siteOf(path, other.range), text: `${relative} serves another site in the same process.` }],
          fixes: [assignFix(context, point)],
        });
      }
    }
  },
});

/** Any process that is named: which site gets which is not worked out. Errs towards silence. */
const SEPARATES = /^[ \t]*WSGIProcessGroup\b|\bprocess-group=/im;

/** The place on the server has another root; the package and the file's name are those of the workspace. */
function isScript(script: string, file: FilePath): boolean {
  return script.endsWith(`/${baseName(parentPath(file))}/${baseName(file)}`);
}

/** One script for two hosts or ports, or two scripts that select the same module. */
function isSameSite(points: readonly EntryPoint[], script: string, own: string, { value }: EntryPoint): boolean {
  return script === own || points.some((point) => isScript(script, point.file) && point.value === value);
}

function assignFix(context: RuleContext, { file, range }: EntryPoint): FixOf<typeof modWsgiSetdefault> | undefined {
  const { ast, text = "" } = context.source(file) ?? {};
  const statement = [...allStatements(ast?.body ?? [], "everything")].find(
    (one) => one.kind === "Expr" && contains(one, range),
  );
  const call = statement?.kind === "Expr" && statement.value.kind === "Call" ? statement.value : undefined;
  const [name, value, ...more] = call?.args ?? [];
  if (call?.func.kind !== "Attribute" || name === undefined || value === undefined || more.length > 0) return undefined;
  const written = (node: { readonly start: number; readonly end: number }): string => text.slice(node.start, node.end);
  const assignment = `${written(call.func.value)}[${written(name)}] = ${written(value)}`;
  return { id: "assign", edit: (edit) => edit.replace(file, call, assignment) };
}
