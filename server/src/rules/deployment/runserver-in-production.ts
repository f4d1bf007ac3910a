import { baseName, joinPath, parentPath, relativePath } from "../../base/path";
import { nodeAt, readTrees, textOf } from "../../documents/tree";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import { deploymentFiles, type DeploymentFile } from "../../project/deploymentFiles";
import { runserverIn, serverOf } from "../../project/entryPoints/startCommand";
import { usageOfName, usageOfPath } from "../../project/nameWords";
import type { Site } from "../../python/values/value";
import { isForProduction, withoutComments } from "../questions/servers/deployedLines";
import { composeServices, mountsFolder, type ComposeService } from "../questions/splits/composeServices";
import doc from "./runserver-in-production.md";

type Context = ContextOf<typeof runserverInProduction>;

export const runserverInProduction = defineRule({
  id: "runserver-in-production",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    runserver:
      "runserver serves production here: it is made for development, answers one request after the other in some setups, and its documentation warns of it. Use gunicorn, uvicorn or another server.",
    selected:
      "runserver serves {module} here, which is for production: it is made for development, and with DEBUG off it serves no static files either. Use gunicorn, uvicorn or another server.",
    compose:
      "runserver serves the site here: the code is in the image, as where it is deployed, and its documentation warns of serving a site with it. Start gunicorn, uvicorn or another server, if the file is for more than a developer's machine.",
    image:
      "runserver is all that this image starts: nothing here starts another server, and its documentation warns of serving a site with it. Start gunicorn, uvicorn or another server, if the image is deployed.",
  },
  doc,

  check(context) {
    const files = deploymentFiles(context.snapshot);
    for (const file of files) {
      const site = isForProduction(file) ? (placeOf(file) ?? placeInScript(context, files, file)) : undefined;
      if (site !== undefined) context.report({ message: "runserver", at: site });
    }
    if (!checkSelected(context)) checkUntold(context, files);
  },
});

/** A compose file whose name says nothing, with a service that selects settings for production, and DEBUG off, by their name. */
function checkSelected(context: Context): boolean {
  for (const service of composeServices(context)) {
    const usage = usageOfPath(relativePath(context.snapshot.listing.root, service.file));
    const entry = context.entries.find(({ module }) => module.name === service.settings?.value);
    if (usage !== undefined || entry?.module.role !== "production") continue;
    const isOff = context.settingOf(entry, "DEBUG").certainly((value) => value.kind === "bool" && !value.value);
    const site = isOff ? siteOfCommand(context, service) : undefined;
    if (site === undefined) continue;
    context.report({ message: "selected", values: { module: entry.module.name }, at: site });
    return true;
  }
  return false;
}

/** Files whose names do not say what they are for, where what manage.py selects is for production, and no server is started. */
function checkUntold(context: Context, files: readonly DeploymentFile[]): void {
  const isManaged = context.project.modules.some(
    ({ role, entryPoints }) =>
      role !== "development" && role !== "test" && entryPoints.some(({ kind }) => kind === "manage.py"),
  );
  const isServed = (file: DeploymentFile): boolean =>
    isForProduction(file) ||
    (!LISTS_DEPENDENCIES.test(file.relative) && serverOf(withoutComments(file.text)) !== undefined);
  if (!isManaged) return;
  const servesElsewhere = files.some(isServed);
  for (const file of servesElsewhere ? [] : files.filter(isPlainImage)) {
    const started = lastCommand(file);
    const site = started && (siteOfRunserver(file, started) ?? siteInScript(files, started.text));
    if (site !== undefined) return context.report({ message: "image", at: site, severity: "info" });
  }
  checkCompose(context, servesElsewhere ? /(?:^|[:-])(?:80|443)\}?:/ : /./);
}

/**
 * A compose file with the code in its image: on a developer's machine, the code is mounted, so that edits show. Beside a
 * server that another file starts, only one that takes visitors at the ports of the web.
 */
