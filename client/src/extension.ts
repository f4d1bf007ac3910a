import { type ExtensionContext, window } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { clientId, displayName, languageClientOptions, type Server } from "./client";
import { workspaceScheme } from "./files";
import { startExtension } from "./start";

let server: Server | undefined;

/** Called by VS Code in the Node extension host: the server is a process of its own. */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel(displayName, { log: true });
  const run = { module: context.asAbsolutePath("dist/server.js"), transport: TransportKind.stdio };
  const options = languageClientOptions(output, { readsFiles: workspaceScheme() !== "file" });
  server = startExtension(context, new LanguageClient(clientId, displayName, { run, debug: run }, options), output);
}

/** Called by VS Code before the extension host ends. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
