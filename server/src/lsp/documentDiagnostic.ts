import {
  DocumentDiagnosticReportKind,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from "vscode-languageserver";
import type { FilePath } from "../base/path";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";
import type { State } from "./state";

export const NO_DIAGNOSTICS: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

/** `textDocument/diagnostic`: one file's diagnostics, or that they are those the client has. */
export async function documentDiagnostic(
  session: Session,
  params: DocumentDiagnosticParams,
  token: ListenableToken,
): Promise<DocumentDiagnosticReport> {
  const guard = { empty: NO_DIAGNOSTICS, isOurs: (file: FilePath) => session.owns(file), retrigger: true };
  return aboutFile(session, params, token, guard, (state, file) => reportIn(session, state, file, params));
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
