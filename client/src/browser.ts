import { type ExtensionContext, Uri, window, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
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

/** Called by VS Code in the web worker extension host: the server is a worker, and is handed its WebAssembly. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel(displayName, { log: true });
  const file = (name: string): Uri => Uri.joinPath(context.extensionUri, "dist", name);
  const [worker, runtime, python] = await Promise.all([
    startWorker(file("browserServer.js")),
    workspace.fs.readFile(file("tree-sitter.wasm")),
    workspace.fs.readFile(file("tree-sitter-python.wasm")),
  ]);
  const options = languageClientOptions(output, {
    canExplainRule: true,
    canShowPlaces: true,
    wasm: { runtime, python },
  });
  const client = new LanguageClient(clientId, displayName, worker, options);

  const running = createServer(client, output, stateChangedNotification);
  server = running;
  context.subscriptions.push(output, { dispose: () => worker.terminate() });
  registerPages(context, running);
  registerCommands(context, running, output);
  registerPlaces(context);
  registerSettingsView(context, running);
  registerWebviewPages(context, running);
  registerStatus(context, running);
  whenDjangoIsFound(context, () => void running.start());
}

/** Starts a worker from the extension's files. The host refuses workers from remote addresses, hence the blob. */
async function startWorker(script: Uri): Promise<Worker> {
  if (script.scheme !== "vscode-remote") return new Worker(script.toString(true));
  const bytes = await workspace.fs.readFile(script);
  const blob = new Blob([bytes.slice().buffer], { type: "application/javascript" });
  return new Worker(URL.createObjectURL(blob));
}

/** Called by VS Code before the extension host ends. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
