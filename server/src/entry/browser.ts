import { browserConnection } from "../lsp/browserConnection";
import { UNDISTURBED } from "../base/turns";
import { startServer } from "../lsp/server";
import type { FileSystem } from "../project/files";
import type { InitializationOptions } from "../protocol";
import { rules } from "../rules/index";
import type { Parser } from "../syntax/parser";
import { createWasmParser } from "../syntax/wasm";

// The language server as a web worker. It cannot read files yet: the protocol has no request by which the client would
// read them for it. Until then it explains rules and reports no findings.

/** No file can be read and no folder listed. */
const noFiles: FileSystem = {
  read: () => Promise.resolve({ ok: false, reason: "unreadable", detail: "not possible in the browser yet" }),
  list: () => Promise.resolve({ ok: false, reason: "unreadable", detail: "not possible in the browser yet" }),
  realPath: (path) => Promise.resolve(path),
};

startServer(browserConnection(self), {
  files: noFiles,
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
