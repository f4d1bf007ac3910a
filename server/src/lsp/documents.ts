import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { FilePath } from "../base/path";
import type { Addresses } from "./addresses";

/** The documents that the editor has open, by path. Documents that are no files of the workspace's place are not kept. */
export class Documents {
  private readonly addresses: Addresses;
  private readonly open = new Map<FilePath, TextDocument>();

  constructor(addresses: Addresses) {
    this.addresses = addresses;
  }

  /** Gives the path when the document is one that counts. */
  didOpen({ textDocument }: DidOpenTextDocumentParams): FilePath | undefined {
    const path = this.addresses.path(textDocument.uri);
    if (path === undefined) return undefined;
    const { uri, languageId, version, text } = textDocument;
    this.open.set(path, TextDocument.create(uri, languageId, version, text));
    return path;
  }

  didChange({ textDocument, contentChanges }: DidChangeTextDocumentParams): FilePath | undefined {
    const path = this.addresses.path(textDocument.uri);
    const document = path === undefined ? undefined : this.open.get(path);
    if (path === undefined || document === undefined) return undefined;
    this.open.set(path, TextDocument.update(document, contentChanges, textDocument.version));
    return path;
  }

  didClose({ textDocument }: DidCloseTextDocumentParams): FilePath | undefined {
    const path = this.addresses.path(textDocument.uri);
    return path !== undefined && this.open.delete(path) ? path : undefined;
  }

  get(path: FilePath): TextDocument | undefined {
    return this.open.get(path);
  }

  paths(): readonly FilePath[] {
    return [...this.open.keys()];
  }

  /** The text as the analysis wants it: without a byte order mark, as files are read from disk. */
  text(path: FilePath): string | undefined {
    return this.open.get(path)?.getText();
  }
}
