import { Cancelled } from "../base/cancellation";

/** A token that also tells when it is cancelled: what the protocol library gives to each request. */
export interface ListenableToken {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

export const NEVER: ListenableToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => {} }),
};

class RunToken {
  isCancellationRequested = false;
}

/**
 * A result that is computed when somebody asks for it and it is out of date, once for all who ask. A change ends the
 * computation under way, and whoever waits gets the result of the newest.
 */
export class Current<T> {
  private readonly compute: (token: RunToken) => Promise<T>;
  private readonly onDone: (value: T) => void;
  private value: T | undefined;
  private wanted = 1;
  private reached = 0;
  private isEnded = false;
  private running: { readonly promise: Promise<void>; readonly token: RunToken } | undefined;

  /** `compute` rejects with {@link Cancelled} only. */
  constructor(compute: (token: RunToken) => Promise<T>, onDone: (value: T) => void) {
    this.compute = compute;
    this.onDone = onDone;
  }

  /** The last result, out of date or not. */
  get latest(): T | undefined {
    return this.value;
  }

  get isCurrent(): boolean {
    return this.reached === this.wanted;
  }

  /** What the result is computed from has changed. */
  invalidate(): void {
    this.wanted += 1;
    if (this.running !== undefined) this.running.token.isCancellationRequested = true;
  }

  /** Nothing is computed any more: who waits, or asks for what is out of date, gets {@link Cancelled}. */
  end(): void {
    this.isEnded = true;
    if (this.running !== undefined) this.running.token.isCancellationRequested = true;
  }

  /** The result as of now. Throws {@link Cancelled} as soon as `token` is cancelled; the computation goes on for others. */
  async get(token: ListenableToken): Promise<T> {
    for (;;) {
      if (token.isCancellationRequested) throw new Cancelled();
      if (this.value !== undefined && this.isCurrent) return this.value;
      if (this.isEnded) throw new Cancelled();
      this.running ??= this.start();
      await eitherOf(this.running.promise, token);
    }
  }

  private start(): { readonly promise: Promise<void>; readonly token: RunToken } {
    const token = new RunToken();
    return { token, promise: this.run(this.wanted, token) };
  }

  private async run(revision: number, token: RunToken): Promise<void> {
    try {
      const value = await this.compute(token);
      if (revision !== this.wanted) return;
      this.value = value;
      this.reached = revision;
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      return;
    } finally {
      this.running = undefined;
    }
    this.onDone(this.value);
  }
}

/** Resolves when the promise does or the token is cancelled, whatever is first; leaves no listener behind. */
export async function eitherOf(promise: Promise<void>, token: ListenableToken): Promise<void> {
  let registration: { dispose(): void } | undefined;
  const cancelled = new Promise<void>((resolve) => {
    registration = token.onCancellationRequested(resolve);
  });
  try {
    await Promise.race([promise, cancelled]);
  } finally {
    registration?.dispose();
  }
}
