import {
  ErrorCodes,
  LSPErrorCodes,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
  type NotificationMessage,
  type RequestMessage,
  type ResponseMessage,
} from "vscode-languageserver";
import { ignoreClosedConnection } from "./log";

/** Answers a request from what is known already; `undefined` when it has to wait. */
export type AnswerNow = (request: RequestMessage, waited: number) => { readonly result: unknown } | undefined;

/** Milliseconds between two looks at the open requests. */
const BETWEEN_ANSWERS = 20;

type Id = RequestMessage["id"];

/**
 * Stands between a client and the protocol library. It lets through what the protocol allows at each time
 * (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#lifeCycleMessages): nothing
 * but `initialize` and `exit` at first, no second `initialize`, no request after `shutdown`. And it knows which requests are
 * open, so that some can be answered in the middle of a computation, when the library cannot.
 */
export class Gate {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  answerNow: AnswerNow = () => undefined;
  private readonly output: MessageWriter;
  private readonly open = new Map<Id, { readonly request: RequestMessage; readonly since: number }>();
  private phase: "new" | "initialized" | "shut down" = "new";
  private isNewsWaiting = false;
  /** When open requests were last looked at. */
  private served = 0;

  /** `output`: writes what it is given at once, not after other turns of the event loop. */
  constructor(input: MessageReader, output: MessageWriter) {
    this.output = output;
    this.reader = new GatedReader(input, (message) => this.admits(message));
    this.writer = new GatedWriter(output, (message) => this.releases(message));
  }

  get isShutDown(): boolean {
    return this.phase === "shut down";
  }

  /**
   * For the middle of a computation: answers the open requests that can be answered, and gives whether anything else has
   * come (edits, settings, `shutdown`) for which the computation should make way.
   */
  serve(): boolean {
    const now = performance.now();
    if (this.open.size > 0 && now - this.served >= BETWEEN_ANSWERS) {
      this.served = now;
      for (const { request, since } of this.open.values()) {
        const answer = this.answerNow(request, now - since);
        if (answer !== undefined)
          this.answer(request, { result: answer.result as NonNullable<ResponseMessage["result"]> | null });
      }
    }
    return this.isNewsWaiting;
  }

  /** To be called when the library has handled what it was given. */
  settled(): void {
    this.isNewsWaiting = false;
  }

  private answer({ jsonrpc, id }: RequestMessage, outcome: Pick<ResponseMessage, "result" | "error">): void {
    this.open.delete(id);
    this.output.write({ jsonrpc, id, ...outcome } as Message).catch(ignoreClosedConnection);
  }

  private admits(message: Message): boolean {
    if (!isRequest(message)) return this.admitsOther(message as NotificationMessage | ResponseMessage);
    const refusal = this.refusal(message.method);
    if (refusal !== undefined) {
      this.answer(message, { error: refusal });
      return false;
    }
    if (message.method === "initialize") this.phase = "initialized";
    if (message.method === "shutdown") {
      this.phase = "shut down";
      this.isNewsWaiting = true;
    }
    this.open.set(message.id, { request: message, since: performance.now() });
    return true;
  }

  private admitsOther(message: NotificationMessage | ResponseMessage): boolean {
    const method = "method" in message ? message.method : undefined;
    if (this.phase === "new" && method !== "exit") return false;
    if (method !== "$/cancelRequest") {
      this.isNewsWaiting = true;
      return true;
    }
    const { id } = (message as { params: { id: Id } }).params;
    const cancelled = this.open.get(id);
    if (cancelled !== undefined)
      this.answer(cancelled.request, { error: { code: LSPErrorCodes.RequestCancelled, message: "cancelled" } });
    return true;
  }

  private refusal(method: string): { readonly code: number; readonly message: string } | undefined {
    if (this.phase === "shut down")
      return { code: ErrorCodes.InvalidRequest, message: "the server has been shut down" };
    if ((method === "initialize") === (this.phase === "new")) return undefined;
    return this.phase === "new"
      ? { code: ErrorCodes.ServerNotInitialized, message: "the server has not been initialized" }
      : { code: ErrorCodes.InvalidRequest, message: "the server has already been initialized" };
  }

  /** What the library answers to a request that was answered meanwhile is dropped. */
  private releases(message: Message): boolean {
    return "method" in message || this.open.delete((message as ResponseMessage).id);
  }
}

function isRequest(message: Message): message is RequestMessage {
  return "method" in message && "id" in message;
}

class GatedReader implements MessageReader {
  readonly onError: MessageReader["onError"];
  readonly onClose: MessageReader["onClose"];
  readonly onPartialMessage: MessageReader["onPartialMessage"];
  private readonly reader: MessageReader;
  private readonly admits: (message: Message) => boolean;

  constructor(reader: MessageReader, admits: (message: Message) => boolean) {
    this.reader = reader;
    this.admits = admits;
    this.onError = reader.onError;
    this.onClose = reader.onClose;
    this.onPartialMessage = reader.onPartialMessage;
  }

  listen(callback: DataCallback): Disposable {
    return this.reader.listen((message) => {
      if (this.admits(message)) callback(message);
    });
  }

  dispose(): void {
    this.reader.dispose();
  }
}

class GatedWriter implements MessageWriter {
  readonly onError: MessageWriter["onError"];
  readonly onClose: MessageWriter["onClose"];
  private readonly writer: MessageWriter;
  private readonly releases: (message: Message) => boolean;

  constructor(writer: MessageWriter, releases: (message: Message) => boolean) {
    this.writer = writer;
    this.releases = releases;
    this.onError = writer.onError;
    this.onClose = writer.onClose;
  }

  write(message: Message): Promise<void> {
    return this.releases(message) ? this.writer.write(message) : Promise.resolve();
  }

  end(): void {
    this.writer.end();
  }

  dispose(): void {
    this.writer.dispose();
  }
}
