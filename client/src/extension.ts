import { type ExtensionContext, window } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { stateChangedNotification } from "../../server/src/protocol";
import { clientId, createServer, displayName, languageClientOptions, type Server } from "./client";
import { registerCommands } from "./commands";
import { whenDjangoIsFound } from "./djangoWorkspace";
import { registerPages } from "./pages";
import { registerPlaces } from "./places";
import { registerSettingsView } from "./settingsView";
import { registerStatus } from "./status";
import { registerWebviewPages } from "./webviewPages";

let server: Server | undefined;

/** Called by VS Code in the Node extension host: the server is a process of its own. */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel(displayName, { log: true });
  const run = { module: context.asAbsolutePath("dist/server.js"), transport: TransportKind.stdio };
  const options = languageClientOptions(output, { canExplainRule: true, canShowPlaces: true });
  const client = new LanguageClient(clientId, displayName, { run, debug: run }, options);

  const running = createServer(client, output, stateChangedNotification);
  server = running;
  context.subscriptions.push(output);
  registerPages(context, running);
  registerCommands(context, running, output);
  registerPlaces(context);
  registerSettingsView(context, running);
  registerWebviewPages(context, running);
  registerStatus(context, running);
  whenDjangoIsFound(context, () => void running.start());
}

/** Called by VS Code before the extension host ends. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
