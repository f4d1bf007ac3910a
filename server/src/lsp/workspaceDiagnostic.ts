import {
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { FilePath } from "../base/path";
import type { ListenableToken } from "./current";
import type { Session } from "./session";
import type { State } from "./state";

export const NO_REPORTS: WorkspaceDiagnosticReport = { items: [] };

/** Files a partial result. */
const CHUNK = 100;
/**
 * Milliseconds without a change after which a held request is answered. Long enough for the answer to a pull for a document
 * that was just closed to arrive first: VS Code ignores workspace reports for documents that it still has pulls open for.
 */
const SETTLED = 200;

type Partial = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult>;

/**
 * `workspace/diagnostic`: the diagnostics of all files that changed since the client last heard of them. When there are
 * none, the request is held until there are (or until it is cancelled), so that an idle editor and server have nothing to do.
 */
export async function workspaceDiagnostic(
  session: Session,
  { previousResultIds }: WorkspaceDiagnosticParams,
  token: ListenableToken,
  partial: Partial | undefined,
): Promise<WorkspaceDiagnosticReport> {
  const previous = new Map<FilePath, { readonly uri: string; readonly id: string }>();
  for (const { uri, value } of previousResultIds) {
    const path = session.addresses.path(uri);
    if (path !== undefined) previous.set(path, { uri, id: value });
  }
  let items = reportItems(session, await session.state(token), previous);
  while (!items.some(isNews) && !session.isShutDown)
    items = reportItems(session, await nextState(session, token), previous);
  if (partial === undefined || items.length <= CHUNK) return { items };
  for (let i = 0; i < items.length; i += CHUNK) partial.report({ items: items.slice(i, i + CHUNK) });
  return NO_REPORTS;
}

function isNews(item: WorkspaceDocumentDiagnosticReport): boolean {
  return item.kind === DocumentDiagnosticReportKind.Full;
}

function reportItems(
  session: Session,
  state: State,
  previous: ReadonlyMap<FilePath, { readonly uri: string; readonly id: string }>,
): WorkspaceDocumentDiagnosticReport[] {
  const files = new Set([...state.reports.keys(), ...previous.keys()]);
  return [...files].flatMap((file): WorkspaceDocumentDiagnosticReport[] => {
    const isOpen = session.documents.get(file) !== undefined;
    const isWanted = isOpen || session.settingsOf(file).workspaceFindings;
    const { items, resultId } = isWanted ? state.report(file) : state.emptyReport;
    const known = previous.get(file);
    const uri = known?.uri ?? state.uri(file);
    const version = state.version(file);
    if (known?.id === resultId) return [{ kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId }];
    // A file that the client never heard of and that has nothing is no news.
    if (known === undefined && items.length === 0) return [];
    return [{ kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items: [...items] }];
  });
}

/** Waits for a state after this moment, and until no newer one has come for a while. Ends early on shutdown. */
async function nextState(session: Session, token: ListenableToken): Promise<State> {
  await session.settled(SETTLED, token);
  return session.state(token);
}
