import { type ExtensionContext, Uri, window, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { clientId, displayName, languageClientOptions, type Server } from "./client";
import { startExtension } from "./start";

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
  context.subscriptions.push({ dispose: () => worker.terminate() });
  const options = languageClientOptions(output, { readsFiles: true, wasm: { runtime, python } });
  server = startExtension(context, new LanguageClient(clientId, displayName, worker, options), output);
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
