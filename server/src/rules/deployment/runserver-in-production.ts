import { defineRule, siteOf } from "../../lint/rule";
import { deploymentFiles, type DeploymentFile } from "../../project/deploymentFiles";
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
      const match = isForProduction(file) ? commandOf(file) : null;
      if (match === null) continue;
      const [text] = match;
      const start = match.index + text.indexOf("runserver");
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

/** The command that serves; `web:` in a Procfile, and no comment. */
function commandOf({ relative, text }: DeploymentFile): RegExpExecArray | null {
  // A script that can start both chooses by a variable.
  if (/\b(?:gunicorn|uvicorn|daphne|uwsgi|granian|hypercorn|waitress)\b/.test(text)) return null;
  return /(?:^|\/)Procfile$/.test(relative)
    ? /^web[ \t]*:[^\n#]*\brunserver(?:_plus)?\b/m.exec(text)
    : /^[^\n#]*manage\.py[^\n#]{0,20}\brunserver(?:_plus)?\b/m.exec(text);
}
