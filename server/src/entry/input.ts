import { createReadStream, fstatSync } from "node:fs";
import { Socket } from "node:net";
import { workerData, type MessagePort } from "node:worker_threads";
import { readMessages, type Incoming } from "../lsp/readMessages";

// A thread that reads what the client sends while the main thread computes. It counts the messages where the main thread
// can see it at any time, and ends the process when the client is gone and the main thread does not come to notice.

/** What the thread is started with. */
export interface InputData {
  /** One number: how many messages were sent over the port. */
  readonly arrived: Int32Array;
  readonly port: MessagePort;
}

/** Milliseconds between looks at the client's process. */
const LOOK = 1000;
/** Milliseconds that the main thread has to end the process itself, once there is no client. */
const GRACE = 2000;

const { arrived, port } = workerData as InputData;
let isOver = false;

readMessages(standardInput(), (incoming) => (incoming.kind === "end" ? endProcess() : tell(incoming)));

port.on("message", (client: number) => {
  const timer = setInterval(() => {
    if (isRunning(client)) return;
    clearInterval(timer);
    endProcess();
  }, LOOK);
});

/** A thread's `process.stdin` is fed by the main thread, so the file itself is read. */
function standardInput(): NodeJS.ReadableStream {
  const status = fstatSync(0);
  return status.isFIFO() || status.isSocket()
    ? new Socket({ fd: 0, readable: true, writable: false })
    : createReadStream("", { fd: 0 });
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // A process of another user answers, too: EPERM.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function tell(incoming: Incoming): void {
  Atomics.add(arrived, 0, 1);
  port.postMessage(incoming);
}

function endProcess(): void {
  if (isOver) return;
  isOver = true;
  tell({ kind: "end" });
  setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE);
}
