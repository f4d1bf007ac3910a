import { LSPErrorCodes, ResponseError, type DiagnosticServerCancellationData } from "vscode-languageserver";
import { Cancelled } from "../base/cancellation";
import type { ListenableToken } from "./current";
import type { Session } from "./session";

/** Requests that take longer are named in the log. */
const SLOW = 500;

/** Thrown by handlers when what they were asked about has changed meanwhile, so that an answer would not fit any more. */
export class Superseded extends Error {
  /** Whether the client should ask again by itself: diagnostics only. */
  readonly retrigger: boolean;

  constructor(retrigger = false) {
    super("superseded");
    this.name = "Superseded";
    this.retrigger = retrigger;
  }
}

/**
 * Wraps the handler of a request: an error is logged and answered with `empty`, cancellation with the code that the protocol
 * has for it, and slow answers are named in the log.
 */
export function answering<Params, Result>(
  session: Session,
  method: string,
  empty: Result,
  handler: (params: Params, token: ListenableToken) => Promise<Result> | Result,
): (params: Params, token: ListenableToken) => Promise<Result> {
  return async (params, token) => {
    const started = performance.now();
    try {
      return await handler(params, token);
    } catch (error) {
      if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      if (error instanceof Superseded) throw supersededError(error);
      session.log.failure(method, error);
      return empty;
    } finally {
      const took = performance.now() - started;
      if (took > SLOW && !session.isShutDown) session.log.debug(`${method} took ${Math.round(took)} ms`);
    }
  };
}

function supersededError({ retrigger }: Superseded): ResponseError<unknown> {
  if (!retrigger) return new ResponseError(LSPErrorCodes.ContentModified, "the document has changed");
  const data: DiagnosticServerCancellationData = { retriggerRequest: true };
  return new ResponseError(LSPErrorCodes.ServerCancelled, "the document has changed", data);
}

/** Wraps the handler of a notification: an error is logged. */
export function noticing<Params>(
  session: Session,
  method: string,
  handler: (params: Params) => Promise<void> | void,
): (params: Params) => Promise<void> {
  return async (params) => {
    try {
      await handler(params);
    } catch (error) {
      session.log.failure(method, error);
    }
  };
}
