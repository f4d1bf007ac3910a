import { Delayer } from "./delayer";
import { ignoreClosedConnection } from "./log";
import type { Session } from "./session";

/** Milliseconds that a client has after a new state to ask by itself for what changed. */
const PATIENCE = 300;

/** Asks a client that pulls to do it again: what it was told may be wrong for other reasons than its own edits. */
export function refresh({ connection, features }: Session): void {
  if (features.pullsDiagnostics && features.refreshesDiagnostics)
    connection.languages.diagnostics.refresh().catch(ignoreClosedConnection);
}

/**
 * Notices that a client shows diagnostics of an open document that are no longer true, and has not asked again. A fix in
 * `base.py` may write into `production.py`: VS Code then asks for neither when the latter is not on the screen, and for
 * open documents it goes by what it asked for itself, whatever the reports for the workspace say.
 */
export class StaleDocuments {
  private readonly session: Session;
  private readonly delayed = new Delayer(() => this.refreshIfStale());

  constructor(session: Session) {
    this.session = session;
  }

  /** To be called for every new state. */
  check(): void {
    this.delayed.schedule(PATIENCE);
  }

  private refreshIfStale(): void {
    const { session } = this;
    const { latest, told, documents } = session;
    // While something newer is on its way, its end will bring us here again.
    if (latest === undefined || session.isShutDown || !session.isCurrent(latest)) return;
    const stale = documents.paths().filter((path) => told.has(path) && told.get(path) !== latest.report(path).resultId);
    // Once for each change: whether the client asks then is its own affair.
    for (const path of stale) told.set(path, latest.report(path).resultId);
    if (stale.length > 0) refresh(session);
  }
}
