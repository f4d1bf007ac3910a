import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { createServer, type Server } from "./client";
import { registerCommands } from "./commands";
import { whenDjangoIsFound } from "./djangoWorkspace";
import { readFilesFor } from "./files";
import { registerPages } from "./pages";
import { registerPlaces } from "./places";
import { registerSettingsView } from "./settingsView";
import { registerStatus } from "./status";
import { registerWebviewPages } from "./webviewPages";

/** Registers all that the extension offers, and starts the server as soon as a Django project is found. */
export function startExtension(
  context: ExtensionContext,
  client: BaseLanguageClient,
  output: LogOutputChannel,
): Server {
  const server = createServer(client, output);
  context.subscriptions.push(output, ...readFilesFor(client));
  registerPages(context, server);
  registerCommands(context, server, output);
  registerPlaces(context);
  registerSettingsView(context, server);
  registerWebviewPages(context, server);
  registerStatus(context, server);
  whenDjangoIsFound(context, () => void server.start());
  return server;
}
