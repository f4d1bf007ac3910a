import { StreamMessageReader, type Message } from "vscode-jsonrpc/node";

/** What the thread that reads for the server tells the main thread. */
export type Incoming =
  | { readonly kind: "message"; readonly message: Message }
  /** Bytes that are no message of the protocol. */
  | { readonly kind: "malformed"; readonly detail: string }
  /** There will be no more. */
  | { readonly kind: "end" };

/** Reads the messages of a stream, one after the other, until it ends. */
export function readMessages(stream: NodeJS.ReadableStream, take: (incoming: Incoming) => void): void {
  const reader = new StreamMessageReader(stream);
  reader.onError((error) => take({ kind: "malformed", detail: error.message }));
  reader.onClose(() => take({ kind: "end" }));
  reader.listen((message) => take({ kind: "message", message }));
}
