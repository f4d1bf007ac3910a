import { browserConnection } from "../lsp/browserConnection";
import { UNDISTURBED } from "../base/turns";
import { startServer } from "../lsp/server";
import type { InitializationOptions } from "../protocol";
import { rules } from "../rules/index";
import type { Parser } from "../syntax/parser";
import { createWasmParser } from "../syntax/wasm";

// The language server as a web worker: the client reads files for it.

startServer(browserConnection(self), {
  rules,
  version: "browser",
  loadParser,
  // A worker receives messages only between computations.
  turns: { ...UNDISTURBED, pause: () => new Promise((resolve) => void setTimeout(resolve, 0)) },
});

/** A worker cannot read the extension's files: the client hands the WebAssembly over. */
async function loadParser(options: InitializationOptions | undefined): Promise<Parser> {
  if (options?.wasm === undefined) throw new Error("the client handed over no WebAssembly");
  return createWasmParser({ runtime: options.wasm.runtime, grammar: options.wasm.python });
}
