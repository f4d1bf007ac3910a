import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Parser } from "../../server/src/syntax/parser";
import { createWasmParser } from "../../server/src/syntax/wasm";
import type { WasmFiles } from "../../server/src/syntax/wasm";

const resolver = createRequire(__filename);

/** The two WebAssembly files as they stand in node_modules. */
export function readWasmFiles(): WasmFiles {
  const grammar = join(dirname(resolver.resolve("tree-sitter-python/package.json")), "tree-sitter-python.wasm");
  return {
    runtime: readFileSync(resolver.resolve("web-tree-sitter/tree-sitter.wasm")),
    grammar: readFileSync(grammar),
  };
}

let parser: Promise<Parser> | undefined;

/** The parser that tests use; made once a process. */
export function testParser(): Promise<Parser> {
  parser ??= createWasmParser(readWasmFiles());
  return parser;
}
