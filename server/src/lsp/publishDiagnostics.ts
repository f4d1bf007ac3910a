import type { FilePath } from "../base/path";
import { ignoreClosedConnection } from "./log";
import type { Session } from "./session";
import type { State } from "./state";

/** Sends diagnostics, each file's when they change, to a client that does not ask for them. */
export class Publisher {
  private readonly session: Session;
  /** What the client has: result ids by file, with the URI under which it got them. */
  private readonly sent = new Map<FilePath, { readonly id: string; readonly uri: string }>();

  constructor(session: Session) {
    this.session = session;
  }

  publish(state: State): void {
    for (const file of new Set([...state.reports.keys(), ...this.sent.keys()])) this.publishFile(state, file);
  }

  private publishFile(state: State, file: FilePath): void {
    const { documents, connection } = this.session;
    const isWanted = documents.get(file) !== undefined || this.session.settingsOf(file).workspaceFindings;
    const { items, resultId } = isWanted ? state.report(file) : state.emptyReport;
    const known = this.sent.get(file);
    const uri = state.uri(file);
    if (known?.id === resultId && known.uri === uri) return;
    if (items.length === 0) this.sent.delete(file);
    else this.sent.set(file, { id: resultId, uri });
    const version = state.version(file);
    const params = { uri, diagnostics: [...items], ...(version === null ? {} : { version }) };
    connection.sendDiagnostics(params).catch(ignoreClosedConnection);
  }
}
