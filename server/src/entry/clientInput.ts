import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { join } from "node:path";
import type { MessageSource } from "../lsp/nodeConnection";
import type { Incoming } from "../lsp/readMessages";
import type { InputData } from "./input";

/** The client's messages, read by a thread of their own (`input.ts`), so that they can be seen in the middle of a computation. */
class ClientInput implements MessageSource {
  private readonly arrived = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly channel = new MessageChannel();
  private readonly thread: Worker;
  private taken = 0;
  private take: (incoming: Incoming) => void = () => {};

  /** `bundle`: the path of the thread's program. */
  constructor(bundle: string) {
    const workerData: InputData = { arrived: this.arrived, port: this.channel.port2 };
    const options = { workerData, transferList: [this.channel.port2], execArgv: [] };
    this.thread = new Worker(bundle, options);
  }

  listen(take: (incoming: Incoming) => void): void {
    this.take = take;
    this.channel.port1.on("message", (incoming: Incoming) => this.hand(incoming));
    // Nothing can be heard of the client any more.
    this.thread.on("error", () => take({ kind: "end" }));
  }

  drain(): void {
    while (Atomics.load(this.arrived, 0) !== this.taken) {
      const received = receiveMessageOnPort(this.channel.port1) as { readonly message: Incoming } | undefined;
      // It has been counted, but is not on its way yet.
      if (received === undefined) return;
      this.hand(received.message);
    }
  }

  /** The process ends some seconds after this one, whatever it is doing then. */
  watchClient(processId: number): void {
    this.channel.port1.postMessage(processId);
  }

  private hand(incoming: Incoming): void {
    this.taken = (this.taken + 1) | 0;
    this.take(incoming);
  }
}

/** What the client sends to this process: read from the moment on that this module is loaded. */
export const input = new ClientInput(join(__dirname, "serverInput.js"));
