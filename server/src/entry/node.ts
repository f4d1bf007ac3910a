import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { nodeConnection } from "../lsp/nodeConnection";
import { startServer } from "../lsp/server";
import { rules } from "../rules/index";
import type { Parser } from "../syntax/parser";
import { createWasmParser } from "../syntax/wasm";
import { nodeFileSystem } from "./nodeFileSystem";

// The language server as a process: `node dist/server.js --stdio`, or `--node-ipc` below VS Code.

startServer(nodeConnection(), {
  files: nodeFileSystem,
  rules,
  version: readVersion(),
  loadParser,
  pause: () => new Promise((resolve) => void setImmediate(resolve)),
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
