import { type ExtensionContext, Uri, window, workspace } from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import { clientId, displayName, languageClientOptions, type Server } from "./client";
import { startExtension } from "./start";

let server: Server | undefined;

/** Called by VS Code in the web worker extension host: the server is a worker, and is handed its WebAssembly. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel(displayName, { log: true });
  const file = (name: string): Uri => Uri.joinPath(context.extensionUri, "dist", name);
  const [script, runtime, python] = await Promise.all([
    workerAddress(file("browserServer.js")),
    workspace.fs.readFile(file("tree-sitter.wasm")),
    workspace.fs.readFile(file("tree-sitter-python.wasm")),
  ]);
  let worker: Worker | undefined;
  // A server that was shut down serves nobody any more: each start has a worker of its own.
  const start = (): Promise<{ reader: BrowserMessageReader; writer: BrowserMessageWriter }> => {
    worker?.terminate();
    worker = new Worker(script);
    return Promise.resolve({ reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) });
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  const options = languageClientOptions(output, { readsFiles: true, wasm: { runtime, python } });
  server = startExtension(context, new LanguageClient(clientId, displayName, start, options), output);
}

/** Where a worker's script can be started from. The host refuses workers from remote addresses, hence the blob. */
async function workerAddress(script: Uri): Promise<string> {
  if (script.scheme !== "vscode-remote") return script.toString(true);
  const bytes = await workspace.fs.readFile(script);
  return URL.createObjectURL(new Blob([bytes.slice().buffer], { type: "application/javascript" }));
}

/** Called by VS Code before the extension host ends. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
