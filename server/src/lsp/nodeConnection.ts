import { createConnection, type Connection } from "vscode-languageserver/node";

/** A connection to the client that started this process, as its arguments say: `--stdio` or `--node-ipc`. */
export function nodeConnection(): Connection {
  return createConnection();
}
