// First: the thread that reads starts while the rest is loaded.
import { input } from "./clientInput";
import { Console } from "node:console";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { NodeConnection } from "../lsp/nodeConnection";
import { startServer } from "../lsp/server";
import { rules } from "../rules/index";
import type { Parser } from "../syntax/parser";
import { createWasmParser } from "../syntax/wasm";
import { nodeFileSystem } from "./nodeFileSystem";

// The language server as a process that speaks over standard input and output: `node dist/server.js --stdio`.

// Standard output belongs to the protocol.
globalThis.console = new Console(process.stderr, process.stderr);

const client = new NodeConnection(input, process.stdout, (wasShutDown) => process.exit(wasShutDown ? 0 : 1));

startServer(client.connection, {
  files: nodeFileSystem,
  rules,
  version: readVersion(),
  loadParser,
  turns: client,
  answerWhileBusy: (answerNow) => (client.gate.answerNow = answerNow),
  watchClient: (processId) => input.watchClient(processId),
});

/** The WebAssembly files stand beside the bundle. */
async function loadParser(): Promise<Parser> {
  const [runtime, grammar] = await Promise.all([
    readFile(join(__dirname, "tree-sitter.wasm")),
    readFile(join(__dirname, "tree-sitter-python.wasm")),
  ]);
  return createWasmParser({ runtime, grammar });
}

/** The package's version; the bundle stands in `dist/`, one folder below package.json. */
function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));
  const isNamed = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isNamed && typeof manifest.version === "string" ? manifest.version : "0.0.0";
}
