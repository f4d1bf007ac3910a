import { defineRule, siteOf } from "../../lint/rule";
import { deploymentFiles, type DeploymentFile } from "../../project/deploymentFiles";
import { runserverIn, serverOf } from "../../project/entryPoints/startCommand";
import { usageOfPath } from "../../project/nameWords";
import doc from "./runserver-in-production.md";

export const runserverInProduction = defineRule({
  id: "runserver-in-production",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    runserver:
      "runserver serves production here: it is made for development, answers one request after the other in some setups, and its documentation warns of it. Use gunicorn, uvicorn or another server.",
  },
  doc,

  check(context) {
    for (const file of deploymentFiles(context.snapshot)) {
      const start = isForProduction(file) ? placeOf(file) : undefined;
      if (start === undefined) continue;
      context.report({ message: "runserver", at: siteOf(file.path, { start, end: start + "runserver".length }) });
    }
  },
});

/** Files that are there for production, by their kind or name. A compose file or image without such a name serves developers, too. */
function isForProduction({ relative }: DeploymentFile): boolean {
  const usage = usageOfPath(relative);
  if (usage === "development" || usage === "test") return false;
  return usage === "production" || usage === "staging" || PLATFORM.test(relative);
}

const PLATFORM =
  /(?:^|\/)(?:Procfile|fly(?:\.[\w-]+)?\.toml|render\.ya?ml|app\.ya?ml|railway\.(?:json|toml)|nixpacks\.toml)$|\.service$/;

/** Where the command that serves has `runserver`; the `web` process of a Procfile, and no comment. */
function placeOf({ relative, text }: DeploymentFile): number | undefined {
  // A script that can start both chooses by a variable.
  if (serverOf(text) !== undefined) return undefined;
  const isProcfile = /(?:^|\/)Procfile$/.test(relative);
  let start = 0;
  for (const line of text.split("\n")) {
    const [code = ""] = line.split("#", 1);
    const at = isProcfile && !/^web[ \t]*:/.test(code) ? undefined : runserverIn(code);
    if (at !== undefined) return start + at;
    start += line.length + 1;
  }
  return undefined;
}
