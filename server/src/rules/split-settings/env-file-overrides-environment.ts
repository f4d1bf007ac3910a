import type { FilePath } from "../../base/path";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { isForProduction } from "../../lint/production";
import type { EntryPointKind } from "../../project/model";
import type { Module } from "../../syntax/ast";
import { loadsAnywhere } from "../questions/environment/envFileLoaders";
import doc from "./env-file-overrides-environment.md";

export const envFileOverridesEnvironment = defineRule({
  id: "env-file-overrides-environment",
  category: "split-settings",
  severity: "info",
  audience: "production",
  messages: {
    wins: "{call} prefers the .env file to the environment: with a stray file beside the code, {environment} gets a developer's values in {module} instead of its own. Drop {argument}=True.",
    deployed:
      "{call} prefers the .env file to the environment: deployment files set variables for {environment}, and a stray file beside the code replaces them in {module}. Drop {argument}=True.",
  },
  fixes: { drop: { safety: "unsafe", title: "Let the environment win" } },
  doc,

  check(context) {
    const { project, report } = context;
    const isDeployed = project.deployedVariables.some(isForProduction);
    for (const file of filesThatLoad(context)) {
      const ast = astOf(context, file);
      for (const { label, override } of ast === undefined ? [] : loadsAnywhere(ast)) {
        if (override === undefined) continue;
        report({
          message: isDeployed ? "deployed" : "wins",
          values: { call: label, argument: override.name ?? "" },
          at: siteOf(file, override),
          severity: isDeployed ? "warning" : "info",
          fixes: [{ id: "drop", edit: (edit) => edit.deleteElement(file, override) }],
        });
      }
    }
  },
});

/** The settings files, and the project's programs that may load the file before them: manage.py, wsgi.py and their like. */
function filesThatLoad({ evaluation, project }: RuleContext): readonly FilePath[] {
  const programs = project.entryPoints.flatMap(({ kind, file }) => (PROGRAMS.has(kind) ? [file] : []));
  return [...new Set([...evaluation.files, ...programs])];
}

const PROGRAMS: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>(["manage.py", "wsgi", "asgi", "celery"]);

function astOf({ source, snapshot }: RuleContext, file: FilePath): Module | undefined {
  const known = source(file);
  if (known !== undefined) return known.ast;
  const parsed = snapshot.parse(file);
  return parsed.ok ? parsed.module : undefined;
}
