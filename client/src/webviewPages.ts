import { commands, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import {
  type EffectiveSettingsResult,
  type EnvironmentInfo,
  effectiveSettingsRequest,
  type GraphResult,
  graphRequest,
  type ProjectSettings,
  revealSettingCommand,
  type VariablesResult,
  variablesRequest,
} from "../../server/src/protocol";
import type { Server } from "./client";
import { openPlace } from "./places";
import { changeRole } from "./roles";
import type { Comparison, FromPage, ToPage } from "./webview/messages";

/** Milliseconds that edits may follow each other before a page is drawn again. */
const calm = 150;

const comparePage = "djangoSettingsLint.compare";
const graphPage = "djangoSettingsLint.graph";
const variablesPage = "djangoSettingsLint.variables";

/** Registers the pages that compare two environments, draw the settings graph and list environment variables. */
export function registerWebviewPages(context: ExtensionContext, server: Server): void {
  const compare = (panel: WebviewPanel, shown: Comparison): void => {
    let current = shown;
    serve(context, server, panel, async (message) => {
      if (message?.type === "compare") current = message.shown;
      return comparison(server, current);
    });
  };
  const graph = (panel: WebviewPanel): void => serve(context, server, panel, async () => drawing(server));
  const variables = (panel: WebviewPanel): void => serve(context, server, panel, async () => variableList(server));
  context.subscriptions.push(
    commands.registerCommand("djangoSettingsLint.compareEnvironments", () =>
      compare(newPanel(context, comparePage, "Compare Environments"), NOTHING_CHOSEN),
    ),
    commands.registerCommand("djangoSettingsLint.showGraph", () =>
      graph(newPanel(context, graphPage, "Settings Graph")),
    ),
    commands.registerCommand("djangoSettingsLint.showVariables", () =>
      variables(newPanel(context, variablesPage, "Environment Variables")),
    ),
    window.registerWebviewPanelSerializer(comparePage, {
      deserializeWebviewPanel: async (panel, state: Comparison | undefined) => compare(panel, state ?? NOTHING_CHOSEN),
    }),
    window.registerWebviewPanelSerializer(graphPage, { deserializeWebviewPanel: async (panel) => graph(panel) }),
    window.registerWebviewPanelSerializer(variablesPage, {
      deserializeWebviewPanel: async (panel) => variables(panel),
    }),
  );
}

const NOT_RUNNING: ToPage = { type: "nothing", text: "The server is not running." };
const NOTHING_CHOSEN: Comparison = { root: "", left: "", right: "" };

function newPanel(context: ExtensionContext, type: string, title: string): WebviewPanel {
  return window.createWebviewPanel(type, title, ViewColumn.Active, {
    enableFindWidget: true,
    localResourceRoots: roots(context),
  });
}

function roots({ extensionUri }: ExtensionContext): readonly Uri[] {
  return [Uri.joinPath(extensionUri, "dist"), Uri.joinPath(extensionUri, "client", "media")];
}

/** Fills a panel with what `answer` gives: when it is ready, when it asks, and when the server has news. */
function serve(
  context: ExtensionContext,
  server: Server,
  panel: WebviewPanel,
  answer: (message: FromPage | undefined) => Promise<ToPage>,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStale = false;
  const show = async (message?: FromPage): Promise<void> => {
    isStale = false;
    await server.start();
    const told = await answer(message);
    await panel.webview.postMessage(told);
  };
  const outdated = (): void => {
    isStale = true;
    clearTimeout(timer);
    timer = setTimeout(() => void (panel.visible ? show() : undefined), calm);
  };
  const forget = [server.onChange(outdated), server.onSettingsChange(outdated)];
  panel.onDidChangeViewState(() => void (panel.visible && isStale ? show() : undefined));
  panel.onDidDispose(() => {
    clearTimeout(timer);
    forget.forEach((each) => each.dispose());
  });
  panel.webview.onDidReceiveMessage((message: FromPage) => {
    if (message.type === "open") void openPlace(message.place);
    else if (message.type === "setting") void commands.executeCommand(revealSettingCommand, message.root, message.name);
    else if (message.type === "role") void changeRole(server, message.root, message.module);
    else void show(message);
  });
  panel.webview.options = { enableScripts: true, localResourceRoots: roots(context) };
  panel.webview.html = html(context, panel);
}

/** A page without content of its own: its script draws what it is sent, and nothing else may run or be loaded. */
function html({ extensionUri }: ExtensionContext, { webview, title }: WebviewPanel): string {
  const script = webview.asWebviewUri(Uri.joinPath(extensionUri, "dist", "pages.js")).toString();
  const style = webview.asWebviewUri(Uri.joinPath(extensionUri, "client", "media", "pages.css")).toString();
  const policy = `default-src 'none'; script-src ${webview.cspSource}; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}">
<title>${title}</title>
</head>
<body><main></main><script src="${script}"></script></body>
</html>`;
}

async function comparison(server: Server, wanted: Comparison): Promise<ToPage> {
  const all = await server.request<EffectiveSettingsResult>(effectiveSettingsRequest, {});
  if (all === undefined) return NOT_RUNNING;
  const projects = all.projects.filter(({ environments }) => environments.length > 1);
  const project = projects.find(({ root }) => root === wanted.root) ?? projects[0];
  if (project === undefined)
    return { type: "nothing", text: "No project of this workspace has two settings modules to compare." };
  const shown = completed(project, wanted);
  const params = { project: project.root, environments: [shown.left, shown.right] };
  const two = await server.request<EffectiveSettingsResult>(effectiveSettingsRequest, params);
  const settings = two?.projects[0]?.settings ?? [];
  return {
    type: "comparison",
    shown,
    projects: projects.map((each) => ({ ...each, settings: each === project ? settings : [] })),
  };
}

/** An environment that is not chosen, or no longer there, is replaced: the first one, and one that is for something else. */
function completed({ root, environments }: ProjectSettings, wanted: Comparison): Comparison {
  const named = (module: string): EnvironmentInfo | undefined => environments.find((each) => each.module === module);
  const left = named(wanted.left) ?? environments[0];
  const others = environments.filter((each) => each !== left);
  const right = named(wanted.right) ?? others.find(({ role }) => role !== left?.role) ?? others[0];
  return { root, left: left?.module ?? "", right: right?.module ?? "" };
}

async function drawing(server: Server): Promise<ToPage> {
  const graph = await server.request<GraphResult>(graphRequest, {});
  return graph === undefined ? NOT_RUNNING : { type: "graph", graph };
}

async function variableList(server: Server): Promise<ToPage> {
  const result = await server.request<VariablesResult>(variablesRequest, {});
  return result === undefined ? NOT_RUNNING : { type: "variables", projects: result.projects };
}
