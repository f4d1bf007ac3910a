import { NEVER_CANCELLED, type CancellationToken } from "../base/cancellation";
import type { CliHost } from "./host";

const SECOND = 1000;

/** Does something with a line on the terminal where it takes long; nothing is said to who asked for quiet. */
export async function withProgress<T>(
  host: CliHost,
  { quiet }: { readonly quiet?: boolean },
  text: string,
  work: (token: CancellationToken) => Promise<T>,
): Promise<T> {
  if (quiet === true) return work(NEVER_CANCELLED);
  const progress = new Progress(host, text);
  try {
    return await work(progress);
  } finally {
    progress.end();
  }
}

/**
 * Says on the terminal what takes longer than a second, and for how long it has been going on. Analyses run on the thread that would
 * serve a timer; what they do ask, again and again, is whether they are cancelled, so this is such a token (which never is).
 */
class Progress implements CancellationToken {
  private readonly host: CliHost;
  private readonly text: string;
  private readonly started: number;
  private shown = 0;

  constructor(host: CliHost, text: string) {
    this.host = host;
    this.text = text;
    this.started = host.now();
  }

  get isCancellationRequested(): boolean {
    const seconds = Math.trunc((this.host.now() - this.started) / SECOND);
    if (seconds > this.shown) {
      this.shown = seconds;
      this.host.showStatus(`${this.text} (${seconds} s)`);
    }
    return false;
  }

  end(): void {
    if (this.shown > 0) this.host.showStatus("");
  }
}
