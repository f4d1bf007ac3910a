import type { CodeLens, CodeLensParams, Command } from "vscode-languageserver";
import { assignmentNotes } from "../features/assignmentNotes";
import { showPlacesCommand, type ShowPlacesArguments } from "../protocol";
import { toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";

/** `textDocument/codeLens`: what becomes of assignments of settings, where the person wants lenses. */
export async function codeLens(session: Session, params: CodeLensParams, token: ListenableToken): Promise<CodeLens[]> {
  return aboutFile(session, params, token, { empty: [] }, (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    // Asked only now: before there is a state, the editor's settings may not have come.
    if (!session.settingsOf(file).codeLens || analysis === undefined || lines === undefined) return [];
    return assignmentNotes(analysis, file).map(({ range, text, places }) => {
      const at = toRange(lines, range);
      const locations = places.map((place) => ({
        uri: state.uri(place.file),
        range: toRange(state.lines(place.file), place.range),
      }));
      const args: ShowPlacesArguments = [params.textDocument.uri, at.start, locations];
      const isLink = locations.length > 0 && session.features.showsPlaces;
      const command: Command = { title: text, command: isLink ? showPlacesCommand : "" };
      return { range: at, command: isLink ? { ...command, arguments: [...args] } : command };
    });
  });
}
