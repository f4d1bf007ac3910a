import { CodeLensRefreshRequest } from "vscode-languageserver";
import { textHash } from "../base/textHash";
import { assignmentNotes } from "../features/assignmentNotes";
import { ignoreClosedConnection } from "./log";
import type { Session } from "./session";
import type { State } from "./state";

/**
 * Asks a client to request code lenses and inlay hints again when another file has changed what they say. For its own edits it
 * asks by itself; whether it does it twice then is not worth remembering what it was told.
 */
export class StaleNotes {
  private readonly session: Session;
  private last = "";

  constructor(session: Session) {
    this.session = session;
  }

  /** To be called for every new state. */
  check(state: State): void {
    const { connection, features } = this.session;
    const notes = this.notesOf(state);
    if (notes === this.last) return;
    this.last = notes;
    if (features.refreshesCodeLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(ignoreClosedConnection);
    if (features.refreshesInlayHints) connection.languages.inlayHint.refresh().catch(ignoreClosedConnection);
  }

  /** The settings and texts of all notes of open documents in which the person wants any. */
  private notesOf(state: State): string {
    const shown = this.session.documents.paths().flatMap((file) => {
      const { enable, codeLens, inlayHints } = this.session.settingsOf(file);
      const analysis = enable && (codeLens || inlayHints) ? state.folderOf(file)?.analysis : undefined;
      if (analysis === undefined) return [];
      return [file, codeLens, inlayHints, ...assignmentNotes(analysis, file).map(({ text }) => text)];
    });
    return textHash(JSON.stringify(shown));
  }
}