function checkCompose(context: Context, ports: RegExp): void {
  for (const service of composeServices(context)) {
    const usage = usageOfPath(relativePath(context.snapshot.listing.root, service.file));
    const isPlain = usage === undefined && usageOfName(service.name) === undefined;
    if (!isPlain || mountsFolder(service) || !service.publishedPorts.some(({ text }) => ports.test(text))) continue;
    const site = siteOfCommand(context, service);
    if (site !== undefined) return context.report({ message: "compose", at: site, severity: "info" });
  }
}

/** Where the command of a service has `runserver`. */
function siteOfCommand({ snapshot }: Context, { file, commandRange: range }: ComposeService): Site | undefined {
  const text = range && snapshot.text(file)?.slice(range.start, range.end);
  return range && siteOfRunserver({ path: file }, { text: text ?? "", start: range.start });
}

/** A command, and where it begins. */
interface Command {
  readonly text: string;
  readonly start: number;
}

/** What an image starts: the last CMD or ENTRYPOINT of its Dockerfile. */
function lastCommand({ text }: DeploymentFile): Command | undefined {
  const code = withoutComments(text);
  const last = [...code.matchAll(/^[ \t]*(?:CMD|ENTRYPOINT)\b(?:.*\\\r?\n)*.*$/gim)].at(-1);
  return last && { text: last[0], start: last.index };
}

function siteOfRunserver({ path }: Pick<DeploymentFile, "path">, { text, start }: Command): Site | undefined {
  const at = runserverIn(text);
  return at === undefined ? undefined : siteOf(path, { start: start + at, end: start + at + "runserver".length });
}

/** Where the script that a command runs has `runserver`; a script that can start a server, too, chooses by a variable. */
function siteInScript(files: readonly DeploymentFile[], command: string): Site | undefined {
  const words = command.split(/[\s"',[\]/]+/).filter((word) => word.toUpperCase() !== "ENTRYPOINT");
  const name = words.find((word) => /\.sh$|entrypoint/.test(word));
  const named = name === undefined ? [] : files.filter(({ path }) => baseName(path) === name);
  const [script] = named;
  if (script === undefined || named.length > 1 || serverOf(script.text) !== undefined) return undefined;
  return siteOfRunserver(script, { text: withoutComments(script.text), start: 0 });
}

/** The same for the `web` process of a Procfile, also through a script of package.json. */
function placeInScript(
  { snapshot }: Context,
  files: readonly DeploymentFile[],
  file: DeploymentFile,
): Site | undefined {
  const web = isProcfile(file) ? /^web[ \t]*:(.*)/m.exec(file.text) : null;
  if (web === null) return undefined;
  const [, npm] = /\b(?:npm|yarn|pnpm)(?:[ \t]+run)?[ \t]+([\w:-]+)/.exec(web[1] ?? "") ?? [];
  if (npm === undefined) return siteInScript(files, web[1] ?? "");
  const manifest = joinPath(parentPath(file.path), "package.json");
  const [root] = readTrees(manifest, snapshot.text(manifest) ?? "") ?? [];
  const starts = runserverIn(textOf(nodeAt(root, "scripts", npm)) ?? "") !== undefined;
  return starts ? siteOf(file.path, { start: web.index, end: web.index + web[0].length }) : undefined;
}

/** A server among the dependencies is not started by that. */
const LISTS_DEPENDENCIES = /(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini)$/;

function isPlainImage({ relative }: DeploymentFile): boolean {
  return /(?:^|\/)(?:Dockerfile|Containerfile)$/.test(relative) && usageOfPath(relative) === undefined;
}

/** Where the command that serves has `runserver`; the `web` process of a Procfile, and no comment. */
function placeOf(file: DeploymentFile): Site | undefined {
  const { path, text } = file;
  // A script that can start both chooses by a variable.
  if (serverOf(text) !== undefined) return undefined;
  const isProcess = isProcfile(file);
  let start = 0;
  for (const line of text.split("\n")) {
    const [code = ""] = line.split("#", 1);
    const at = isProcess && !/^web[ \t]*:/.test(code) ? undefined : runserverIn(code);
    if (at !== undefined) return siteOfRunserver({ path }, { text: code, start });
    start += line.length + 1;
  }
  return undefined;
}

function isProcfile({ relative }: DeploymentFile): boolean {
  return /(?:^|\/)Procfile$/.test(relative);
}
