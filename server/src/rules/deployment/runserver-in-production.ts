import { servesProduction } from "../../lint/context";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
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
    image:
      "runserver is all that this image starts: nothing here starts another server, and its documentation warns of serving a site with it. Start gunicorn, uvicorn or another server, if the image is deployed.",
  },
  doc,

  check(context) {
    const files = deploymentFiles(context.snapshot);
    for (const file of files) {
      const start = isForProduction(file) ? placeOf(file) : undefined;
      if (start === undefined) continue;
      context.report({ message: "runserver", at: siteOf(file.path, { start, end: start + "runserver".length }) });
    }
    checkImage(context, files);
  },
});

/** The image whose name does not say what it is for, where it runs what manage.py selects for production, and no server is started. */
function checkImage(context: ContextOf<typeof runserverInProduction>, files: readonly DeploymentFile[]): void {
  const isManaged = context.project.modules.some(
    ({ role, entryPoints }) => servesProduction(role) && entryPoints.some(({ kind }) => kind === "manage.py"),
  );
  const isServed = (file: DeploymentFile): boolean =>
    isForProduction(file) ||
    (!LISTS_DEPENDENCIES.test(file.relative) && serverOf(withoutComments(file.text)) !== undefined);
  if (!isManaged || files.some(isServed)) return;
  for (const file of files.filter(isPlainImage)) {
    const text = withoutComments(file.text);
    const last = [...text.matchAll(/^[ \t]*(?:CMD|ENTRYPOINT)\b(?:.*\\\r?\n)*.*$/gim)].at(-1);
    const at = last && runserverIn(last[0]);
    if (last === undefined || at === undefined) continue;
    const start = last.index + at;
    const site = siteOf(file.path, { start, end: start + "runserver".length });
    return context.report({ message: "image", at: site, severity: "info" });
  }
}

/** A server among the dependencies is not started by that. */
const LISTS_DEPENDENCIES = /(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini)$/;

function isPlainImage({ relative }: DeploymentFile): boolean {
  return /(?:^|\/)(?:Dockerfile|Containerfile)$/.test(relative) && usageOfPath(relative) === undefined;
}

/** The text with blanks in place of comments, so that offsets stay. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*#.*$/gm, (comment) => " ".repeat(comment.length));
}

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
