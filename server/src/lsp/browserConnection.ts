import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  type Connection,
} from "vscode-languageserver/browser";

/** A connection to the page that started this worker. */
export function browserConnection(worker: ConstructorParameters<typeof BrowserMessageReader>[0]): Connection {
  return createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
}
