/** Asked between modules and every so many statements; a long computation ends with {@link Cancelled} when it says yes. */
export interface CancellationToken {
  readonly isCancellationRequested: boolean;
}

export const NEVER_CANCELLED: CancellationToken = { isCancellationRequested: false };

/** Thrown by {@link checkCancelled} only; the caller that owns the token catches it. */
export class Cancelled extends Error {
  constructor() {
    super("cancelled");
    this.name = "Cancelled";
  }
}

/** Throws {@link Cancelled} when the token has been cancelled. */
export function checkCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new Cancelled();
}
