import {
  DocumentDiagnosticReportKind,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from "vscode-languageserver";
import type { FilePath } from "../base/path";
import { pathOfUri } from "./convert";
import type { ListenableToken } from "./current";
import { Superseded } from "./handling";
import type { Session } from "./session";
import type { State } from "./state";

export const NO_DIAGNOSTICS: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

/** `textDocument/diagnostic`: one file's diagnostics, or that they are those the client has. */
export async function documentDiagnostic(
  session: Session,
  params: DocumentDiagnosticParams,
  token: ListenableToken,
): Promise<DocumentDiagnosticReport> {
  const path = pathOfUri(params.textDocument.uri);
  if (path === undefined || !session.owns(path)) return NO_DIAGNOSTICS;
  const version = session.documents.get(path)?.version;
  const state = await session.state(token);
  if (session.documents.get(path)?.version !== version) throw new Superseded(true);
  return reportIn(session, state, path, params);
}

/** The report as a state has it that was made from the file's present text. */
export function reportIn(
  session: Session,
  state: State,
  path: FilePath,
  { previousResultId }: DocumentDiagnosticParams,
): DocumentDiagnosticReport {
  const { items, resultId } = state.report(path);
  session.told.set(path, resultId);
  return resultId === previousResultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
}
