// One start of the parser in a process of its own, as a bundle: prints how long its steps took, in milliseconds.
// Arguments: wasm or native, the repository's folder.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createNativeParser } from "../../server/src/syntax/native";
import type { Parser } from "../../server/src/syntax/parser";
import { createWasmParser } from "../../server/src/syntax/wasm";

/** What one start prints: each step's time, and `total` from Node being ready to run code to the first tree. */
export interface SyntaxStart {
  readonly load: number;
  readonly create: number;
  readonly firstParse: number;
  readonly total: number;
}

const SOURCE = 'DEBUG = env.bool("DEBUG", default=False)\nif DEBUG:\n    INSTALLED_APPS += ["debug_toolbar"]\n'.repeat(
  100,
);

async function createParser(backend: string, root: string): Promise<Parser> {
  const require = createRequire(join(root, "package.json"));
  if (backend === "native") {
    const native = createNativeParser(require, process.versions["napi"]);
    if (!native) throw new Error("the native parser cannot be loaded");
    return native;
  }
  const runtime = readFileSync(join(root, "node_modules/web-tree-sitter/tree-sitter.wasm"));
  const grammar = readFileSync(join(root, "node_modules/tree-sitter-python/tree-sitter-python.wasm"));
  return createWasmParser({ runtime, grammar });
}

async function main(): Promise<void> {
  const started = performance.nodeTiming.bootstrapComplete;
  const loaded = performance.now();
  const parser = await createParser(process.argv[2] ?? "wasm", process.argv[3] ?? process.cwd());
  const created = performance.now();
  parser.parse(SOURCE);
  const parsed = performance.now();
  const times: SyntaxStart = {
    load: loaded - started,
    create: created - loaded,
    firstParse: parsed - created,
    total: parsed - started,
  };
  process.stdout.write(JSON.stringify(times));
}

void main();
