import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf } from "../../lint/rule";
import { isForProduction } from "../../lint/production";
import type { Stmt } from "../../syntax/ast";
import { envFileLoaders } from "../questions/environment/envFileLoaders";
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
    const { evaluation, project } = context;
    const isDeployed = project.deployedVariables.some(isForProduction);
    for (const file of evaluation.files) {
      for (const { label, override, statement } of envFileLoaders(context, file)) {
        if (override === undefined || !runsAnywhere(statement)) continue;
        context.report({
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

/** No condition around but whether the file is there: others keep production out. */
function runsAnywhere(statement: Stmt): boolean {
  if (statement.kind !== "If") return ["Expr", "Try", "With", "Assign"].includes(statement.kind);
  let isAboutFile = false;
  let isOther = false;
  walk([statement.test], (node) => {
    if (node.kind === "Attribute" && /^(?:exists|isfile|is_file)$/.test(node.attr)) isAboutFile = true;
    if (node.kind === "BoolOp" || node.kind === "Compare" || node.kind === "UnaryOp") isOther = true;
  });
  return isAboutFile && !isOther;
}
