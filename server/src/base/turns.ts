import { Cancelled, checkCancelled, type CancellationToken } from "./cancellation";

/** How a host that is spoken to shares its one thread between messages and computations. */
export interface Turns {
  /** Whether a message has arrived that should interrupt a computation. Cheap: every poll of the token calls it. */
  isWaiting(): boolean;
  /** Resolves after the messages that have arrived were handled. */
  pause(): Promise<void>;
}

/** For hosts that nobody speaks to while they compute. */
export const UNDISTURBED: Turns = { isWaiting: () => false, pause: () => Promise.resolve() };

/** Milliseconds that a computation may go on while a message waits, at first. */
const FIRST_TURN = 50;

/**
 * Runs a synchronous computation that polls its token, and lets messages in between: a message that waits ends the
 * computation, which is begun again once the message was taken in. Each time it may go on twice as long before that, so
 * that it comes to an end whatever arrives, and takes at most about twice its time. Throws only `Cancelled`.
 */
export async function inTurns<T>(
  turns: Turns,
  token: CancellationToken,
  run: (token: CancellationToken) => T,
): Promise<T> {
  for (let turn = FIRST_TURN; ; turn *= 2) {
    checkCancelled(token);
    const end = performance.now() + turn;
    // The result computes lazily, long after this turn: its token must not stay cancelled.
    let isDone = false;
    const untilDisturbed: CancellationToken = {
      get isCancellationRequested() {
        if (isDone) return false;
        return token.isCancellationRequested || (turns.isWaiting() && performance.now() >= end);
      },
    };
    try {
      return run(untilDisturbed);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    } finally {
      isDone = true;
    }
    await turns.pause();
  }
}
