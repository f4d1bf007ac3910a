import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createConnection,
  type Connection,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver/node";
import type { Turns } from "../base/turns";
import { Gate } from "./gate";
import type { Incoming } from "./readMessages";

/** Where the client's messages come from. */
export interface MessageSource {
  listen(take: (incoming: Incoming) => void): void;
  /** Hands over what has arrived, at once. */
  drain(): void;
}

/** Rounds of handling messages before a computation goes on, however fast a client talks. */
const MAX_ROUNDS = 20;

/** A connection to the client that started this process. */
export class NodeConnection implements Turns {
  readonly connection: Connection;
  readonly gate: Gate;
  private readonly source: MessageSource;
  private readonly reader: SourceReader;

  /** `ended`: the client is gone; it is told whether the client had asked for a shutdown. */
  constructor(source: MessageSource, output: NodeJS.WritableStream, ended: (wasShutDown: boolean) => void) {
    this.source = source;
    this.reader = new SourceReader(source);
    this.gate = new Gate(this.reader, new FrameWriter(output));
    // What the client said last (`shutdown`, `exit`) is still heard.
    this.reader.onClose(() => void this.pause().then(() => ended(this.gate.isShutDown)));
    this.connection = createConnection(this.gate.reader, this.gate.writer);
  }

  isWaiting(): boolean {
    this.source.drain();
    return this.gate.serve();
  }

  /** The protocol library handles one message in each turn of the event loop. */
  async pause(): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const turns = this.reader.takeCount() + 1;
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => void setImmediate(resolve));
      this.gate.settled();
      if (this.reader.count === 0) return;
    }
  }
}

class SourceReader extends AbstractMessageReader implements MessageReader {
  /** Messages that were handed over since somebody counted. */
  count = 0;
  private readonly source: MessageSource;

  constructor(source: MessageSource) {
    super();
    this.source = source;
  }

  listen(callback: DataCallback): Disposable {
    this.source.listen((incoming) => {
      this.count += 1;
      if (incoming.kind === "end") this.fireClose();
      else if (incoming.kind === "malformed") this.fireError(new Error(incoming.detail));
      else this.hand(incoming.message, callback);
    });
    return { dispose: () => {} };
  }

  takeCount(): number {
    const { count } = this;
    this.count = 0;
    return count;
  }

  /** JSON that is no message, or a `$/cancelRequest` that cancels nothing, must not end the server. */
  private hand(message: Message, callback: DataCallback): void {
    try {
      callback(message);
    } catch (error) {
      this.fireError(error instanceof Error ? error : new Error("a malformed message"));
    }
  }
}

/**
 * Writes each message in one piece and at once. The library's own writer waits between header and content, where an answer
 * that is written in the middle of a computation would come between them.
 */
class FrameWriter extends AbstractMessageWriter implements MessageWriter {
  private readonly output: NodeJS.WritableStream;

  constructor(output: NodeJS.WritableStream) {
    super();
    this.output = output;
    output.on("error", (error: Error) => this.fireError(error));
    output.on("close", () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    const content = Buffer.from(JSON.stringify(message), "utf8");
    const header = Buffer.from(`Content-Length: ${content.length}\r\n\r\n`, "ascii");
    this.output.write(Buffer.concat([header, content]));
    return Promise.resolve();
  }

  end(): void {
    this.output.end();
  }
}
