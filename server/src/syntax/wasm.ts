import { Language, Parser as TreeSitter } from "web-tree-sitter";
import { parseModule } from "./lower";
import type { Parser } from "./parser";
import type { SourceTree } from "./tree";

/** The bytes of `web-tree-sitter/tree-sitter.wasm` and of `tree-sitter-python/tree-sitter-python.wasm`. */
export interface WasmFiles {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

let initialised: Promise<void> | undefined;

/**
 * A parser that works on the WebAssembly build of tree-sitter. Rejects when the bytes are not WebAssembly that the host can
 * compile. The runtime is set up once a process; one tree-sitter parser serves all calls, and every tree is deleted.
 */
export async function createWasmParser(wasm: WasmFiles): Promise<Parser> {
  initialised ??= TreeSitter.init({
    wasmBinary: wasm.runtime,
    // Without it the glue code builds a URL from import.meta.url, which does not exist in a bundled or blob worker.
    locateFile: (file: string) => file,
  });
  await initialised;
  const language = await Language.load(wasm.grammar);
  const parser = new TreeSitter();
  parser.setLanguage(language);
  const read = (text: string): SourceTree => {
    const tree = parser.parse(text);
    if (!tree) throw new Error("tree-sitter gave no tree");
    return { root: tree.rootNode, release: () => tree.delete() };
  };
  return { backend: "wasm", parse: (text) => parseModule(text, read) };
}
