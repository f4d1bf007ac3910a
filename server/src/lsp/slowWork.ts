import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";
import type { CancellationToken } from "../base/cancellation";

/** Milliseconds; work that takes longer is shown. */
const SLOW = 1000;

/**
 * Lets the client show that the server is at work, where that takes longer than a moment (`window/workDoneProgress`). The client must
 * have agreed to it before, and while the server computes it hears no answer: one agreement is always kept in stock.
 */
export class SlowWork {
  private readonly connection: Pick<Connection, "window">;
  private readonly patience: number;
  private agreed: WorkDoneProgressServerReporter | undefined;

  /** `patience`: milliseconds before work is shown. */
  constructor(connection: Pick<Connection, "window">, patience = SLOW) {
    this.connection = connection;
    this.patience = patience;
  }

  /** To be called once, when the client is ready and if it shows progress. */
  async prepare(): Promise<void> {
    try {
      this.agreed = await this.connection.window.createWorkDoneProgress();
    } catch {
      // Then nothing is shown.
    }
  }

  /** Does work that polls the token it is given; the title is shown from when it has become slow until it ends, in whatever way. */
  async during<T>(title: string, token: CancellationToken, work: (token: CancellationToken) => Promise<T>): Promise<T> {
    const due = performance.now() + this.patience;
    let shown: WorkDoneProgressServerReporter | undefined;
    const look = (): void => {
      if (shown !== undefined || this.agreed === undefined || performance.now() < due) return;
      shown = this.agreed;
      this.agreed = undefined;
      shown.begin(title);
    };
    const watched: CancellationToken = {
      get isCancellationRequested() {
        look();
        return token.isCancellationRequested;
      },
    };
    const timer = setTimeout(look, this.patience);
    try {
      return await work(watched);
    } finally {
      clearTimeout(timer);
      // `look` has assigned it, which the compiler does not see.
      const ended = shown as WorkDoneProgressServerReporter | undefined;
      ended?.done();
      if (ended !== undefined) void this.prepare();
    }
  }
}
