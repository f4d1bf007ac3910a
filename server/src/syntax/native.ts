import { parseModule } from "./lower";
import type { Parser } from "./parser";
import type { SourceTree, BackendNode } from "./tree";

/**
 * The Node-API version that the published binaries of `tree-sitter` 0.25.1 are built for. A host with less (Node before
 * 22.14, Electron with such a Node) does not refuse them: the process crashes. So it has to be asked before loading.
 */
const REQUIRED_NODE_API = 10;

/** The text is handed over in pieces: asked for the whole rest each time, a long text would be copied over and over. */
const PIECE_LENGTH = 16_384;

/** What is used of the native binding. It is required at run time because it is optional. */
interface NativeTreeSitter {
  new (): {
    setLanguage(language: unknown): void;
    parse(input: (offset: number) => string): { readonly rootNode: BackendNode };
  };
}

/**
 * A parser that works on the native binding, or `undefined` where that is not safe or not installed: the caller then takes
 * the WebAssembly build.
 *
 * @param load - Requires a package by name (Node's `require`); what it throws is taken as "not installed".
 * @param nodeApi - `process.versions.napi`.
 */
export function createNativeParser(load: (name: string) => unknown, nodeApi: string | undefined): Parser | undefined {
  if (!(Number(nodeApi) >= REQUIRED_NODE_API)) return undefined;
  try {
    const TreeSitter = load("tree-sitter") as NativeTreeSitter;
    const parser = new TreeSitter();
    parser.setLanguage(load("tree-sitter-python"));
    const read = (text: string): SourceTree => {
      const tree = parser.parse((offset) => text.slice(offset, offset + PIECE_LENGTH));
      // The binding frees a tree when the garbage collector takes its wrapper; there is nothing to call.
      return { root: tree.rootNode, release: () => undefined };
    };
    return { backend: "native", parse: (text) => parseModule(text, read) };
  } catch {
    return undefined;
  }
}
