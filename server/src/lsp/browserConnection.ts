import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  type Connection,
} from "vscode-languageserver/browser";
import { Gate } from "./gate";

/** A connection to the page that started this worker. */
export function browserConnection(worker: ConstructorParameters<typeof BrowserMessageReader>[0]): Connection {
  const writer = new BrowserMessageWriter(worker);
  const gate = new Gate(new BrowserMessageReader(worker), writer);
  return createConnection(gate.reader, gate.writer);
}
